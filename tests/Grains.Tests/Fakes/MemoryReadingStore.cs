using Quartier.Contracts.Readings;

namespace Grains.Tests.Fakes;

/// <summary>The store as its contract reads, in the simplest way: one sorted dictionary a datastream. Survives restarts of the grains.</summary>
internal sealed class MemoryReadingStore : IReadingStore
{
    private readonly Dictionary<DatastreamKey, int> _numbers = [];
    private readonly List<SortedDictionary<long, Reading>> _readings = [];
    private readonly List<(int Datastream, long FromMs, long ToMs)> _loaded = [];
    private List<KeyValuePair<long, Reading>[]> _durable = [];
    private long _tickets;
    private TaskCompletionSource? _held;

    /// <summary>True: times behind the newest are only judged after <see cref="LoadAsync"/>, as a real store does.</summary>
    public bool AsksForHistory { get; init; }

    public StoreHealth Health => new(_held is null, null, [], 0, 0);

    public long Count => _readings.Sum(r => (long)r.Count);

    /// <summary>The retention that readings appended from now on get, by datastream.</summary>
    public Dictionary<string, TimeSpan> Retentions { get; } = new(StringComparer.Ordinal);

    /// <summary>How often somebody took up a datastream: once for each that a grain's definition has, whenever it takes up a definition.</summary>
    public int Registrations { get; private set; }

    public int Register(DatastreamKey key, TimeSpan retention)
    {
        Registrations++;
        Retentions[key.ToString()] = retention;
        if (!_numbers.TryGetValue(key, out var number))
        {
            _readings.Add([]);
            _numbers[key] = number = _readings.Count;
        }

        return number;
    }

    public int? Find(DatastreamKey key) => _numbers.TryGetValue(key, out var number) ? number : null;

    /// <summary>This many appends succeed, the next one fails; negative for never.</summary>
    public int FailAfter { get; set; } = -1;

    public long Append(int datastream, ReadOnlySpan<Reading> readings, Span<AppendOutcome> outcomes)
    {
        if (FailAfter >= 0 && FailAfter-- == 0)
        {
            throw new StoreException("the store has failed");
        }

        var stored = _readings[datastream - 1];
        for (var i = 0; i < readings.Length; i++)
        {
            outcomes[i] = AppendOne(datastream, stored, readings[i]);
        }

        return ++_tickets;
    }

    /// <summary>Annotations by datastream and time, the latest one.</summary>
    public Dictionary<(int Datastream, long TimeMs), StoredAnnotation> Annotations { get; } = [];

    public long Annotate(int datastream, in Reading reading, Annotation annotation, out AppendOutcome outcome)
    {
        Span<AppendOutcome> outcomes = stackalloc AppendOutcome[1];
        var ticket = Append(datastream, [reading], outcomes);
        outcome = outcomes[0];
        if (outcome != AppendOutcome.NeedsHistory)
        {
            Annotations[(datastream, reading.TimeMs)] = new(reading.TimeMs, reading.Value, annotation, false);
        }

        return ticket;
    }

    /// <summary>Corrections by datastream and time, the latest one.</summary>
    public Dictionary<(int Datastream, long TimeMs), Correction> Corrections { get; } = [];

    public ValueTask<long?> CorrectAsync(int datastream, long timeMs, Correction correction, CancellationToken cancellationToken)
    {
        if (!_readings[datastream - 1].ContainsKey(timeMs))
        {
            return new((long?)null);
        }

        Corrections[(datastream, timeMs)] = correction;
        return new(++_tickets);
    }

    public bool IsCorrected(int datastream, long fromMs) => Corrections.Keys.Any(k => k.Datastream == datastream && k.TimeMs >= fromMs);

    public ValueTask<IReadOnlyList<Reading>> ReceivedAsync(int datastream, long fromMs, long toMs, int limit, CancellationToken cancellationToken)
    {
        Ranges?.Add(fromMs);
        return new([.. _readings[datastream - 1].Values.Where(r => r.TimeMs >= fromMs && r.TimeMs < toMs).Take(limit)]);
    }

    public Reading? LastReceived(int datastream) => _readings[datastream - 1].Count == 0 ? null : _readings[datastream - 1].Last().Value;

    public ValueTask<TimesFound> TimesAsync(int datastream, long fromMs, long toMs, CancellationToken cancellationToken) => throw new NotSupportedException();

    public bool IsAnnotated(int datastream) => Annotations.Keys.Any(k => k.Datastream == datastream);

    public ValueTask<IReadOnlyList<StoredAnnotation>> AnnotationsAsync(int datastream, long fromMs, long toMs, CancellationToken cancellationToken) => new(
        [.. Annotations.Where(a => a.Key.Datastream == datastream && a.Key.TimeMs >= fromMs && a.Key.TimeMs < toMs).Select(a => a.Value).OrderBy(a => a.TimeMs)]);

    public ValueTask LoadAsync(int datastream, long fromMs, long toMs, CancellationToken cancellationToken)
    {
        _loaded.Add((datastream, fromMs, toMs));
        return ValueTask.CompletedTask;
    }

    public ValueTask WhenDurable(long ticket) => _held is null ? ValueTask.CompletedTask : new(_held.Task);

    /// <summary>The disk is full: nothing becomes durable until <see cref="Release"/>.</summary>
    public void Hold()
    {
        _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _durable = [.. _readings.Select(r => r.ToArray())];
    }

    /// <summary>The power fails while the disk was full: what was appended since <see cref="Hold"/> is gone.</summary>
    public void LosePower()
    {
        _held = null;
        for (var i = 0; i < _readings.Count; i++)
        {
            _readings[i].Clear();
            foreach (var (time, reading) in i < _durable.Count ? _durable[i] : [])
            {
                _readings[i][time] = reading;
            }
        }
    }

    public void Release()
    {
        _held?.SetResult();
        _held = null;
    }

    public ValueTask<Reading?> LatestAsync(int datastream, CancellationToken cancellationToken) =>
        new(Shown(datastream).Select(r => (Reading?)r).LastOrDefault());

    /// <summary>The pages that were read, by where they begin; null where nobody counts them, and nothing is to grow with them.</summary>
    public List<long>? Ranges { get; set; }

    public ValueTask<IReadOnlyList<Reading>> RangeAsync(int datastream, long fromMs, long toMs, int limit, CancellationToken cancellationToken) =>
        new([.. Shown(datastream).Where(r => r.TimeMs >= fromMs && r.TimeMs < toMs).Take(limit)]);

    public ValueTask<IReadOnlyList<Reading>> RangeBackAsync(int datastream, long fromMs, long toMs, int limit, CancellationToken cancellationToken) =>
        new([.. Shown(datastream).Where(r => r.TimeMs >= fromMs && r.TimeMs < toMs).Reverse().Take(limit)]);

    public ValueTask<IReadOnlyList<AggregateRow>> AggregateAsync(
        int datastream, long fromMs, long toMs, long windowMs, long originMs, CancellationToken cancellationToken)
    {
        var rows = Shown(datastream)
            .Where(r => r.TimeMs >= fromMs && r.TimeMs < toMs)
            .GroupBy(r => originMs + ((r.TimeMs - originMs) / windowMs * windowMs))
            .Select(g => new AggregateRow(
                g.Key, g.Key + windowMs, g.Count(), g.Sum(r => r.Value), g.Min(r => r.Value), g.Max(r => r.Value), g.First().TimeMs, g.Last().TimeMs, g.Last().Value, g.Count(r => r.Quality != Quality.Good)));
        return new([.. rows]);
    }

    public ValueTask<DeletionManifest> DeleteExpiredAsync(long nowMs, CancellationToken cancellationToken) => throw new NotSupportedException("not needed here");

    public ValueTask<StoreManifest> ManifestAsync(CancellationToken cancellationToken) => throw new NotSupportedException("not needed here");

    private IEnumerable<Reading> Shown(int datastream) => _readings[datastream - 1].Values
        .Select(r => Corrections.TryGetValue((datastream, r.TimeMs), out var held) ? held.IsWithdrawn ? (Reading?)null : r with { Value = held.Value, Quality = held.Quality } : r)
        .OfType<Reading>();

    /// <summary>All readings of a datastream, by its key.</summary>
    public IReadOnlyList<Reading> Of(string sensorKey, string property) =>
        _numbers.TryGetValue(new(sensorKey, property), out var number) ? [.. _readings[number - 1].Values] : [];

    private bool IsLoaded(int datastream, long timeMs) =>
        _loaded.Any(l => l.Datastream == datastream && timeMs >= l.FromMs && timeMs < l.ToMs);

    private AppendOutcome AppendOne(int datastream, SortedDictionary<long, Reading> stored, Reading reading)
    {
        var newest = stored.Count == 0 ? long.MinValue : stored.Keys.Last();
        if (AsksForHistory && reading.TimeMs < newest && !IsLoaded(datastream, reading.TimeMs))
        {
            return AppendOutcome.NeedsHistory;
        }

        if (stored.TryAdd(reading.TimeMs, reading))
        {
            return AppendOutcome.Stored;
        }

        var known = stored[reading.TimeMs];
        if (known.Value.Equals(reading.Value))
        {
            return AppendOutcome.Duplicate;
        }

        stored[reading.TimeMs] = known with { Value = Math.Max(known.Value, reading.Value), Quality = known.Quality | Quality.Contradicted };
        return AppendOutcome.Contradicted;
    }
}
