using System.Collections.Immutable;

namespace Quartier.Contracts.Retention;

/// <summary>
/// The port behind which stored readings end: terms, roll-ups and the examination of every place of the store. Every call may be repeated, and
/// one that was interrupted is completed by the next. Partitions themselves are dropped by
/// <see cref="Readings.IReadingStore.DeleteExpiredAsync"/>.
/// </summary>
public interface IRetentionStore
{
    /// <summary>
    /// Takes up terms. Where the retention of readings or roll-ups became shorter, what is stored moves to the partition in which it would be, had
    /// the terms held from the beginning; a longer one never reaches what is stored, and readings to come get it by
    /// <see cref="Readings.IReadingStore.Register"/>. Datastreams that the store does not know are left out.
    /// </summary>
    /// <returns>Readings moved, by datastream; only those of which some were.</returns>
    /// <exception cref="Readings.StoreException">The disk refused; the move is completed by the next call or start.</exception>
    ValueTask<ImmutableDictionary<Readings.DatastreamKey, long>> ApplyTermsAsync(ImmutableArray<DatastreamTerms> terms, CancellationToken cancellationToken);

    /// <summary>What <see cref="ApplyTermsAsync"/> would move. Readings not yet sealed are sealed first.</summary>
    ValueTask<ImmutableDictionary<Readings.DatastreamKey, MovedReadings>> PlanMovesAsync(ImmutableArray<DatastreamTerms> terms, CancellationToken cancellationToken);

    /// <summary>What expires before the UTC day of <paramref name="beforeMs"/>, by datastream and expiry day. Readings not yet sealed are sealed when they expire today.</summary>
    ValueTask<ImmutableArray<ExpiringReadings>> PlanAsync(long beforeMs, CancellationToken cancellationToken);

    /// <summary>Writes the roll-ups of all readings that expire before the UTC day of <paramref name="nowMs"/> and whose terms keep some.</summary>
    ValueTask<RollUpReport> RollUpAsync(ImmutableArray<DatastreamTerms> terms, long nowMs, CancellationToken cancellationToken);

    /// <summary>Reads readings and roll-ups again and compares counts and sums.</summary>
    ValueTask<RollUpReport> VerifyRollUpsAsync(ImmutableArray<DatastreamTerms> terms, long nowMs, CancellationToken cancellationToken);

    /// <summary>Looks into every place of the store for anything whose retention ended before the UTC day of <paramref name="nowMs"/>.</summary>
    /// <param name="nowMs">Now.</param>
    /// <param name="assets">The registered assets: what alerts of others say of values is left over.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<ImmutableArray<PlaceExamined>> ExamineAsync(long nowMs, ImmutableArray<AssetStreams> assets, CancellationToken cancellationToken);
}
