using Quartier.Contracts.Readings;
using Quartier.Storage.Simulated;

namespace Quartier.Storage.Tests.Annotations;

/// <summary>A store on a simulated disk, some of whose readings have annotations, and random things to do with it.</summary>
internal sealed class AnnotationWorkload
{
    private const long DayMs = 86_400_000;
    private const long StepMs = 3_600_000;

    private static readonly StoreOptions s_options = new()
    {
        Inline = true,
        SegmentBytes = 16 << 10,
        FrameBytes = 2 << 10,
        JournalLimitBytes = 20 << 10,
        UnsealedReadingsLimit = 200,
        BlockReadings = 16,
        SealBatchBlocks = 8,
        OpenPartitions = 2,
        HistoryBytes = 2_000,
    };

    private readonly Random _random;
    private readonly FakeTime _time = new(DateTimeOffset.FromUnixTimeMilliseconds(StoreWorkload.Start));
    private readonly int[] _retentions = [30, 1, 2];
    private readonly int[] _numbers = new int[3];
    private readonly long[] _next = [StoreWorkload.Start, StoreWorkload.Start, StoreWorkload.Start];
    private int _deletedBefore = int.MinValue;

    public AnnotationWorkload(int seed)
    {
        _random = new Random(seed);
        Disk = new SimulatedDisk(seed);
    }

    public SimulatedDisk Disk { get; }

    public AnnotationModel Model { get; } = new();

    public EmbeddedStore Store { get; private set; } = null!;

    public void Open()
    {
        Store = EmbeddedStore.Open(Disk, Disk, s_options, _time);
        for (var i = 0; i < _numbers.Length; i++)
        {
            _numbers[i] = Store.Readings.Register(new DatastreamKey("city/gateway/sensor", $"p{i}"), TimeSpan.FromDays(_retentions[i]));
        }
    }

    public async Task RunAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            await StepAsync();
        }
    }

    public async Task StepAsync()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        switch (_random.Next(100))
        {
            case < 62:
                await SendAsync();
                break;
            case < 72:
                await CorrectAsync();
                break;
            case < 92:
                Pump();
                break;
            case < 95:
                await Store.SealAsync();
                break;
            case < 97:
                await DeleteAsync();
                break;
            default:
                await VerifyAsync();
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

    public async Task RecoverAsync()
    {
        Open();
        if (_deletedBefore > int.MinValue)
        {
            await Store.Readings.DeleteExpiredAsync(_deletedBefore * DayMs, default);
            Model.DeleteBefore(_deletedBefore);
        }

        foreach (var number in _numbers)
        {
            Model.Accept(number, await AllAsync(number));
        }
    }

    public async Task VerifyAsync()
    {
        foreach (var number in _numbers)
        {
            var expected = Model.Of(number);
            Assert.Equal(expected, await AllAsync(number));
            Assert.Equal(AnnotationModel.Times(expected), await TimesAsync(number, long.MinValue, long.MaxValue));
            await VerifyShownAsync(number, [.. expected.Select(e => e.Shown).OfType<Reading>()]);
            var (fromMs, toMs) = (StoreWorkload.Start + (_random.Next(200) * StepMs), StoreWorkload.Start + (_random.Next(400) * StepMs));
            Assert.Equal(
                AnnotationModel.Times(expected.Where(e => e.Received.TimeMs >= fromMs && e.Received.TimeMs < toMs)), await TimesAsync(number, fromMs, toMs));
        }
    }

    public async Task VerifySealedAsync()
    {
        await Store.SealAsync();
        await VerifyAsync();
        Assert.Empty(Store.Readings.Health.SetAside);
        Assert.Equal(0, (await Store.Readings.ManifestAsync(default)).OpenReadings);
    }

    private async Task<List<StoredObservation>> AllAsync(int number)
    {
        var (from, to) = (StoreWorkload.Start - (400 * DayMs), StoreWorkload.Start + (400 * DayMs));
        var received = await Store.Readings.ReceivedAsync(number, from, to, 100_000, default);
        var shown = (await Store.Readings.RangeAsync(number, from, to, 100_000, default)).ToDictionary(r => r.TimeMs);
        var annotations = (await Store.Readings.AnnotationsAsync(number, from, to, default)).ToDictionary(a => a.TimeMs);
        Assert.True(annotations.Count == 0 || Store.Readings.IsAnnotated(number));
        Assert.Empty(shown.Keys.Except(received.Select(r => r.TimeMs)));
        return [.. received.Select(r => shown.TryGetValue(r.TimeMs, out var held)
            ? new StoredObservation(r, held, annotations.GetValueOrDefault(r.TimeMs) is { } a && a.Value == held.Value ? a : null)
            : new StoredObservation(r, null, null))];
    }

    // Whatever way somebody reads: what was withdrawn is nowhere, and what was corrected is everywhere as it holds.
    private async Task VerifyShownAsync(int number, Reading[] shown)
    {
        var latest = await Store.Readings.LatestAsync(number, default);
        Assert.Equal(shown.Length == 0 ? null : shown[^1], latest);
        var (fromMs, toMs, limit) = (StoreWorkload.Start + (_random.Next(100) * StepMs), StoreWorkload.Start + (_random.Next(400) * StepMs), _random.Next(1, 40));
        var within = shown.Where(r => r.TimeMs >= fromMs && r.TimeMs < toMs).ToList();
        Assert.Equal(within.Take(limit), await Store.Readings.RangeAsync(number, fromMs, toMs, limit, default));
        Assert.Equal(within.AsEnumerable().Reverse().Take(limit), await Store.Readings.RangeBackAsync(number, fromMs, toMs, limit, default));
        var windowMs = _random.Next(1, 60) * StepMs;
        var windows = within.GroupBy(r => fromMs + ((r.TimeMs - fromMs) / windowMs * windowMs)).Select(g => new AggregateRow(
            g.Key, g.Key + windowMs, g.Count(), g.Sum(r => r.Value), g.Min(r => r.Value), g.Max(r => r.Value), g.First().TimeMs, g.Last().TimeMs, g.Last().Value,
            g.Count(r => r.Quality != Quality.Good)));
        Assert.Equal(windows, await Store.Readings.AggregateAsync(number, fromMs, toMs, windowMs, fromMs, default));
        Assert.True(Store.Readings.LastReceived(number)?.TimeMs >= latest?.TimeMs || latest is null);
    }

    private async Task<ReadingTimes?> TimesAsync(int number, long fromMs, long toMs)
    {
        ReadingTimes? times = null;
        (fromMs, toMs) = (Math.Max(fromMs, 0), Math.Min(toMs, StoreWorkload.Start + (400 * DayMs)));
        while (fromMs < toMs)
        {
            var found = await Store.Readings.TimesAsync(number, fromMs, toMs, default);
            (times, fromMs) = (ReadingTimes.Join(times, found.Times), found.ReachedMs);
        }

        return times;
    }

    private async Task SendAsync()
    {
        var which = _random.Next(_numbers.Length);
        for (var i = _random.Next(1, 6); i > 0; i--)
        {
            var reading = new Reading(NextTime(which), _random.Next(3), Quality.Good);
            await SendAsync(which, reading, _random.Next(3) == 0 ? null : RandomAnnotation(reading.TimeMs));
        }
    }

    // Mostly of a time that is stored, also several times; now and then of one that is not.
    private async Task CorrectAsync()
    {
        var which = _random.Next(_numbers.Length);
        var times = Model.TimesOf(_numbers[which]);
        var timeMs = times.Length == 0 || _random.Next(8) == 0 ? NextTime(which) + 1 : times[^_random.Next(1, Math.Min(times.Length, 30) + 1)];
        var correction = _random.Next(3) == 0
            ? Correction.Withdrawn
            : new Correction(false, _random.Next(5), _random.Next(4) == 0 ? Quality.OutOfRange : Quality.Good, _random.Next(2) == 0 ? Annotation.None : RandomAnnotation(timeMs));
        var ticket = await Store.Readings.CorrectAsync(_numbers[which], timeMs, correction, default);
        Assert.Equal(Model.Correct(_numbers[which], timeMs, correction), ticket is not null);
    }

    private async Task SendAsync(int which, Reading reading, Annotation? annotation)
    {
        while (true)
        {
            var outcomes = new AppendOutcome[1];
            if (annotation is null)
            {
                Store.Readings.Append(_numbers[which], [reading], outcomes);
            }
            else
            {
                Store.Readings.Annotate(_numbers[which], reading, annotation, out outcomes[0]);
            }

            if (outcomes[0] != AppendOutcome.NeedsHistory)
            {
                Model.Send(_numbers[which], reading, annotation, _retentions[which]);
                return;
            }

            await Store.Readings.LoadAsync(_numbers[which], reading.TimeMs, reading.TimeMs + 1, default);
        }
    }

    private Annotation RandomAnnotation(long timeMs)
    {
        var validFrom = _random.Next(2) == 0 ? (long?)null : StoreWorkload.Start;
        return new(
            _random.Next(2) == 0 ? null : StoreWorkload.Start - _random.Next(3),
            validFrom,
            validFrom + 7,
            _random.Next(3) == 0 ? "\"good\"" : null,
            _random.Next(2) == 0 ? $"{{\"n\":{_random.Next(3)},\"text\":\"{new string('ä', _random.Next(1, 80))}\"}}" : null,
            _random.Next(5) == 0 ? "\"wet\"" : null)
        {
            PhenomenonEndMs = _random.Next(2) == 0 ? null : timeMs + _random.Next(1, 3) * StepMs * 20,
        };
    }

    private long NextTime(int which)
    {
        if (_random.Next(3) > 0)
        {
            return _next[which] += StepMs * _random.Next(1, 3);
        }

        return Math.Max(StoreWorkload.Start, _next[which] - (StepMs * _random.Next(0, 100)));
    }

    private async Task DeleteAsync()
    {
        _deletedBefore = Math.Max(_deletedBefore, (int)(_next.Min() / DayMs) + 2);
        Model.DeleteBefore(_deletedBefore);
        await Store.Readings.DeleteExpiredAsync((_deletedBefore * DayMs) + 5_000, default);
    }
}
