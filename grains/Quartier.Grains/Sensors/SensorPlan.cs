using Quartier.Contracts;
using Quartier.Contracts.Registry;
using Quartier.Domain.Rules;
using Quartier.Grains.Policies;

namespace Quartier.Grains.Sensors;

/// <summary>What registry and policy say about a sensor, made ready for its grain.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="Version">Version of the registry.</param>
/// <param name="Definition">The sensor, its datastreams on the terms of the policy.</param>
/// <param name="Rules">Its rules, shared by all sensors of the same model.</param>
/// <param name="Subject">How alerts name it.</param>
internal sealed record SensorPlan(string City, long Version, SensorDefinition Definition, RuleSet Rules, RuleSubject Subject)
{
    /// <summary>The sensor as <c>gateway/sensor</c>.</summary>
    public string Name => $"{Definition.Gateway}/{Definition.Id}";

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

        var subject = new RuleSubject(
            parts[0], sensor.District, $"sensor/{sensor.Gateway}/{sensor.Id}", sensor.Name, TimeZoneInfo.FindSystemTimeZoneById(snapshot.City.TimeZone));
        return new(parts[0], snapshot.Version, sensor, shared.Of(sensor), subject);
    }

    /// <summary>Whether nothing has changed for the sensor: neither the registry nor the terms on which it stores.</summary>
    public bool IsSameAs(SensorPlan other) =>
        Version == other.Version && Definition.Datastreams.AsSpan().SequenceEqual(other.Definition.Datastreams.AsSpan());

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
