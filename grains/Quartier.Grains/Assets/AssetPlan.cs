using Quartier.Contracts;
using Quartier.Contracts.Registry;
using Quartier.Domain.Assets;
using Quartier.Domain.Rules;

namespace Quartier.Grains.Assets;

/// <summary>What the registry says about an asset, made ready for its grain.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="Version">Version of the registry.</param>
/// <param name="Model">The asset and its type.</param>
/// <param name="Subject">How alerts name it.</param>
/// <param name="Sources">The datastreams bound to it.</param>
internal sealed record AssetPlan(string City, long Version, AssetModel Model, RuleSubject Subject, IReadOnlyList<AssetSource> Sources)
{
    /// <summary>Looks the asset up; null when it is not registered.</summary>
    public static AssetPlan? Of(string key, IRegistry registry)
    {
        var parts = GrainKeys.Split(key);
        if (parts.Length != 2 || registry.Find(parts[0]) is not { } snapshot || snapshot.Asset(parts[1]) is not { } asset
            || snapshot.AssetType(asset.Type) is not { } type)
        {
            return null;
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(snapshot.City.TimeZone);
        var subject = new RuleSubject(parts[0], asset.District, $"asset/{asset.Id}", asset.Name, zone);
        return new(parts[0], snapshot.Version, AssetModel.Compile(type, asset), subject, [.. Bound(snapshot, asset)]);
    }

    private static IEnumerable<AssetSource> Bound(RegistrySnapshot snapshot, AssetDefinition asset) =>
        from binding in asset.Bindings.DistinctBy(b => (b.Gateway, b.Sensor, b.Property))
        let sensor = snapshot.Sensor(binding.Gateway, binding.Sensor)
        from datastream in sensor.Datastreams
        where string.Equals(datastream.Property, binding.Property, StringComparison.Ordinal)
        select new AssetSource(binding.Gateway, binding.Sensor, datastream);
}
