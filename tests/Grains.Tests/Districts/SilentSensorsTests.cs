using Quartier.Contracts.Registry;
using Quartier.Domain.Registry;
using Quartier.Grains.Districts;

namespace Grains.Tests.Districts;

/// <summary>What is kept of who is silent, against a look at each sensor.</summary>
public sealed class SilentSensorsTests
{
    private const int Listed = 3;
    private const long MinuteMs = 60_000;

    private static readonly string[] Ids = ["a", "b", "c", "d", "e", "f", "g", "h"];

    /// <summary>Sensors that are late after 90 seconds, and one that sends on change only.</summary>
    private static readonly DistrictSensors Sensors = DistrictSensors.Of(new RegistrySnapshot(Town(), 1), "mitte");

    [Fact]
    public void Silent_are_those_whom_a_look_at_each_finds_whatever_is_heard_and_asked() => Seeds.ForAll(Compare, 300);

    [Fact]
    public void Look_is_kept_until_the_next_sensor_falls_silent()
    {
        var times = Ids.ToDictionary(id => $"g/{id}", _ => 0L, StringComparer.Ordinal);
        Assert.Equal((90_001, long.MaxValue), (Sensors.SilentNext(times, 0), Sensors.SilentNext(times, 90_001)));
        times["g/c"] = MinuteMs;
        Assert.Equal(MinuteMs + 90_001, Sensors.SilentNext(times, 90_001));
    }

    private static void Compare(int seed)
    {
        var random = new Random(seed);
        var silent = new SilentSensors(Sensors, Listed);
        var times = new Dictionary<string, long>(StringComparer.Ordinal);
        var now = 10 * MinuteMs;
        for (var step = 0; step < 60; step++)
        {
            if (random.Next(3) > 0)
            {
                var name = $"g/{Ids[random.Next(Ids.Length)]}";
                times[name] = Math.Max(times.GetValueOrDefault(name), now - (random.Next(5) * MinuteMs / 2));
                silent.Heard(name);
            }

            // Now and then a clock that was set back.
            now += random.Next(12) == 0 ? -random.Next((int)MinuteMs) : random.Next((int)MinuteMs);
            silent.Look(times, now);
            var expected = Sensors.Silent(times, now);
            Assert.Equal(expected.Count, silent.Count);
            Assert.Equal(expected.Take(Listed), silent.Listed);
        }
    }

    private static CityDefinition Town()
    {
        var city = RegistryFile.Read(CityYaml.Of(Ids)).City!;
        var onChange = city.Sensors[^1];
        return city with { Sensors = city.Sensors.SetItem(city.Sensors.Length - 1, onChange with { Datastreams = [onChange.Datastreams[0] with { IntervalMs = 0 }] }) };
    }
}
