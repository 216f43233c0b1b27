using System.Text.Json.Serialization;

namespace Quartier.Gateway.Load;

/// <summary>One line of a record: a gateway's messages.</summary>
/// <param name="Gateway">0, 1, …</param>
/// <param name="Offered">Messages 0 … Offered − 1 were offered.</param>
/// <param name="Acknowledged">First and last number of each run of acknowledged messages, in order.</param>
public sealed record LoadRecordGateway(
    [property: JsonPropertyName("gateway")] int Gateway,
    [property: JsonPropertyName("offered")] long Offered,
    [property: JsonPropertyName("acknowledged")] long[][] Acknowledged);
