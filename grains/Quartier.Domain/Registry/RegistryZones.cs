using System.Collections.Immutable;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Domain.Policies;

namespace Quartier.Domain.Registry;

/// <summary>Holds a registry file against the areas in which nothing may measure.</summary>
public static class RegistryZones
{
    /// <summary>One problem for each sensor that the file places inside a zone, by its own position or by that of its asset.</summary>
    /// <param name="yaml">The file; it has been read without problems.</param>
    /// <param name="registry">What it says.</param>
    /// <param name="zones">The zones that hold, by district; those of the whole city under the empty text.</param>
    public static ImmutableArray<RegistryProblem> Problems(
        string yaml, RegistrySnapshot registry, ImmutableSortedDictionary<string, ImmutableArray<NoSensingZone>> zones)
    {
        if (zones.Values.All(z => z.IsEmpty))
        {
            return [];
        }

        var everywhere = zones.GetValueOrDefault(string.Empty, []);
        var byDistrict = registry.City.Districts.ToDictionary(
            d => d.Id, d => everywhere.AddRange(zones.GetValueOrDefault(d.Id, [])), StringComparer.Ordinal);
        var inside = registry.City.Sensors
            .Select((s, index) => (Index: index, Sensor: s, Zone: NoSensing.Around(byDistrict[s.District], s, registry)))
            .Where(found => found.Zone is not null)
            .ToList();
        if (inside.Count == 0)
        {
            return [];
        }

        // Read again for the places: it is a file that is refused.
        var problems = new ProblemList();
        var nodes = SensorNodes(yaml, problems);
        foreach (var (index, sensor, zone) in inside)
        {
            var message = Message(sensor, zone!);
            if (index < nodes.Count)
            {
                problems.Add(nodes[index], message);
            }
            else
            {
                problems.Add(0, 0, message);
            }
        }

        return problems.ToImmutable();
    }

    /// <summary>The same for what a change beside the file touches: sensors themselves, and those that are mounted on an asset.</summary>
    /// <param name="registry">What is registered after the change.</param>
    /// <param name="changes">What changes.</param>
    /// <param name="zones">The zones that hold, by district; those of the whole city under the empty text.</param>
    public static ImmutableArray<RegistryProblem> Problems(
        RegistrySnapshot registry, ImmutableArray<RegistryAddition> changes, ImmutableSortedDictionary<string, ImmutableArray<NoSensingZone>> zones)
    {
        var touched = changes.Where(c => c.Text is not null).Select(c => (c.Kind, c.Key)).ToHashSet();
        var everywhere = zones.GetValueOrDefault(string.Empty, []);
        return
        [
            .. registry.City.Sensors
                .Where(s => touched.Contains((RegistryAdditionKind.Sensor, $"{s.Gateway}/{s.Id}"))
                    || (s.Asset is { } asset && touched.Contains((RegistryAdditionKind.Asset, asset))))
                .Select(s => (Sensor: s, Zone: NoSensing.Around(everywhere.AddRange(zones.GetValueOrDefault(s.District, [])), s, registry)))
                .Where(found => found.Zone is not null)
                .Select(found => new RegistryProblem(0, 0, Message(found.Sensor, found.Zone!))),
        ];
    }

    private static string Message(SensorDefinition sensor, NoSensingZone zone) =>
        $"the sensor '{sensor.Gateway}/{sensor.Id}' stands in the no-sensing zone '{zone.Id}' ({zone.Name}): {zone.Because.TrimEnd('.')}. Place it outside, or leave it out";

    private static IReadOnlyList<YamlNode> SensorNodes(string yaml, ProblemList problems)
    {
        var root = YamlReader.Read(yaml, problems);
        var sensors = root?.Entries.FirstOrDefault(e => e.Key.Text == "sensors").Value;
        return sensors is null ? [] : [.. sensors.Items.Where(i => i.Kind == YamlKind.Mapping)];
    }
}
