using Quartier.Contracts.Sensors;
using Quartier.Domain.Decoders;
using Quartier.Domain.Payloads;

namespace Quartier.Silo.Ingest;

/// <summary>Where the payloads of one topic go. Small: a city of 100,000 sensors has as many.</summary>
internal sealed class Route(SensorTopic topic, ISensorGrain grain, SensorSchema schema, PayloadReader? reader)
{
    /// <summary>The topic and what the registry says about it.</summary>
    public SensorTopic Topic => topic;

    /// <summary>The sensor.</summary>
    public ISensorGrain Grain => grain;

    /// <summary>What payloads may hold.</summary>
    public SensorSchema Schema => schema;

    /// <summary>How payloads are read; null for the city's own formats.</summary>
    public PayloadReader? Reader => reader;

    /// <summary>Samples of the present read that wait to be handed over.</summary>
    public int Pending { get; set; }

    /// <summary>The first message of the present read, as an index into <see cref="SocketRead"/>.</summary>
    public int First { get; set; }

    /// <summary>The last one.</summary>
    public int Last { get; set; }
}
