namespace Quartier.Domain.Payloads;

/// <summary>The formats that gateways may send; see docs/payloads.md.</summary>
public enum PayloadFormat : byte
{
    /// <summary>None of them.</summary>
    Unknown = 0,

    /// <summary>A JSON object or an array of such.</summary>
    Json = 1,

    /// <summary>A number alone.</summary>
    Number = 2,

    /// <summary>SenML JSON, RFC 8428.</summary>
    SenML = 3,

    /// <summary>SenML CBOR, RFC 8428.</summary>
    SenMLCbor = 4,

    /// <summary>JSON read by a gateway's field map.</summary>
    Mapped = 5,
}
