using Quartier.Contracts.Readings;
using Quartier.Contracts.Sensors;
using Quartier.Domain.Payloads;

namespace Quartier.Silo.Ingest;

/// <summary>Where the payloads of one topic go, with the samples that the present read of the socket has brought for it.</summary>
internal sealed class Route(SensorTopic topic, ISensorGrain grain, SensorSchema schema)
{
    /// <summary>Samples decoded and not yet handed over.</summary>
    public SampleBuffer Samples { get; } = new();

    /// <summary>The topic.</summary>
    public SensorTopic Topic { get; } = topic;

    /// <summary>How payloads are read.</summary>
    public SensorSchema Schema { get; } = schema;

    /// <summary>True while the route waits in the list of those that this read has touched.</summary>
    public bool Touched { get; set; }

    /// <summary>Hands the samples to the grain.</summary>
    public Task<IngestReceipt> HandOver(long receivedMs)
    {
        var batch = new SampleBatch(Topic.Snapshot!.Version, receivedMs, Samples.Take());
        return grain.Ingest(batch);
    }
}
