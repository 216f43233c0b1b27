using Quartier.Contracts;
using Quartier.Contracts.Registry;
using Quartier.Domain.Registry;
using Quartier.Domain.Rules;
using Quartier.Grains.Policies;

namespace Quartier.Grains.Sensors;

/// <summary>What registry and policy say about a sensor, made ready for its grain. Small: a city has 100,000 of them.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="Version">Version of the registry.</param>
/// <param name="Definition">The sensor, its datastreams on the terms of the policy.</param>
/// <param name="Rules">Its rules, shared by all sensors of the same model.</param>
/// <param name="Zone">The city's time zone.</param>
internal sealed record SensorPlan(string City, long Version, SensorDefinition Definition, RuleSet Rules, TimeZoneInfo Zone) : IRuleSubject
{
    /// <summary>The sensor as alerts and watchers name it.</summary>
    public string SubjectKey => $"sensor/{Definition.Gateway}/{Definition.Id}";

    /// <inheritdoc/>
    public RuleSubject Describe() => new(City, Definition.District, SubjectKey, Definition.Name, Zone);

    /// <summary>Looks the sensor up; null when it is not registered.</summary>
    /// <param name="key">Key of its grain.</param>
    /// <param name="registry">What is registered.</param>
    /// <param name="policies">What the policy in force says of its datastreams: the stricter class and the shorter retention win.</param>
    /// <param name="terms">Datastreams on these terms.</param>
    /// <param name="shared">Compiled rules.</param>
    public static SensorPlan? Of(string key, IRegistry registry, CompiledPolicies policies, SharedTerms terms, SharedRules shared)
    {
        var parts = GrainKeys.Split(key);
        if (parts.Length != 3 || registry.Find(parts[0]) is not { } snapshot || snapshot.Sensor(parts[1], parts[2]) is not { } registered)
        {
            return null;
        }

        var datastreams = terms.Of(registered, policies.Of(parts[0], registered.District));
        var sensor = datastreams == registered.Datastreams ? registered : registered with { Datastreams = datastreams };
        return new(snapshot.City.Id, snapshot.Version, sensor, shared.Of(sensor), TimeZoneInfo.FindSystemTimeZoneById(snapshot.City.TimeZone));
    }

    /// <summary>Whether another version of the registry, or of the policy, says the same about the sensor.</summary>
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
