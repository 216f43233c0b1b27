using Quartier.Contracts.Readings;

namespace Quartier.Api.SensorThings.Subscriptions;

/// <summary>The reading store, which tells what was stored while somebody has subscribed to Observations. Otherwise it costs a comparison for each append.</summary>
internal sealed class ReadingTap(IReadingStore inner, NoticeQueue queue) : IReadingStore
{
    /// <inheritdoc/>
    public StoreHealth Health => inner.Health;

    /// <inheritdoc/>
    public long Append(int datastream, ReadOnlySpan<Contracts.Readings.Reading> readings, Span<AppendOutcome> outcomes)
    {
        var ticket = inner.Append(datastream, readings, outcomes);
        if (queue.TakesReadings)
        {
            for (var i = 0; i < readings.Length; i++)
            {
                if (outcomes[i] is AppendOutcome.Stored or AppendOutcome.Contradicted)
                {
                    queue.Add(datastream, readings[i].TimeMs);
                }
            }
        }

        return ticket;
    }

    /// <inheritdoc/>
    public long Annotate(int datastream, in Contracts.Readings.Reading reading, Annotation annotation, out AppendOutcome outcome)
    {
        var ticket = inner.Annotate(datastream, reading, annotation, out outcome);
        if (queue.TakesReadings && outcome is (AppendOutcome.Stored or AppendOutcome.Contradicted))
        {
            queue.Add(datastream, reading.TimeMs);
        }

        return ticket;
    }

    /// <inheritdoc/>
    public async ValueTask<long?> CorrectAsync(int datastream, long timeMs, Correction correction, CancellationToken cancellationToken)
    {
        var ticket = await inner.CorrectAsync(datastream, timeMs, correction, cancellationToken).ConfigureAwait(false);
        if (queue.TakesReadings && ticket is not null && !correction.IsWithdrawn)
        {
            queue.Add(datastream, timeMs);
        }

        return ticket;
    }

    /// <inheritdoc/>
    public bool IsCorrected(int datastream, long fromMs) => inner.IsCorrected(datastream, fromMs);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Contracts.Readings.Reading>> ReceivedAsync(int datastream, long fromMs, long toMs, int limit, CancellationToken cancellationToken) =>
        inner.ReceivedAsync(datastream, fromMs, toMs, limit, cancellationToken);

    /// <inheritdoc/>
    public Contracts.Readings.Reading? LastReceived(int datastream) => inner.LastReceived(datastream);

    /// <inheritdoc/>
    public bool IsAnnotated(int datastream) => inner.IsAnnotated(datastream);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredAnnotation>> AnnotationsAsync(int datastream, long fromMs, long toMs, CancellationToken cancellationToken) =>
        inner.AnnotationsAsync(datastream, fromMs, toMs, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<TimesFound> TimesAsync(int datastream, long fromMs, long toMs, CancellationToken cancellationToken) =>
        inner.TimesAsync(datastream, fromMs, toMs, cancellationToken);

    /// <inheritdoc/>
    public int Register(DatastreamKey key, TimeSpan retention) => inner.Register(key, retention);

    /// <inheritdoc/>
    public int? Find(DatastreamKey key) => inner.Find(key);

    /// <inheritdoc/>
    public ValueTask LoadAsync(int datastream, long fromMs, long toMs, CancellationToken cancellationToken) =>
        inner.LoadAsync(datastream, fromMs, toMs, cancellationToken);

    /// <inheritdoc/>
    public ValueTask WhenDurable(long ticket) => inner.WhenDurable(ticket);

    /// <inheritdoc/>
    public ValueTask<Contracts.Readings.Reading?> LatestAsync(int datastream, CancellationToken cancellationToken) => inner.LatestAsync(datastream, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Contracts.Readings.Reading>> RangeAsync(int datastream, long fromMs, long toMs, int limit, CancellationToken cancellationToken) =>
        inner.RangeAsync(datastream, fromMs, toMs, limit, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Contracts.Readings.Reading>> RangeBackAsync(int datastream, long fromMs, long toMs, int limit, CancellationToken cancellationToken) =>
        inner.RangeBackAsync(datastream, fromMs, toMs, limit, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AggregateRow>> AggregateAsync(
        int datastream, long fromMs, long toMs, long windowMs, long originMs, CancellationToken cancellationToken) =>
        inner.AggregateAsync(datastream, fromMs, toMs, windowMs, originMs, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DeletionManifest> DeleteExpiredAsync(long nowMs, CancellationToken cancellationToken) => inner.DeleteExpiredAsync(nowMs, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoreManifest> ManifestAsync(CancellationToken cancellationToken) => inner.ManifestAsync(cancellationToken);
}
