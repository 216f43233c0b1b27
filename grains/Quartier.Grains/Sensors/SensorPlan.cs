using Quartier.Contracts;
using Quartier.Contracts.Registry;
using Quartier.Domain.Registry;
using Quartier.Domain.Rules;

namespace Quartier.Grains.Sensors;

/// <summary>What the registry says about a sensor, made ready for its grain.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="Version">Version of the registry.</param>
/// <param name="Definition">The sensor.</param>
/// <param name="Rules">Its rules, shared by all sensors of the same model.</param>
/// <param name="Subject">How alerts name it.</param>
internal sealed record SensorPlan(string City, long Version, SensorDefinition Definition, RuleSet Rules, RuleSubject Subject)
{
    /// <summary>The sensor as <c>gateway/sensor</c>.</summary>
    public string Name => $"{Definition.Gateway}/{Definition.Id}";

    /// <summary>Looks the sensor up; null when it is not registered.</summary>
    public static SensorPlan? Of(string key, IRegistry registry, SharedRules shared)
    {
        var parts = GrainKeys.Split(key);
        if (parts.Length != 3 || registry.Find(parts[0]) is not { } snapshot || snapshot.Sensor(parts[1], parts[2]) is not { } sensor)
        {
            return null;
        }

        var subject = new RuleSubject(
            parts[0], sensor.District, $"sensor/{sensor.Gateway}/{sensor.Id}", sensor.Name, TimeZoneInfo.FindSystemTimeZoneById(snapshot.City.TimeZone));
        return new(parts[0], snapshot.Version, sensor, shared.Of(sensor), subject);
    }

    /// <summary>Whether another version of the registry says the same about the sensor.</summary>
    public bool SaysTheSameAs(SensorPlan other) =>
        RegistryDiff.AreSame(Definition, other.Definition) && string.Equals(Subject.Zone.Id, other.Subject.Zone.Id, StringComparison.Ordinal);

    /// <summary>Index of the property in the definition, or -1.</summary>
    public int IndexOf(string property)
    {
        for (var i = 0; i < Definition.Datastreams.Length; i++)
        {
            if (string.Equals(Definition.Datastreams[i].Property, property, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
