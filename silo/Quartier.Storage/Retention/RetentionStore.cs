using System.Collections.Immutable;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Retention;
using Quartier.Storage.Annotations;
using Quartier.Storage.Readings;

namespace Quartier.Storage.Retention;

/// <summary>The port behind which stored readings end.</summary>
internal sealed class RetentionStore(StoreCore core, Sealer sealer) : IRetentionStore
{
    private readonly Shortening _shortening = new(core, sealer);
    private readonly RollUps _rollUps = new(core, sealer);

    /// <summary>One at a time: each step builds on what the one before left.</summary>
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public ValueTask<ImmutableDictionary<DatastreamKey, long>> ApplyTermsAsync(ImmutableArray<DatastreamTerms> terms, CancellationToken cancellationToken) =>
        OffloadAsync(() => _shortening.Apply(terms).ToImmutableDictionary(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ImmutableDictionary<DatastreamKey, MovedReadings>> PlanMovesAsync(ImmutableArray<DatastreamTerms> terms, CancellationToken cancellationToken) =>
        OffloadAsync(() => _shortening.Count(terms).ToImmutableDictionary(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<ExpiringReadings>> PlanAsync(long beforeMs, CancellationToken cancellationToken) =>
        OffloadAsync(() => Plan(EventDay.Of(beforeMs)), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RollUpReport> RollUpAsync(ImmutableArray<DatastreamTerms> terms, long nowMs, CancellationToken cancellationToken) => OffloadAsync(
        () =>
        {
            _shortening.Resume();
            return _rollUps.Write(terms, EventDay.Of(nowMs));
        },
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RollUpReport> VerifyRollUpsAsync(ImmutableArray<DatastreamTerms> terms, long nowMs, CancellationToken cancellationToken) =>
        OffloadAsync(() => _rollUps.Verify(terms, EventDay.Of(nowMs)), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<PlaceExamined>> ExamineAsync(long nowMs, ImmutableArray<AssetStreams> assets, CancellationToken cancellationToken) => OffloadAsync(
        () =>
        {
            var cutoffs = new Cutoffs(core.Datastreams, EventDay.Of(nowMs), assets);
            return (ImmutableArray<PlaceExamined>)
            [
                .. new PartitionExamination(core).Run(cutoffs),
                new JournalExamination(core).Run(cutoffs),
                .. new CityExamination(core).Run(cutoffs),
                .. new Leftovers(core.Disk).Examine(cutoffs.Day),
                new RecordExamination(core).Run(nowMs),
            ];
        },
        cancellationToken);

    private ImmutableArray<ExpiringReadings> Plan(int beforeDay)
    {
        var today = EventDay.Of(core.Time.GetUtcNow().ToUnixTimeMilliseconds());
        if (!sealer.Seal((_, block) => block.ExpiryDay < Math.Min(today, beforeDay)))
        {
            throw sealer.Failure ?? core.Journal.Failure ?? new IOException("Readings that expire could not be sealed.");
        }

        var plan = ImmutableArray.CreateBuilder<ExpiringReadings>();
        foreach (var day in core.Partitions.Days.TakeWhile(d => d < beforeDay))
        {
            var readings = core.Partitions.Query(day, [], BlockSummary.Read).ToDictionary(s => s.Datastream);
            var rollUps = core.Partitions.Query(day, [], RollUpTable.Summaries).ToDictionary(s => s.Datastream);
            var annotations = core.Partitions.Query(day, [], AnnotationTable.Annotations.Summaries)
                .Concat(core.Partitions.Query(day, [], AnnotationTable.Corrections.Summaries))
                .GroupBy(a => a.Datastream).ToDictionary(a => a.Key, a => a.Sum(of => of.Rows));
            plan.AddRange(readings.Keys.Union(rollUps.Keys).Order()
                .Where(number => core.Datastreams.Find(number) is not null)
                .Select(number => Describe(day, number, readings.GetValueOrDefault(number), rollUps.GetValueOrDefault(number)) with
                {
                    Annotations = annotations.GetValueOrDefault(number),
                }));
        }

        return plan.ToImmutable();
    }

    private ExpiringReadings Describe(int day, int number, BlockSummary readings, (int Datastream, long Rows, long FirstMs, long LastMs) rollUps)
    {
        var (firstMs, lastMs) = readings.Readings == 0 ? (rollUps.FirstMs, rollUps.LastMs)
            : rollUps.Rows == 0 ? (readings.FirstMs, readings.LastMs)
            : (Math.Min(readings.FirstMs, rollUps.FirstMs), Math.Max(readings.LastMs, rollUps.LastMs));
        return new(core.Datastreams[number].Key, EventDay.Name(day), readings.Readings, rollUps.Rows, firstMs, lastMs);
    }

    private ValueTask<T> OffloadAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return core.Options.Inline ? new ValueTask<T>(Alone(work)) : new ValueTask<T>(Task.Run(() => Alone(work), cancellationToken));
    }

    private T Alone<T>(Func<T> work)
    {
        lock (_gate)
        {
            try
            {
                return work();
            }
            catch (IOException failure)
            {
                throw new StoreException($"Retention could not go on: {failure.Message} Free space or repair the disk; it is tried again.", failure);
            }
        }
    }
}
