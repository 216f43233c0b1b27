using Quartier.Gateway.Load;

namespace Quartier.Gateway.Replay;

/// <summary>What a replay did.</summary>
/// <param name="Gateways">Connections.</param>
/// <param name="Messages">Messages published.</param>
/// <param name="Readings">Property values offered in them.</param>
/// <param name="AcknowledgedMessages">Messages that the silo took.</param>
/// <param name="AcknowledgedReadings">Property values in these.</param>
/// <param name="RefusedMessages">Messages that the silo refused in its acknowledgement.</param>
/// <param name="LostConnections">How often a connection was lost and made again.</param>
/// <param name="Seconds">Wall time from the first message to the last acknowledgement.</param>
/// <param name="Latency">Time from the write to the acknowledgement.</param>
public sealed record ReplayResult(
    int Gateways,
    long Messages,
    long Readings,
    long AcknowledgedMessages,
    long AcknowledgedReadings,
    long RefusedMessages,
    long LostConnections,
    double Seconds,
    LatencyHistogram Latency);
