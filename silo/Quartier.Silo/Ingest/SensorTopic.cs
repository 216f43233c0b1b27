using System.Text;
using Quartier.Contracts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;

namespace Quartier.Silo.Ingest;

/// <summary>A topic <c>v1/{city}/{gateway}/{sensor}</c> taken apart, and what the registry says about it.</summary>
/// <param name="City">Second level; empty when the topic has none.</param>
/// <param name="Gateway">Third level; empty when the topic has none.</param>
/// <param name="Sensor">Fourth level; empty when the topic has none.</param>
/// <param name="Snapshot">The city's registry, or null.</param>
/// <param name="Definition">The sensor, or null.</param>
/// <param name="Refusal">Why nothing can be taken from this topic; null when it can.</param>
/// <param name="Detail">The same for the operator.</param>
internal sealed record SensorTopic(
    string City, string Gateway, string Sensor, RegistrySnapshot? Snapshot, SensorDefinition? Definition, RefusalReason? Refusal, string Detail)
{
    /// <summary>Key of the sensor's grain.</summary>
    public string Key => GrainKeys.Sensor(City, Gateway, Sensor);

    /// <summary>Looks a topic up.</summary>
    public static SensorTopic Of(ReadOnlySpan<byte> topic, IRegistry registry)
    {
        var text = Encoding.UTF8.GetString(topic);
        var levels = text.Split('/');
        if (levels.Length != 4 || !string.Equals(levels[0], "v1", StringComparison.Ordinal) || levels.Skip(1).Any(l => l.Length == 0))
        {
            return new(
                string.Empty, string.Empty, string.Empty, null, null, RefusalReason.BadTopic,
                $"The topic '{text}' is not v1/{{city}}/{{gateway}}/{{sensor}}.");
        }

        return Of(levels[1], levels[2], levels[3], registry);
    }

    /// <summary>Looks a sensor up by its names.</summary>
    public static SensorTopic Of(string city, string gateway, string sensor, IRegistry registry)
    {
        var snapshot = registry.Find(city);
        var definition = snapshot?.Sensor(gateway, sensor);
        var (refusal, detail) = (snapshot, snapshot?.Gateway(gateway), definition) switch
        {
            (null, _, _) => ((RefusalReason?)RefusalReason.UnknownCity, $"No city '{city}' is registered."),
            (_, null, _) => (RefusalReason.UnknownGateway, $"No gateway '{gateway}' is registered in {city}."),
            (_, _, null) => (RefusalReason.UnknownSensor, $"No sensor '{sensor}' is registered behind the gateway '{gateway}'."),
            _ => (null, string.Empty),
        };
        return new(city, gateway, sensor, snapshot, definition, refusal, detail);
    }
}
