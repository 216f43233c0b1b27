using Quartier.Contracts;
using Quartier.Contracts.Registry;
using Quartier.Domain.Registry;
using Quartier.Domain.Rules;

namespace Quartier.Grains.Sensors;

/// <summary>What the registry says about a sensor, made ready for its grain. Small: a city has 100,000 of them.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="Version">Version of the registry.</param>
/// <param name="Definition">The sensor.</param>
/// <param name="Rules">Its rules, shared by all sensors of the same model.</param>
/// <param name="Zone">The city's time zone.</param>
internal sealed record SensorPlan(string City, long Version, SensorDefinition Definition, RuleSet Rules, TimeZoneInfo Zone) : IRuleSubject
{
    /// <summary>The sensor as alerts and watchers name it.</summary>
    public string SubjectKey => $"sensor/{Definition.Gateway}/{Definition.Id}";

    /// <inheritdoc/>
    public RuleSubject Describe() => new(City, Definition.District, SubjectKey, Definition.Name, Zone);

    /// <summary>Looks the sensor up; null when it is not registered.</summary>
    public static SensorPlan? Of(string key, IRegistry registry, SharedRules shared)
    {
        var parts = GrainKeys.Split(key);
        if (parts.Length != 3 || registry.Find(parts[0]) is not { } snapshot || snapshot.Sensor(parts[1], parts[2]) is not { } sensor)
        {
            return null;
        }

        return new(snapshot.City.Id, snapshot.Version, sensor, shared.Of(sensor), TimeZoneInfo.FindSystemTimeZoneById(snapshot.City.TimeZone));
    }

    /// <summary>Whether another version of the registry says the same about the sensor.</summary>
    public bool SaysTheSameAs(SensorPlan other) =>
        RegistryDiff.AreSame(Definition, other.Definition) && string.Equals(Zone.Id, other.Zone.Id, StringComparison.Ordinal);

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
