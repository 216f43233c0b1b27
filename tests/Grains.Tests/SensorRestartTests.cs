using Quartier.Contracts.Alerts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Sensors;

namespace Grains.Tests;

/// <summary>A restart at any point of any stream changes nothing.</summary>
public sealed class SensorRestartTests
{
    [Fact]
    public void A_restart_in_order_changes_nothing() => Seeds.ForAll(seed => CompareRestarts(seed, crash: false, contradict: false), 12);

    [Fact]
    public void A_crash_changes_nothing() => Seeds.ForAll(seed => CompareRestarts(seed, crash: true, contradict: false), 12);

    [Fact]
    public void A_restart_among_contradictions_changes_nothing_of_the_sensor() =>
        Seeds.ForAll(seed => CompareRestarts(seed, crash: seed % 2 == 0, contradict: true), 12);

    [Fact]
    public void Silence_is_noticed_after_a_restart_although_the_clock_had_let_go_of_the_last_reading()
    {
        var sensor = Town.Sensor("s", Town.Stream(latenessMs: 2 * Town.Minute)).With(Town.Missing(30 * Town.Minute));
        using var host = new CityHost(Town.City(sensor));
        host.Ingest(Town.Sample(0, 1));
        host.Run(() => host.Sensor().CheckSilence(Town.At(10)));
        host.Restart();
        host.Advance(TimeSpan.FromMinutes(45));
        Assert.Equal((AlertState.Raised, Town.At(30)), (Assert.Single(host.Recorded()).State, host.Recorded()[0].RaisedMs));
    }

    [Fact]
    public void The_first_reading_after_a_restart_is_compared_with_the_last_one_before()
    {
        var stream = Town.Stream() with { StuckAfterMs = 0 };
        using var host = new CityHost(Town.City(Town.Sensor("s", stream)));
        host.Ingest(Town.Sample(0, 1));
        host.Restart();
        host.Ingest(Town.Sample(30, 90));
        Assert.Equal(Quality.Gap | Quality.Step, host.State().Latest!.Value.Quality & ~Quality.ClockSkew);
    }

    [Fact]
    public void A_snapshot_that_could_not_be_saved_is_not_tried_again_with_every_reading()
    {
        const int block = 512;
        using var host = new CityHost(Town.City(Town.Sensor("s", Town.Stream())));
        (host.States.FailOnly, host.States.FailNext) = ("sensor", 1_000);
        for (var i = 0; i < 3 * block; i++)
        {
            host.Ingest(Town.Sample(i, i % 7));
        }

        Assert.Equal(3, 1_000 - host.States.FailNext);

        var writes = host.States.Writes;
        host.States.FailNext = 0;
        for (var i = 3 * block; i < 4 * block; i++)
        {
            host.Ingest(Town.Sample(i, i % 7));
        }

        Assert.Equal(writes + 1, host.States.Writes);
    }

    private static void CompareRestarts(int seed, bool crash, bool contradict)
    {
        var random = new Random(seed);
        var batches = Enumerable.Range(0, 30).Select(i => RandomBatch(random, i, contradict)).ToList();
        using var undisturbed = new CityHost(TownWithEverything(), seed);
        using var disturbed = new CityHost(TownWithEverything(), seed);
        foreach (var batch in batches)
        {
            undisturbed.Ingest(batch);
            disturbed.Ingest(batch);
            if (random.Next(4) == 0)
            {
                Interrupt(disturbed, crash);
            }
        }

        Interrupt(disturbed, crash);
        bool IsCompared(Alert alert) => !contradict || alert.Subject.StartsWith("sensor/", StringComparison.Ordinal);
        Assert.Equal(undisturbed.Recorded(IsCompared), disturbed.Recorded(IsCompared));
        Assert.Equal(States(undisturbed, contradict), States(disturbed, contradict));
        Assert.Equal(undisturbed.Books().Stored, disturbed.Books().Stored);
        Assert.True(disturbed.Books().Balanced);
        if (!crash)
        {
            Assert.Equal(undisturbed.Books().Received, disturbed.Books().Received);
            Assert.Equal(undisturbed.Books().Refused, disturbed.Books().Refused);
        }

        if (contradict)
        {
            return;
        }

        var (expected, actual) = (undisturbed.Run(() => undisturbed.Asset("a").GetState()), disturbed.Run(() => disturbed.Asset("a").GetState()));
        Assert.Equal((expected.TimeMs, expected.Status), (actual.TimeMs, actual.Status));
        Assert.Equal(expected.Values, actual.Values);
    }

    /// <summary>
    /// States to compare. Flags that follow from neighbours are left out among contradictions: live they follow from the values that came first,
    /// from the store from those that won.
    /// </summary>
    private static IEnumerable<DatastreamState> States(CityHost host, bool contradict)
    {
        var flags = contradict ? Quality.OutOfRange | Quality.Contradicted | Quality.Late | Quality.ClockSkew : (Quality)ushort.MaxValue;
        return host.Run(() => host.Sensor().GetState()).Datastreams
            .Select(s => s with { Latest = s.Latest is { } latest ? latest with { Quality = latest.Quality & flags } : null });
    }

    private static void Interrupt(CityHost host, bool crash)
    {
        if (crash)
        {
            host.Crash();
        }
        else
        {
            host.Restart();
        }
    }

    private static CityDefinition TownWithEverything()
    {
        var sensor = Town.Sensor("s", Town.Stream("a", 3 * Town.Minute), Town.Stream("b"), Town.Stream("sum")).With(
            Town.Above(20, "a") with { Hysteresis = 2, ForMs = 2 * Town.Minute },
            Town.Missing(4 * Town.Minute, "b"),
            Town.Rule(RuleKind.Stuck, "b", "stuck") with { ForMs = 3 * Town.Minute },
            Town.Rule(RuleKind.InconsistentSum, "sum", "sums") with { Parts = ["a", "b"], Tolerance = 10 });
        var asset = Town.Asset(Town.CarPark, ("free", "a"), ("state", "b"));
        return Town.City(sensor with { Asset = "a" }) with { Assets = [asset] };
    }

    private static Sample[] RandomBatch(Random random, int index, bool contradict)
    {
        var samples = new List<Sample>();
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var minute = (index * 2) + random.Next(-4, 3);
            var seed = contradict ? random.Next() : minute;
            samples.Add(Town.Sample(minute, Value(seed, 30)));
            if (random.Next(3) > 0)
            {
                samples.Add(Town.Sample(minute, Value(seed + 1, 2), 1));
                samples.Add(Town.Sample(minute, Value(seed + 2, 40), 2));
            }
        }

        return [.. samples];
    }

    /// <summary>The same value for the same seed, so that a time that is repeated is not contradicted.</summary>
    private static int Value(int seed, int below) => new Random(seed).Next(below);
}
