namespace Grains.Tests;

/// <summary>A city has 100,000 sensors, and most of them rest. Runs alone: the heap is everybody's.</summary>
[Collection(nameof(TwinSizeTests))]
public sealed class TwinSizeTests
{
    private const int Sensors = 4_000;

    /// <summary>
    /// With grain, activation, twin and the district's share, some 90 of it for the datastream's place in the policy, without the store's part; it was 2,594
    /// when every sensor held all it might ever need.
    /// </summary>
    private const int MostBytes = 1_450;

    [Fact]
    public void A_resting_sensor_is_small()
    {
        var rules = new[] { Town.Above(50), Town.Missing(Town.Day) };
        var model = Town.Sensor().With(rules);
        var city = Town.City([.. Enumerable.Range(0, Sensors).Select(i => model with { Id = $"s{i}" })]);
        using var host = new CityHost(city);
        foreach (var sensor in city.Sensors)
        {
            host.Ingest($"g/{sensor.Id}", Town.Sample(0, 1));
        }

        // What the heap holds of the store and the alert is the same before and after; only the grains are new.
        host.Restart();
        host.Crash(awaken: false);
        host.Run(() => host.District().Refresh());
        var before = GC.GetTotalMemory(forceFullCollection: true);
        host.Awaken();
        var perSensor = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Sensors;
        Assert.Equal(1, host.State(0, $"g/s{Sensors - 1}").Latest!.Value.Value);
        Assert.InRange(perSensor, 300, MostBytes);
    }
}
