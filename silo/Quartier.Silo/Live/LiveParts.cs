using System.Collections.Immutable;
using System.Text;
using Quartier.Contracts.Registry;
using Quartier.Domain.Assets;
using Quartier.Silo.Ingest;

namespace Quartier.Silo.Live;

/// <summary>What a live topic's message holds, as far as policies speak of it: a sensor's property, or all that an asset's value follows from.</summary>
internal static class LiveParts
{
    /// <summary>The parts; null when the topic is no live topic, none when it is one of which nobody may get anything.</summary>
    public static MessageParts? Of(ReadOnlySpan<byte> topic, IRegistry registry)
    {
        if (Encoding.UTF8.GetString(topic).Split('/') is not ["v1", var city, LiveTopic.Level, var district, .. var rest])
        {
            return null;
        }

        return rest switch
        {
            ["sensor", var gateway, var sensor, var property] => OfSensor(SensorTopic.Of(city, gateway, sensor, registry), district, [property]),
            ["asset", var asset, "value", var name] => OfAsset(registry.Find(city), district, asset, sources => sources.Of(name)),
            ["asset", var asset, "status"] => OfAsset(registry.Find(city), district, asset, static sources => sources.OfStatus),
            _ => null,
        } ?? new MessageParts(SensorTopic.Of(city, string.Empty, string.Empty, registry), []);

        MessageParts? OfAsset(RegistrySnapshot? snapshot, string of, string id, Func<ValueSources, IReadOnlySet<string>> inputs)
        {
            if (snapshot?.Asset(id) is not { } known || !string.Equals(known.District, of, StringComparison.Ordinal) || snapshot.AssetType(known.Type) is not { } type)
            {
                return null;
            }

            // What follows from nothing is shown to those who may read everything.
            var wanted = inputs(ValueSources.Of(type));
            var sensors = known.Bindings.Where(b => wanted.Count == 0 || wanted.Contains(b.Input)).GroupBy(b => (b.Gateway, b.Sensor))
                .Select(g => OfSensor(SensorTopic.Of(city, g.Key.Gateway, g.Key.Sensor, registry), null, [.. g.Select(b => b.Property).Distinct(StringComparer.Ordinal)]))
                .ToList();
            return sensors.Count == 0 || sensors.Contains(null) ? null : sensors[0]! with { Others = [.. sensors.Skip(1).Select(s => s!)] };
        }
    }

    /// <summary>A sensor's properties; null when it does not have them, or is not in the district.</summary>
    public static MessageParts? OfSensor(SensorTopic topic, string? district, IReadOnlyCollection<string> properties)
    {
        if (topic.Definition is not { } sensor || (district is not null && !string.Equals(sensor.District, district, StringComparison.Ordinal)))
        {
            return null;
        }

        ImmutableArray<(int Index, string Name, int Samples)> streams =
        [
            .. sensor.Datastreams.Select((stream, index) => (Index: index, Name: $"{topic.Gateway}/{topic.Sensor}/{stream.Property}", Samples: 1, stream.Property))
                .Where(s => properties.Contains(s.Property, StringComparer.Ordinal))
                .Select(s => (s.Index, s.Name, s.Samples)),
        ];
        return streams.Length == properties.Count ? new MessageParts(topic, streams) { HoldsQuality = true } : null;
    }
}
