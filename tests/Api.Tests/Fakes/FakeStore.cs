using Quartier.Contracts.Readings;

namespace Api.Tests.Fakes;

internal sealed class FakeStore : IReadingStore
{
    private readonly Dictionary<int, List<Reading>> _readings = [];

    public StoreHealth Health { get; set; } = new(true, null, [], 4096, 17);

    public StoreManifest Manifest { get; set; } = new([new PartitionManifest("2036-06-29", 3, 1500, 8192)], 17, 4096, 5);

    public Exception? Failure { get; set; }

    /// <summary>Aggregates that were asked for.</summary>
    public int Aggregated { get; private set; }

    /// <summary>What every range waits for; null when nothing does.</summary>
    public TaskCompletionSource? Held { get; set; }

    /// <summary>Counts the ranges that have begun to wait.</summary>
    public SemaphoreSlim Waiting { get; } = new(0);

    public void Put(int datastream, params IEnumerable<Reading> readings) =>
        _readings[datastream] = [.. _readings.GetValueOrDefault(datastream, []).Concat(readings).OrderBy(r => r.TimeMs)];

    public int Register(DatastreamKey key, TimeSpan retention) => throw new NotSupportedException();

    public int? Find(DatastreamKey key) => throw new NotSupportedException();

    public long Append(int datastream, ReadOnlySpan<Reading> readings, Span<AppendOutcome> outcomes) => throw new NotSupportedException();

    public long Annotate(int datastream, in Reading reading, Annotation annotation, out AppendOutcome outcome) => throw new NotSupportedException();

    public ValueTask<long?> CorrectAsync(int datastream, long timeMs, Correction correction, CancellationToken cancellationToken) => throw new NotSupportedException();

    public bool IsCorrected(int datastream, long fromMs) => false;

    public ValueTask<IReadOnlyList<Reading>> ReceivedAsync(int datastream, long fromMs, long toMs, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Reading? LastReceived(int datastream) => throw new NotSupportedException();

    public bool IsAnnotated(int datastream) => false;

    public ValueTask<IReadOnlyList<StoredAnnotation>> AnnotationsAsync(int datastream, long fromMs, long toMs, CancellationToken cancellationToken) => new([]);

    public ValueTask<TimesFound> TimesAsync(int datastream, long fromMs, long toMs, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask LoadAsync(int datastream, long fromMs, long toMs, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask WhenDurable(long ticket) => throw new NotSupportedException();

    public ValueTask<Reading?> LatestAsync(int datastream, CancellationToken cancellationToken) => throw new NotSupportedException();

    public async ValueTask<IReadOnlyList<Reading>> RangeAsync(int datastream, long fromMs, long toMs, int limit, CancellationToken cancellationToken)
    {
        if (Held is { } held)
        {
            Waiting.Release();
            await held.Task.WaitAsync(cancellationToken);
        }

        Fail();
        Assert.InRange(limit, 1, 100_000);
        return [.. In(datastream, fromMs, toMs).Take(limit)];
    }

    public ValueTask<IReadOnlyList<Reading>> RangeBackAsync(int datastream, long fromMs, long toMs, int limit, CancellationToken cancellationToken)
    {
        Fail();
        return new([.. In(datastream, fromMs, toMs).Reverse().Take(limit)]);
    }

    public ValueTask<IReadOnlyList<AggregateRow>> AggregateAsync(
        int datastream, long fromMs, long toMs, long windowMs, long originMs, CancellationToken cancellationToken)
    {
        Fail();
        Aggregated++;
        Assert.True(windowMs > 0);
        return new([.. In(datastream, fromMs, toMs)
            .GroupBy(r => (long)Math.Floor((r.TimeMs - originMs) / (double)windowMs))
            .Select(g => Row(originMs + (g.Key * windowMs), windowMs, [.. g]))]);
    }

    public ValueTask<DeletionManifest> DeleteExpiredAsync(long nowMs, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<StoreManifest> ManifestAsync(CancellationToken cancellationToken)
    {
        Fail();
        return new(Manifest);
    }

    private static AggregateRow Row(long start, long windowMs, Reading[] r) => new(
        start,
        start + windowMs,
        r.Length,
        r.Sum(x => x.Value),
        r.Min(x => x.Value),
        r.Max(x => x.Value),
        r[0].TimeMs,
        r[^1].TimeMs,
        r[^1].Value,
        r.Count(x => x.Quality != Quality.Good));

    private IEnumerable<Reading> In(int datastream, long fromMs, long toMs) =>
        _readings.GetValueOrDefault(datastream, []).Where(r => r.TimeMs >= fromMs && r.TimeMs < toMs);

    private void Fail()
    {
        if (Failure is not null)
        {
            throw Failure;
        }
    }
}
