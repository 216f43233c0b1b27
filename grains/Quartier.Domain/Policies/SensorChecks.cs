using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Policies;

/// <summary>Checks of a policy that go through the registered sensors: entries that overlap, and sensors inside no-sensing zones.</summary>
internal sealed class SensorChecks(PolicyDefinition document, PolicyDefinition merged, RegistrySnapshot registry, Action<string, string> add)
{
    private readonly StreamMatcher _matcher = new(merged.Streams);
    private readonly HashSet<(int First, int Second)> _overlaps = [];
    private readonly SortedSet<int> _found = [];

    public void Run()
    {
        foreach (var sensor in registry.City.Sensors)
        {
            if (document.District is not null && !string.Equals(sensor.District, document.District, StringComparison.Ordinal))
            {
                continue;
            }

            foreach (var stream in sensor.Datastreams)
            {
                FindOverlap(sensor, stream.Property);
            }

            if (NoSensing.Around(merged.Zones, sensor, registry) is { } zone)
            {
                add(
                    $"/noSensing/{zone.Id}/outline",
                    $"the sensor '{sensor.Gateway}/{sensor.Id}' stands inside the no-sensing zone '{zone.Id}' ({zone.Name}); remove it from the registry, or move it");
            }
        }
    }

    private void FindOverlap(SensorDefinition sensor, string property)
    {
        _matcher.Find(sensor, property, _found);
        if (_found.Count < 2)
        {
            return;
        }

        var (first, second) = (_found.First(), _found.Skip(1).First());
        if (_overlaps.Add((first, second)))
        {
            var (a, b) = (merged.Streams[first].Id, merged.Streams[second].Id);
            add(
                $"/streams/{b}/match",
                $"the entries '{a}' and '{b}' both match '{sensor.Gateway}/{sensor.Id}/{property}'; each datastream needs exactly one: narrow one of the patterns");
        }
    }
}
