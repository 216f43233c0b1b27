using System.Text.Json.Serialization;

namespace Quartier.Gateway.Load;

/// <summary>What a load test measured.</summary>
/// <param name="Offered">Readings offered.</param>
/// <param name="Acknowledged">Of these, how many the server took; 0 with quality of service 0.</param>
/// <param name="Refused">Messages that the server refused in its acknowledgement, garbage included.</param>
/// <param name="Unanswered">Readings without an answer when the wait for the last ones ended; 0 with quality of service 0.</param>
/// <param name="Duplicates">Messages published twice on purpose.</param>
/// <param name="Garbage">Messages that were no readings.</param>
/// <param name="Resent">Messages sent again after a lost connection.</param>
/// <param name="LostConnections">Connections lost and made again.</param>
/// <param name="P50Ms">Half of the acknowledgements took no longer, in milliseconds from the write.</param>
/// <param name="P99Ms">99 of 100 acknowledgements took no longer, in milliseconds from the write.</param>
/// <param name="Seconds">From the first message to the last acknowledgement.</param>
/// <param name="CpuSeconds">Processor time of the generator itself.</param>
/// <param name="AcknowledgedPerSecond">Acknowledged readings per second of wall time; offered ones with quality of service 0.</param>
/// <param name="Due">Readings that the sensors had, at the rate given: what is above <paramref name="Offered"/> could not be sent in time.</param>
/// <param name="HeldBackShare">Share of the time, 0 … 1 over all connections, in which one had something to send and could not: its window or the socket was full.</param>
public sealed record LoadResult(
    [property: JsonPropertyName("offered")] long Offered,
    [property: JsonPropertyName("acknowledged")] long Acknowledged,
    [property: JsonPropertyName("refused")] long Refused,
    [property: JsonPropertyName("unanswered")] long Unanswered,
    [property: JsonPropertyName("duplicates")] long Duplicates,
    [property: JsonPropertyName("garbage")] long Garbage,
    [property: JsonPropertyName("resent")] long Resent,
    [property: JsonPropertyName("lost_connections")] long LostConnections,
    [property: JsonPropertyName("p50_ms")] double P50Ms,
    [property: JsonPropertyName("p99_ms")] double P99Ms,
    [property: JsonPropertyName("seconds")] double Seconds,
    [property: JsonPropertyName("cpu_seconds")] double CpuSeconds,
    [property: JsonPropertyName("acknowledged_per_second")] double AcknowledgedPerSecond,
    [property: JsonPropertyName("due")] long Due,
    [property: JsonPropertyName("held_back_share")] double HeldBackShare);
