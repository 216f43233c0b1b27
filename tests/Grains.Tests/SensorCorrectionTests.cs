using Quartier.Contracts.Alerts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Sensors;

namespace Grains.Tests;

/// <summary>What people see of a sensor follows corrections, also after a restart; what it has judged and counted stays.</summary>
public sealed class SensorCorrectionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_live_value_is_the_newest_that_is_left_also_after_a_restart(bool crash)
    {
        using var host = new CityHost(Town.City(Town.Sensor("s", Town.Stream())));
        host.Ingest(Town.Sample(0, 1));
        host.Ingest(Town.Sample(1, 2));
        host.Ingest(Town.Sample(2, 90));
        Assert.Equal(CorrectionOutcome.Done, Correct(host, Town.At(2), null).Outcome);
        Restart(host, crash);
        Assert.Equal((Town.At(1), 2), (host.State().Latest!.Value.TimeMs, host.State().Latest!.Value.Value));
        Assert.Equal((2, 3), (host.State().Hour!.Value.Count, host.State().Hour!.Value.Sum));
        Correct(host, Town.At(1), 5);
        Restart(host, crash);
        Assert.Equal(5, host.State().Latest!.Value.Value);
        host.Ingest(Town.Sample(2, 90));
        Assert.Equal(5, host.State().Latest!.Value.Value);
        host.Ingest(Town.Sample(3, 7));
        Assert.Equal(7, host.State().Latest!.Value.Value);
        Assert.Equal((3, 13), (host.State().Hour!.Value.Count, host.State().Hour!.Value.Sum));
        Correct(host, Town.At(3), 200);
        Assert.Equal(Quality.OutOfRange, host.State().Latest!.Value.Quality & Quality.OutOfRange);
    }

    [Fact]
    public void Nothing_is_left_to_see_when_everything_was_withdrawn()
    {
        using var host = new CityHost(Town.City(Town.Sensor("s", Town.Stream())));
        host.Ingest(Town.Sample(0, 1));
        Correct(host, Town.At(0), null);
        Assert.Null(host.State().Latest);
        Assert.Null(host.State().Hour);
        Assert.Equal(1, host.Books().Stored);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Alerts_books_and_judgement_are_what_they_were(bool crash)
    {
        using var host = new CityHost(Town.City(Town.Sensor("s", Town.Stream()).With(Town.Above(50))));
        host.Ingest(Town.Sample(0, 90));
        var before = (host.Recorded(), host.Books());
        Assert.Equal(AlertState.Raised, Assert.Single(before.Item1).State);
        Correct(host, Town.At(0), 10);
        Restart(host, crash);
        Assert.Equal(before.Item1, host.Recorded());
        Assert.Equal(before.Item2, host.Books());
        host.Ingest(Town.Sample(1, 20));
        Assert.Equal(AlertState.Resolved, Assert.Single(host.Recorded()).State);
    }

    [Fact]
    public void What_is_not_there_or_registered_otherwise_is_not_corrected()
    {
        using var host = new CityHost(Town.City(Town.Sensor("s", Town.Stream())));
        host.Ingest(Town.Sample(0, 1));
        Assert.Equal(CorrectionOutcome.NoReading, Correct(host, Town.At(1), 5).Outcome);
        Assert.Equal(CorrectionOutcome.NoReading, Correct(host, Town.At(1), null).Outcome);
        Assert.Equal(CorrectionOutcome.StaleDefinition, Correct(host, Town.At(0), 5, 1).Outcome);
        Assert.Equal(1, host.State().Latest!.Value.Value);
        Assert.Empty(host.Store.Corrections);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Many_are_withdrawn_together_as_they_are_one_by_one_and_what_is_not_stored_is_passed_over(bool crash)
    {
        using var host = new CityHost(Town.City(Town.Sensor("s", Town.Stream())));
        for (var i = 0; i < 4; i++)
        {
            host.Ingest(Town.Sample(i, i + 1));
        }

        var version = host.Registry.Find("town")!.Version;
        Assert.Equal(CorrectionOutcome.StaleDefinition, Withdraw(host, version + 1, Town.At(0)).Outcome);
        Assert.Empty(host.Store.Corrections);
        var receipt = Withdraw(host, version, Town.At(3), Town.At(1), Town.At(9));
        Assert.Equal(CorrectionOutcome.Done, receipt.Outcome);
        Assert.True(receipt.Ticket > 0);
        Restart(host, crash);
        Assert.Equal((Town.At(2), 3), (host.State().Latest!.Value.TimeMs, host.State().Latest!.Value.Value));
        Assert.Equal((2, 4), (host.State().Hour!.Value.Count, host.State().Hour!.Value.Sum));
        Assert.Equal((CorrectionOutcome.Done, 0), (Withdraw(host, version, Town.At(9)).Outcome, Withdraw(host, version, Town.At(9)).Ticket));
        Assert.Equal(4, host.Books().Stored);
    }

    private static CorrectionReceipt Withdraw(CityHost host, long version, params long[] timesMs) =>
        host.Run(() => host.Sensor().Withdraw(new(version, [0], [.. timesMs])));

    private static CorrectionReceipt Correct(CityHost host, long timeMs, double? value, long ahead = 0) => host.Run(() => host.Sensor().Correct(
        new(host.Registry.Find("town")!.Version + ahead, timeMs, [new(0, value)], Annotation.None)));

    private static void Restart(CityHost host, bool crash)
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
}
