namespace Quartier.Benchmarks.Mqtt;

/// <summary>What the MQTT endpoint alone costs, with an ingest that does nothing but count.</summary>
/// <param name="Connections">Connections that published.</param>
/// <param name="MessagesPerWrite">Messages a client put into one write.</param>
/// <param name="InlineScheduling">Whether Kestrel ran on the socket's own threads.</param>
/// <param name="Messages">QoS 1 messages acknowledged.</param>
/// <param name="Seconds">Wall time.</param>
/// <param name="ServerCpuSeconds">CPU time of the process less that of the generator's thread.</param>
/// <param name="MessagesPerCpuSecond">Messages ÷ ServerCpuSeconds.</param>
/// <param name="AllocatedBytesPerMessage">Managed allocation of the process ÷ Messages; the generator allocates nothing.</param>
/// <param name="Verified">The ingest counted exactly what was acknowledged.</param>
public sealed record EndpointFigures(
    int Connections,
    int MessagesPerWrite,
    bool InlineScheduling,
    long Messages,
    double Seconds,
    double ServerCpuSeconds,
    double MessagesPerCpuSecond,
    double AllocatedBytesPerMessage,
    bool Verified);
