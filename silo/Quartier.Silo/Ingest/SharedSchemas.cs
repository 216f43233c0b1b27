using System.Collections.Concurrent;
using System.Collections.Immutable;
using Quartier.Contracts.Registry;
using Quartier.Domain.Decoders;
using Quartier.Domain.Payloads;

namespace Quartier.Silo.Ingest;

/// <summary>Compiled schemas, once for all sensors that take their datastreams from the same model.</summary>
internal sealed class SharedSchemas
{
    /// <summary>Models remembered; a registry that is applied again brings new arrays, so the old ones must go some time.</summary>
    private const int MaxModels = 10_000;

    private readonly ConcurrentDictionary<ImmutableArray<DatastreamDefinition>, SensorSchema> _schemas = new();

    /// <summary>The sensor's schema.</summary>
    public SensorSchema Of(SensorDefinition sensor)
    {
        if (_schemas.Count > MaxModels)
        {
            _schemas.Clear();
        }

        return _schemas.GetOrAdd(sensor.Datastreams, static (_, one) => SensorSchema.Compile(one), sensor);
    }

    /// <summary>How the messages of a topic are read; null for the city's own formats.</summary>
    public PayloadReader? ReaderOf(SensorTopic topic) => topic.Snapshot?.Gateway(topic.Gateway)?.Decoder is { } decoder
        ? PayloadReader.Compile(decoder, Of(topic.Definition!), topic.Target?.Device, topic.Target?.Property)
        : null;
}
