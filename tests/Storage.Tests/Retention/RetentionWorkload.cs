using System.Collections.Immutable;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Retention;
using Quartier.Storage.Simulated;

namespace Quartier.Storage.Tests.Retention;

/// <summary>A store on a simulated disk over some nights of retention, and what it must answer, said naively.</summary>
internal sealed class RetentionWorkload
{
    public const long Start = 1_782_864_000_000; // 2026-07-01T00:00:00Z
    public const long DayMs = 86_400_000;
    public const long HourMs = 3_600_000;
    public const int Nights = 9;
    private const long BerlinMidnight = Start - (2 * HourMs);
    private const int Datastreams = 3;

    private static readonly StoreOptions s_options = new()
    {
        Inline = true,
        SegmentBytes = 16 << 10,
        FrameBytes = 2 << 10,
        JournalLimitBytes = 20 << 10,
        UnsealedReadingsLimit = 400,
        BlockReadings = 16,
        SealBatchBlocks = 8,
        OpenPartitions = 2,
        HistoryBytes = 2_000,
    };

    private readonly Random _random;
    private readonly FakeTime _time = new(DateTimeOffset.FromUnixTimeMilliseconds(Start));
    private readonly int[] _numbers = new int[Datastreams];
    private readonly RetentionDefinition[] _terms = [new(3, 5, 8), new(4, 0, 6), new(2, 0, 0)];
    private readonly Dictionary<(int Which, long TimeMs), Entry> _entries = [];
    private bool _nightIsOwed;

    public RetentionWorkload(int seed)
    {
        _random = new Random(seed);
        Disk = new SimulatedDisk(seed);
    }

    public SimulatedDisk Disk { get; }

    public EmbeddedStore Store { get; private set; } = null!;

    public long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private int Today => (int)(NowMs / DayMs);

    public void Open()
    {
        Store = EmbeddedStore.Open(Disk, Disk, s_options, _time);
        for (var i = 0; i < Datastreams; i++)
        {
            _numbers[i] = Store.Readings.Register(KeyOf(i), TimeSpan.FromDays(_terms[i].RawDays));
        }
    }

    /// <summary>Days of readings, each followed by its night; on the way retentions become shorter and, once, longer.</summary>
    public async Task RunAsync()
    {
        for (var night = 0; night < Nights; night++)
        {
            Append(40);
            _time.Advance(TimeSpan.FromDays(1));
            _nightIsOwed = true;
            Append(8);
            ChangeTerms(night);
            await NightAsync();
            await VerifyAsync();
        }
    }

    /// <summary>After a crash: every answer is exact at once, and what was interrupted is completed.</summary>
    public async Task RecoverAsync()
    {
        Open();
        await AcceptAsync();
        await VerifyAsync();
        if (_nightIsOwed)
        {
            await NightAsync();
            await VerifyAsync();
        }
    }

    public async Task NightAsync()
    {
        _nightIsOwed = true;
        Pump();
        ImmutableArray<DatastreamTerms> terms = [.. Enumerable.Range(0, Datastreams).Select(i => new DatastreamTerms(KeyOf(i), _terms[i], "Europe/Berlin"))];
        await Store.Retention.ApplyTermsAsync(terms, default);
        var written = await Store.Retention.RollUpAsync(terms, NowMs, default);
        Assert.Empty(written.Problems);
        Assert.Equal(written, await Store.Retention.VerifyRollUpsAsync(terms, NowMs, default), SameCounts);
        await Store.Readings.DeleteExpiredAsync(NowMs, default);
        foreach (var place in await Store.Retention.ExamineAsync(NowMs, [], default))
        {
            Assert.Empty(place.Findings);
        }

        _nightIsOwed = false;
    }

    public async Task VerifyAsync()
    {
        for (var which = 0; which < Datastreams; which++)
        {
            var entries = _entries.Where(e => e.Key.Which == which).OrderBy(e => e.Key.TimeMs).ToList();
            if (!_nightIsOwed)
            {
                var raw = entries.Where(e => e.Value.RawExpiry >= Today).Select(e => new Reading(e.Key.TimeMs, e.Value.Value, Quality.Good));
                Assert.Equal(raw, await Store.Readings.RangeAsync(_numbers[which], Start - (30 * DayMs), Start + (90 * DayMs), 10_000, default));
            }

            await VerifyWindowsAsync(which, HourMs, Start, e => e.HourExpiry);
            await VerifyWindowsAsync(which, DayMs, BerlinMidnight, e => Math.Max(e.HourExpiry, e.DayExpiry));
        }
    }

    // While a night is owed it is open whether what expires in it is already gone.
    private async Task VerifyWindowsAsync(int which, long windowMs, long originMs, Func<Entry, int> expiryOf)
    {
        var (from, to) = (originMs - (30 * DayMs), originMs + (90 * DayMs));
        var rows = await Store.Readings.AggregateAsync(_numbers[which], from, to, windowMs, originMs, default);
        var found = rows.ToDictionary(r => r.StartMs);
        foreach (var window in _entries.Where(e => e.Key.Which == which).GroupBy(e => originMs + (Floor(e.Key.TimeMs - originMs, windowMs) * windowMs)))
        {
            var all = window.Select(w => w.Value).ToList();
            var certain = all.Where(e => Math.Max(e.RawExpiry, expiryOf(e)) >= Today).ToList();
            if (!_nightIsOwed)
            {
                all = certain;
            }

            if (!found.Remove(window.Key, out var row))
            {
                Assert.Empty(certain);
                continue;
            }

            Assert.True(row.Count >= certain.Count && row.Count <= all.Count, $"{KeyOf(which)} {windowMs} {DateTimeOffset.FromUnixTimeMilliseconds(window.Key):O}: {row.Count} counted, {certain.Count} to {all.Count} expected");
            if (certain.Count == all.Count)
            {
                Assert.Equal(all.Sum(e => e.Value), row.Sum);
                Assert.Equal(all.Min(e => e.Value), row.Min);
                Assert.Equal(all.Max(e => e.Value), row.Max);
            }
        }

        Assert.Empty(found);
    }

    private static bool SameCounts(RollUpReport a, RollUpReport b)
    {
        Assert.Empty(b.Problems);
        return (a.Datastreams, a.Readings, a.Hours, a.Days) == (b.Datastreams, b.Readings, b.Hours, b.Days);
    }

    private static long Floor(long value, long divisor) => (value - (((value % divisor) + divisor) % divisor)) / divisor;

    private static DatastreamKey KeyOf(int which) => new("city/gateway/sensor", $"p{which}");

    private void ChangeTerms(int night)
    {
        if (night is not (3 or 4 or 6))
        {
            return;
        }

        // Raw readings are kept for a shorter time, then for a longer one; hourly roll-ups for a shorter time.
        _terms[1] = night switch { 3 => new(2, 0, 6), 4 => new(3, 0, 6), _ => _terms[1] };
        _terms[0] = night switch { 6 => new(2, 4, 7), _ => _terms[0] };
        if (night == 4)
        {
            Store.Readings.Register(KeyOf(1), TimeSpan.FromDays(_terms[1].RawDays));
        }

        foreach (var (key, entry) in _entries)
        {
            entry.Shorten((int)(key.TimeMs / DayMs), _terms[key.Which]);
        }
    }

    private void Append(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var which = _random.Next(Datastreams);
            var time = NowMs - (_random.Next(0, 300) * 600_000L);
            var expiry = (int)(time / DayMs) + _terms[which].RawDays;
            if (expiry < Today || !_entries.TryAdd((which, time), new Entry(_random.Next(1, 400) / 4.0, expiry, _terms[which], (int)(time / DayMs))))
            {
                continue;
            }

            Append(which, new Reading(time, _entries[(which, time)].Value, Quality.Good));
        }

        Pump();
    }

    private void Append(int which, Reading reading)
    {
        var outcomes = new AppendOutcome[1];
        Store.Readings.Append(_numbers[which], [reading], outcomes);
        if (outcomes[0] == AppendOutcome.NeedsHistory)
        {
            var loaded = Store.Readings.LoadAsync(_numbers[which], reading.TimeMs, reading.TimeMs + 1, default);
            Assert.True(loaded.IsCompletedSuccessfully, "An inline store loads at once.");
            Append(which, reading);
        }
        else
        {
            Assert.Equal(AppendOutcome.Stored, outcomes[0]);
        }
    }

    private void Pump()
    {
        if (Store.Pump())
        {
            foreach (var entry in _entries.Values)
            {
                entry.IsDurable = true;
            }
        }
    }

    // What was not acknowledged may have survived or not.
    private async Task AcceptAsync()
    {
        for (var which = 0; which < Datastreams; which++)
        {
            var found = await Store.Readings.RangeAsync(_numbers[which], Start - (30 * DayMs), Start + (90 * DayMs), 10_000, default);
            var times = found.Select(r => r.TimeMs).ToHashSet();
            foreach (var key in _entries.Where(e => e.Key.Which == which && !e.Value.IsDurable && !times.Contains(e.Key.TimeMs)).Select(e => e.Key).ToList())
            {
                _entries.Remove(key);
            }
        }
    }

    private sealed class Entry(double value, int rawExpiry, RetentionDefinition terms, int day)
    {
        public double Value { get; } = value;

        public bool IsDurable { get; set; }

        public int RawExpiry { get; private set; } = rawExpiry;

        public int HourExpiry { get; private set; } = terms.HourDays == 0 ? int.MinValue : day + terms.HourDays;

        public int DayExpiry { get; private set; } = terms.DayDays == 0 ? int.MinValue : day + terms.DayDays;

        public void Shorten(int day, RetentionDefinition terms)
        {
            RawExpiry = Math.Min(RawExpiry, day + terms.RawDays);
            HourExpiry = Math.Min(HourExpiry, terms.HourDays == 0 ? int.MinValue : day + terms.HourDays);
            DayExpiry = Math.Min(DayExpiry, terms.DayDays == 0 ? int.MinValue : day + terms.DayDays);
        }
    }
}
