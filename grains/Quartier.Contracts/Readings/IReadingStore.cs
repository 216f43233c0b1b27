namespace Quartier.Contracts.Readings;

/// <summary>
/// The port behind which readings rest. A datastream is addressed by the number that <see cref="Register"/> gave it.
/// Append is synchronous and idempotent by datastream and phenomenon time; durability is awaited apart from it, so that
/// one wait covers all that one socket read brought. Calls for one datastream come from one grain, hence never overlap;
/// calls for different datastreams and all reads may come from any thread. All ranges are half-open [from, to) in
/// milliseconds since 1970-01-01T00:00:00Z.
/// </summary>
public interface IReadingStore
{
    /// <summary>
    /// Gives the datastream its durable number (1, 2, …; the same for ever) and sets the retention that readings appended from now on get.
    /// </summary>
    /// <param name="key">The datastream.</param>
    /// <param name="retention">At least one day, at most 36,525 days; a reading expires at the end of the UTC day of its time + retention.</param>
    int Register(DatastreamKey key, TimeSpan retention);

    /// <summary>The datastream's number; null while nobody registered it, and so nothing of it is stored. For those who read: it sets no retention.</summary>
    int? Find(DatastreamKey key);

    /// <summary>
    /// Appends readings of one datastream; <paramref name="outcomes"/> tells the fate of each. Never blocks on the disk.
    /// </summary>
    /// <returns>The ticket for <see cref="WhenDurable"/>; 0 when all is durable already.</returns>
    /// <exception cref="StoreException">The store has been closed or has failed for good.</exception>
    long Append(int datastream, ReadOnlySpan<Reading> readings, Span<AppendOutcome> outcomes);

    /// <summary>
    /// Appends one reading together with what its Observation holds beside it: both become durable, or neither. Of annotations for one time that of the
    /// greater value is kept, of those for one value the greater as it is stored; a reading without one takes none away.
    /// </summary>
    /// <returns>The ticket for <see cref="WhenDurable"/>; 0 when all is durable already.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is longer than <see cref="Annotation.MostBytes"/>.</exception>
    /// <exception cref="StoreException">The store has been closed or has failed for good.</exception>
    long Annotate(int datastream, in Reading reading, Annotation annotation, out AppendOutcome outcome);

    /// <summary>
    /// Lays a correction over a stored reading, for whoever reads from then on: it outlives what is received for the same time later, and ends with its
    /// reading. Of several the last holds. What <see cref="Append"/> judges by and <see cref="ReceivedAsync"/> gives stays as it was received.
    /// </summary>
    /// <returns>The ticket for <see cref="WhenDurable"/>; null when there is no such reading, or its retention has ended.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Its content is longer than <see cref="Annotation.MostBytes"/>, or its value is not finite.</exception>
    /// <exception cref="StoreException">The store has been closed or has failed for good.</exception>
    ValueTask<long?> CorrectAsync(int datastream, long timeMs, Correction correction, CancellationToken cancellationToken);

    /// <summary>Whether some reading of the datastream at the time or after it may have been corrected. Without the disk.</summary>
    bool IsCorrected(int datastream, long fromMs);

    /// <summary>As <see cref="RangeAsync"/>, but what was received: for whoever goes on from it after a restart, not for people.</summary>
    ValueTask<IReadOnlyList<Reading>> ReceivedAsync(int datastream, long fromMs, long toMs, int limit, CancellationToken cancellationToken);

    /// <summary>The reading with the greatest time as it was received, or null. Without the disk.</summary>
    Reading? LastReceived(int datastream);

    /// <summary>Whether some reading of the datastream may have an annotation or a correction. Readings of others have none.</summary>
    bool IsAnnotated(int datastream);

    /// <summary>
    /// Annotations of readings in [fromMs, toMs), in order of time. One whose value is not that of the reading of its time does not belong to it: take those alone that do.
    /// </summary>
    ValueTask<IReadOnlyList<StoredAnnotation>> AnnotationsAsync(int datastream, long fromMs, long toMs, CancellationToken cancellationToken);

    /// <summary>
    /// Over which times the Observations of annotated readings in [fromMs, toMs) stretch, a part of the range at a time. Whole days are remembered until
    /// one of their readings changes.
    /// </summary>
    ValueTask<TimesFound> TimesAsync(int datastream, long fromMs, long toMs, CancellationToken cancellationToken);

    /// <summary>Brings the history of the datastream around the times [fromMs, toMs) into memory, so that Append can judge duplicates.</summary>
    ValueTask LoadAsync(int datastream, long fromMs, long toMs, CancellationToken cancellationToken);

    /// <summary>
    /// Completes when everything up to the ticket has reached the disk. While the disk is full it stays pending;
    /// the store's health says so and it completes when space returns.
    /// </summary>
    ValueTask WhenDurable(long ticket);

    /// <summary>The reading with the greatest time, or null. Like all that follow it says what holds: corrected, and without what was withdrawn.</summary>
    ValueTask<Reading?> LatestAsync(int datastream, CancellationToken cancellationToken);

    /// <summary>Readings in [fromMs, toMs) in order of time, at most <paramref name="limit"/> (1 … 100,000). Continue from the last time + 1.</summary>
    ValueTask<IReadOnlyList<Reading>> RangeAsync(int datastream, long fromMs, long toMs, int limit, CancellationToken cancellationToken);

    /// <summary>Readings in [fromMs, toMs), the latest first, at most <paramref name="limit"/> (1 … 100,000). Continue before the last one's time.</summary>
    ValueTask<IReadOnlyList<Reading>> RangeBackAsync(int datastream, long fromMs, long toMs, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// One row for each window that holds readings. Windows are <paramref name="windowMs"/> long and start at <paramref name="originMs"/> + n × window.
    /// Block summaries are used wherever a block lies within one window.
    /// </summary>
    ValueTask<IReadOnlyList<AggregateRow>> AggregateAsync(
        int datastream, long fromMs, long toMs, long windowMs, long originMs, CancellationToken cancellationToken);

    /// <summary>Drops every partition whose expiry day lies before the day of <paramref name="nowMs"/>, and what the journal still holds of it.</summary>
    ValueTask<DeletionManifest> DeleteExpiredAsync(long nowMs, CancellationToken cancellationToken);

    /// <summary>What is stored: partitions with days, blocks, readings and bytes, and the journal.</summary>
    ValueTask<StoreManifest> ManifestAsync(CancellationToken cancellationToken);

    /// <summary>Whether appends become durable at present, and what was set aside.</summary>
    StoreHealth Health { get; }
}
