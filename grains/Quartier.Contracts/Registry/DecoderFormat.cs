namespace Quartier.Contracts.Registry;

/// <summary>How a gateway writes its messages; see docs/payloads.md.</summary>
public enum DecoderFormat : byte
{
    /// <summary>The city's own JSON, a number alone, or SenML in JSON: told apart by themselves.</summary>
    Native = 0,

    /// <summary>SenML in JSON and nothing else.</summary>
    SenMLJson = 1,

    /// <summary>SenML in CBOR.</summary>
    SenMLCbor = 2,

    /// <summary>Uplinks of The Things Stack, version 3.</summary>
    TheThingsStack = 3,

    /// <summary>Uplinks of ChirpStack, version 4.</summary>
    ChirpStack = 4,

    /// <summary>JSON of any shape, read by a field map.</summary>
    Json = 5,

    /// <summary>Observations of the SensorThings API.</summary>
    SensorThings = 6,

    /// <summary>One number, or one label, in a topic of its own.</summary>
    Number = 7,
}
