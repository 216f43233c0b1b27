using Quartier.Contracts.Readings;
using Quartier.Storage.Simulated;

namespace Quartier.Storage.Tests;

/// <summary>A store on a simulated disk, its model, and random things to do with both.</summary>
internal sealed class StoreWorkload
{
    public const long Start = 1_782_864_000_000; // 2026-07-01T00:00:00Z
    private const long DayMs = 86_400_000;
    private const long StepMs = 600_000;
    private const int Datastreams = 4;
    private const int Days = 5;

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
    private readonly int[] _retentions = [30, 30, 3, 7];
    private readonly long[] _next = [Start, Start, Start, Start];

    public StoreWorkload(int seed)
    {
        _random = new Random(seed);
        Disk = new SimulatedDisk(seed);
    }

    public SimulatedDisk Disk { get; }

    public StoreModel Model { get; } = new();

    public EmbeddedStore Store { get; private set; } = null!;

    public int Deletions { get; private set; }

    private int DeletedBefore { get; set; } = int.MinValue;

    public void Open()
    {
        Store = EmbeddedStore.Open(Disk, Disk, s_options, _time);
        for (var i = 0; i < Datastreams; i++)
        {
            _numbers[i] = Store.Readings.Register(new DatastreamKey("city/gateway/sensor", $"p{i}"), TimeSpan.FromDays(_retentions[i]));
        }
    }

    /// <summary>One random operation.</summary>
    public async Task StepAsync()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        switch (_random.Next(100))
        {
            case < 70:
                await AppendAsync();
                break;
            case < 90:
                Pump();
                break;
            case < 93:
                await Store.SealAsync();
                break;
            case < 95:
                ChangeRetention();
                break;
            case < 96:
                await DeleteAsync();
                break;
            default:
                await ReadAsync();
                break;
        }
    }

    public void Pump()
    {
        if (Store.Pump())
        {
            Model.Acknowledge();
        }
    }

    /// <summary>After a crash: compares what survived with the model, and goes on from there.</summary>
    public async Task RecoverAsync()
    {
        Open();
        if (DeletedBefore > int.MinValue)
        {
            // A deletion that the crash interrupted is completed by the next one.
            await Store.Readings.DeleteExpiredAsync(DeletedBefore * DayMs, default);
            Model.DeleteBefore(DeletedBefore);
        }

        foreach (var number in _numbers)
        {
            Model.Accept(number, await AllAsync(number));
        }

        await VerifyAsync();
    }

    /// <summary>The store answers exactly what the model says.</summary>
    public async Task VerifyAsync()
    {
        foreach (var number in _numbers)
        {
            var expected = Model.Of(number);
            Assert.Equal(expected, await AllAsync(number));
            Assert.Equal(expected.Length == 0 ? null : expected[^1], await Store.Readings.LatestAsync(number, default));
            await VerifyAggregateAsync(number, expected, _random.Next(1, 200) * 100_000L);
        }

        // Nothing is held twice, but for a contradiction that waits beside the sealed reading that it overrides.
        var manifest = await Store.Readings.ManifestAsync(default);
        Assert.InRange(manifest.Partitions.Sum(p => p.Readings) + manifest.OpenReadings, Model.Count, Model.Count + Model.Contradicted);
    }

    /// <summary>Once sealed, the files hold each reading exactly once.</summary>
    public async Task VerifySealedAsync()
    {
        await Store.SealAsync();
        await VerifyAsync();
        var manifest = await Store.Readings.ManifestAsync(default);
        Assert.Equal(Model.Count, manifest.Partitions.Sum(p => p.Readings));
        Assert.Equal(0, manifest.OpenReadings);
        Assert.Empty(Store.Readings.Health.SetAside);
    }

    private async Task<IReadOnlyList<Reading>> AllAsync(int number)
    {
        var all = new List<Reading>();
        while (true)
        {
            var from = all.Count == 0 ? Start - (400 * DayMs) : all[^1].TimeMs + 1;
            var page = await Store.Readings.RangeAsync(number, from, Start + (400 * DayMs), 37, default);
            all.AddRange(page);
            if (page.Count < 37)
            {
                return all;
            }
        }
    }

    private async Task AppendAsync()
    {
        var which = _random.Next(Datastreams);
        var readings = new Reading[_random.Next(1, 12)];
        for (var i = 0; i < readings.Length; i++)
        {
            readings[i] = new Reading(NextTime(which), _random.Next(0, 4) / 4.0 * _random.Next(1, 50), Quality.Good);
        }

        await AppendAsync(which, readings);
    }

    private async Task AppendAsync(int which, Reading[] readings)
    {
        var outcomes = new AppendOutcome[readings.Length];
        Store.Readings.Append(_numbers[which], readings, outcomes);
        var again = new List<Reading>();
        for (var i = 0; i < readings.Length; i++)
        {
            if (outcomes[i] == AppendOutcome.NeedsHistory)
            {
                again.Add(readings[i]);
                continue;
            }

            Assert.Equal(Model.Append(_numbers[which], readings[i], _retentions[which]), outcomes[i]);
        }

        if (again.Count > 0)
        {
            await Store.Readings.LoadAsync(_numbers[which], again.Min(r => r.TimeMs), again.Max(r => r.TimeMs) + 1, default);
            await AppendAsync(which, [.. again]);
        }
    }

    private long NextTime(int which)
    {
        if (_random.Next(4) > 0)
        {
            _next[which] += StepMs * _random.Next(1, 3);
            return _next[which];
        }

        // Late or repeated: somewhere in the last days.
        return Math.Max(Start, _next[which] - (StepMs * _random.Next(0, Days * 144)));
    }

    private void ChangeRetention()
    {
        var which = _random.Next(2, Datastreams);
        _retentions[which] = _random.Next(1, 10);
        Store.Readings.Register(new DatastreamKey("city/gateway/sensor", $"p{which}"), TimeSpan.FromDays(_retentions[which]));
    }

    private async Task DeleteAsync()
    {
        var day = (int)(_next.Min() / DayMs) + 2;
        DeletedBefore = Math.Max(DeletedBefore, day);
        var expected = Model.DeleteBefore(day);
        var manifest = await Store.Readings.DeleteExpiredAsync((day * DayMs) + 5_000, default);
        Assert.Equal(expected, manifest.Readings);
        Deletions++;
    }

    private async Task ReadAsync()
    {
        var number = _numbers[_random.Next(Datastreams)];
        var from = Start + (StepMs * _random.Next(0, 500));
        var to = from + (StepMs * _random.Next(1, 500));
        var limit = _random.Next(1, 300);
        var expected = Model.Of(number).Where(r => r.TimeMs >= from && r.TimeMs < to).Take(limit);
        Assert.Equal(expected, await Store.Readings.RangeAsync(number, from, to, limit, default));
    }

    private async Task VerifyAggregateAsync(int number, Reading[] all, long windowMs)
    {
        var (from, to, origin) = (Start + 1_000_000, Start + (9 * DayMs), Start - 77);
        var expected = all.Where(r => r.TimeMs >= from && r.TimeMs < to)
            .GroupBy(r => (r.TimeMs - origin) / windowMs)
            .Select(g => new AggregateRow(
                origin + (g.Key * windowMs), origin + ((g.Key + 1) * windowMs), g.Count(), g.Sum(r => r.Value), g.Min(r => r.Value),
                g.Max(r => r.Value), g.First().TimeMs, g.Last().TimeMs, g.Last().Value, g.Count(r => r.Quality != Quality.Good)));
        Assert.Equal(expected, await Store.Readings.AggregateAsync(number, from, to, windowMs, origin, default));
    }
}
