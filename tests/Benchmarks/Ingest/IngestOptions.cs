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
    /// <summary>Sensors behind each gateway, rounded up.</summary>
    public int SensorsPerGateway => (Sensors + Gateways - 1) / Gateways;

    /// <summary>The generator's arguments.</summary>
    public IReadOnlyList<string> Generator(string mqtt, string record) =>
    [
        "load", "--mqtt", mqtt, "--gateways", Text(Gateways), "--sensors", Text(SensorsPerGateway), "--seconds", Text(Seconds),
        "--qos", Text(Qos), "--rate", Text(Rate), "--record", record,
        .. Pipelined == 1 ? (string[])["--single"] : ["--pipelined", Text(Pipelined)],
    ];

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
