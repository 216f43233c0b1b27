using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Registry;

/// <summary>
/// Whom a new registry concerns: whoever would go on by a definition that is no longer in force. Sensors and assets that are new are not among
/// them, they begin with the new one; those that are gone are. In the order of the registries, so that the same change always reaches the same
/// ones in the same order.
/// </summary>
/// <param name="Districts">Ids of districts: changed, new or gone themselves, or with sensors or assets that are.</param>
/// <param name="Sensors">Sensors as <c>gateway/sensor</c>.</param>
/// <param name="Assets">Ids of assets: changed or gone themselves, or of a type or fed by a sensor that is.</param>
public sealed record RegistryReach(ImmutableArray<string> Districts, ImmutableArray<string> Sensors, ImmutableArray<string> Assets)
{
    /// <summary>Nobody.</summary>
    public static RegistryReach Nobody { get; } = new([], [], []);

    internal static RegistryReach Of(CityDefinition? old, CityDefinition next, RegistryTouched touched)
    {
        if (old is null)
        {
            return new([.. next.Districts.Select(d => d.Id)], [], []);
        }

        // Sentences speak in the city's time zone; silence is judged by its clock.
        var all = !string.Equals(old.TimeZone, next.TimeZone, StringComparison.Ordinal);
        var assets = old.Assets.Concat(next.Assets).Where(a => all || IsConcerned(a, touched)).ToList();
        var sensors = old.Sensors.Concat(next.Sensors).Where(s => all || touched.Sensors.Contains(Name(s))).ToList();
        var districts = assets.Select(a => a.District).Concat(sensors.Select(s => s.District)).Concat(touched.Districts).ToHashSet(StringComparer.Ordinal);
        all |= old.Clock != next.Clock;
        var knownSensors = old.Sensors.Select(Name).ToHashSet(StringComparer.Ordinal);
        var knownAssets = old.Assets.Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        return new(
            [.. old.Districts.Concat(next.Districts).Select(d => d.Id).Distinct(StringComparer.Ordinal).Where(id => all || districts.Contains(id))],
            [.. sensors.Select(Name).Distinct(StringComparer.Ordinal).Where(knownSensors.Contains)],
            [.. assets.Select(a => a.Id).Distinct(StringComparer.Ordinal).Where(knownAssets.Contains)]);
    }

    private static bool IsConcerned(AssetDefinition asset, RegistryTouched touched) =>
        touched.Assets.Contains(asset.Id)
        || touched.AssetTypes.Contains(asset.Type)
        || asset.Bindings.Any(b => touched.Sensors.Contains($"{b.Gateway}/{b.Sensor}"));

    private static string Name(SensorDefinition sensor) => $"{sensor.Gateway}/{sensor.Id}";
}
