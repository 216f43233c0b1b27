using Quartier.Contracts.Readings;
using Quartier.Contracts.Sensors;

namespace Grains.Tests;

/// <summary>Every sample is stored, repeated or refused, and the books say which.</summary>
public sealed class SensorBooksTests
{
    [Fact]
    public void Books_balance_for_any_batches() => Seeds.ForAll(seed => CompareWithModel(seed, asksForHistory: false), 25);

    [Fact]
    public void Books_balance_when_the_store_has_to_load_history_first() => Seeds.ForAll(seed => CompareWithModel(seed, asksForHistory: true), 15);

    [Fact]
    public void A_batch_for_a_sensor_that_is_not_registered_is_refused_and_leaves_nothing_behind()
    {
        using var host = new CityHost(Town.City(Town.Sensor()));
        var receipt = host.Ingest("g/unknown", Town.Sample(0, 1), Town.Sample(1, 2));
        Assert.Equal([new RefusedCount(RefusalReason.UnknownSensor, 2)], receipt.Refused);
        Assert.Equal((0, 0, 0L), (receipt.Stored, receipt.Duplicate, host.Store.Count));
        Assert.Equal(0, host.States.Writes);
    }

    [Fact]
    public void A_batch_by_an_older_registry_than_the_grain_knows_is_refused_as_a_whole()
    {
        using var host = new CityHost(Town.City(Town.Sensor()));
        var old = host.Batch(Town.Sample(0, 1));
        host.Registry.Publish(new(Town.City(Town.Sensor()), 2));
        host.Ingest(Town.Sample(1, 1));
        var receipt = host.Run(() => host.Sensor().Ingest(old));
        Assert.Equal([new RefusedCount(RefusalReason.StaleDefinition, 1)], receipt.Refused);
        Assert.Equal(1, host.Books().Received);
    }

    [Fact]
    public void Refusals_and_repetitions_alone_survive_a_restart()
    {
        using var host = new CityHost(Town.City(Town.Sensor()));
        host.Ingest(Town.Sample(0, 1));
        host.Restart();
        host.Ingest(Town.Sample(0, 1), Town.Sample(5 * 24 * 60, 1));
        var before = host.Books();
        Assert.Equal((3, 1, 1), (before.Received, before.Stored, before.Duplicate));
        host.Restart();
        Assert.Equal(before.Received, host.Books().Received);
        Assert.Equal(before.Refused, host.Books().Refused);
    }

    [Fact]
    public void A_reading_that_waits_for_history_is_late_when_the_watermark_has_passed_it_meanwhile()
    {
        using var host = new CityHost(Town.City(Town.Sensor("s", Town.Stream(latenessMs: 5 * Town.Minute))), store: new() { AsksForHistory = true });
        host.Ingest(Town.Sample(10, 1));
        host.Ingest(Town.Sample(8, 1), Town.Sample(20, 1));
        Assert.Equal(1, host.State().Late);
        Assert.True(host.Store.Of("town/g/s", "v")[0].Quality.HasFlag(Quality.Late));
    }

    [Theory]
    [InlineData(9, 1.0)]
    [InlineData(10, 2.0)]
    public void What_stored_readings_alone_cannot_tell_is_in_a_snapshot_before_the_receipt(double minute, double value)
    {
        using var host = new CityHost(Town.City(Town.Sensor()));
        host.Ingest(Town.Sample(10, 1));
        Assert.Equal(0, host.States.Writes);
        host.Ingest(Town.Sample(minute, value));
        Assert.Equal(1, host.States.Writes);
        var before = (host.State(), host.Books().Stored, host.Books().Duplicate);
        host.Crash();
        Assert.Equal(before, (host.State(), host.Books().Stored, host.Books().Duplicate));
    }

    [Fact]
    public void Nothing_is_acknowledged_while_such_a_snapshot_cannot_be_saved()
    {
        using var host = new CityHost(Town.City(Town.Sensor()));
        host.Ingest(Town.Sample(10, 1));
        host.States.FailNext = 2;
        Assert.Throws<IOException>(() => host.Ingest(Town.Sample(9, 1)));
        Assert.Throws<IOException>(() => host.Ingest(Town.Sample(9, 1)));
        Assert.Equal(1, host.Ingest(Town.Sample(9, 1)).Duplicate);
        var books = host.Books();
        host.Crash();
        Assert.Equal((1, books.Stored, books.Received), (host.State().Late, host.Books().Stored, host.Books().Received));
    }

    [Fact]
    public void A_snapshot_never_runs_ahead_of_the_disk()
    {
        using var host = new CityHost(Town.City(Town.Sensor()));
        host.Ingest(Town.Sample(1, 1));
        host.Store.Hold();
        host.Ingest(Town.Sample(2, 1));
        host.Registry.Publish(new(Town.City(Town.Sensor() with { Name = "Other" }), 2));
        var refresh = host.Sensor().Refresh();
        host.Driver.RunUntilIdle();
        Assert.False(refresh.IsCompleted);
        host.Store.LosePower();
        host.Crash();
        Assert.Equal((1, Town.At(1)), (host.Books().Stored, host.State().WatermarkMs));
        Assert.Equal(1, host.Ingest(Town.Sample(2, 1)).Stored);
        Assert.Equal((2, 0), (host.Books().Stored, host.State().Late));
    }

    [Fact]
    public void A_store_that_fails_in_the_middle_of_a_batch_fails_the_batch_and_loses_no_alert()
    {
        using var host = new CityHost(Town.City(Town.Sensor("s", Town.Stream("a"), Town.Stream("b")).With(Town.Above(10, "a"))));
        host.Ingest(Town.Sample(0, 1));
        host.Store.FailAfter = 1;
        Assert.Throws<StoreException>(() => host.Ingest(Town.Sample(1, 20), Town.Sample(1, 5, 1)));
        host.Driver.RunUntilIdle();
        Assert.Single(host.Recorded());
        var again = host.Ingest(Town.Sample(1, 20), Town.Sample(1, 5, 1));
        Assert.Equal((1, 1), (again.Stored, again.Duplicate));
        Assert.True(host.Books().Balanced);
    }

    private static void CompareWithModel(int seed, bool asksForHistory)
    {
        var random = new Random(seed);
        var lateness = random.Next(2) * 5 * Town.Minute;
        using var host = new CityHost(
            Town.City(Town.Sensor("s", Town.Stream("a", lateness), Town.Stream("b"))), seed, new() { AsksForHistory = asksForHistory });
        var model = new NaiveBooks([lateness, 0], host.NowMs);
        for (var batch = 0; batch < 12; batch++)
        {
            var samples = Enumerable.Range(0, random.Next(1, 30)).Select(_ => RandomSample(random, batch)).ToArray();
            var receipt = host.Ingest(samples);
            Assert.Equal(samples.Length, receipt.Stored + receipt.Duplicate + receipt.Refused.Sum(r => r.Count));
            var expected = model.Take(samples);
            Assert.Equal(expected.Stored, receipt.Stored);
            Assert.Equal(expected.Duplicate, receipt.Duplicate);
            Assert.Equal(expected.Refused.OrderBy(r => r.Reason), receipt.Refused.OrderBy(r => r.Reason));
        }

        Compare(model, host, exactLateness: !asksForHistory);
    }

    private static void Compare(NaiveBooks model, CityHost host, bool exactLateness)
    {
        SensorBooks books = host.Books();
        Assert.Equal((model.Total.Stored, model.Total.Duplicate), (books.Stored, books.Duplicate));
        Assert.Equal(model.Total.Refused.OrderBy(r => r.Reason), books.Refused);
        Assert.True(books.Balanced);
        Assert.Equal(books.Stored, host.Store.Count);
        for (var i = 0; i < 2; i++)
        {
            var state = host.State(i);
            Assert.Equal(model.Newest(i), state.Latest is { } latest ? (latest.TimeMs, latest.Value) : null);
            Assert.Equal(model.Contradicted[i], state.Contradicted);
            if (exactLateness)
            {
                Assert.Equal(model.Late[i], state.Late);
            }
        }
    }

    private static Sample RandomSample(Random random, int batch)
    {
        var datastream = random.Next(2);
        return random.Next(12) switch
        {
            0 => Town.Sample((2 * 24 * 60) + random.Next(10), 1, datastream),
            1 => Town.Sample(-40 * 24 * 60, 1, datastream),
            2 => new(datastream, 5, 1),
            3 => Town.Sample(random.Next(20), double.PositiveInfinity, datastream),
            _ => Town.Sample((batch * 3) + random.Next(-6, 7), random.Next(1, 4), datastream),
        };
    }
}
