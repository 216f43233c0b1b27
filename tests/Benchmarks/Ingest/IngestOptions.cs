using System.Globalization;

namespace Quartier.Benchmarks.Ingest;

/// <summary>What <c>bench ingest</c> is told.</summary>
/// <param name="Seconds">How long to offer.</param>
/// <param name="Gateways">Connections.</param>
/// <param name="Sensors">Sensors in all.</param>
/// <param name="Qos">Quality of service, 0 or 1.</param>
/// <param name="Pipelined">Messages in one write; 1 for one message a segment.</param>
/// <param name="Rate">Messages a second, or 0 for as many as are acknowledged.</param>
/// <param name="Data">Data directory; null for a temporary one.</param>
internal sealed record IngestOptions(double Seconds, int Gateways, int Sensors, int Qos, int Pipelined, double Rate, string? Data)
{
    /// <summary>At a rate: messages of a gateway that fall due together.</summary>
    public int Burst { get; init; } = 1;

    /// <summary>Sensors behind each gateway, rounded up.</summary>
    public int SensorsPerGateway => (Sensors + Gateways - 1) / Gateways;

    /// <summary>
    /// Index of the first measured reading. The warm-up's come before it, and the hours of event time between them are fewer than the day after which
    /// the load city's rule calls a sensor missing.
    /// </summary>
    private const long FirstMeasured = 20_000;

    /// <summary>The arguments of a short run before the measured one, in which grains wake and code is compiled.</summary>
    public IReadOnlyList<string> WarmUp(string mqtt, string record, double seconds) => (this with { Seconds = seconds, Rate = 0 }).Generator(mqtt, record, 0);

    /// <summary>The generator's arguments.</summary>
    public IReadOnlyList<string> Generator(string mqtt, string record, long firstIndex = FirstMeasured) =>
    [
        "load", "--mqtt", mqtt, "--gateways", Text(Gateways), "--sensors", Text(SensorsPerGateway), "--seconds", Text(Seconds),
        "--qos", Text(Qos), "--rate", Text(Rate), "--burst", Text(Burst), "--first-index", Text(firstIndex), "--record", record,
        .. Pipelined == 1 ? (string[])["--single"] : ["--pipelined", Text(Pipelined)],
    ];

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
