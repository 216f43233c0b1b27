using System.Text.Json;

namespace Quartier.Gateway.Load;

/// <summary>
/// What a load test offered and what was acknowledged, in a form by which a store can be verified reading by reading: one line of JSON
/// for the whole, one for each gateway.
/// </summary>
public sealed class LoadRecord
{
    private const int Format = 1;
    private readonly long[] offered;
    private readonly RangeSet[] acknowledged;

    private LoadRecord(LoadRecordHeader header, long[] offered, RangeSet[] acknowledged)
    {
        Header = header;
        this.offered = offered;
        this.acknowledged = acknowledged;
    }

    /// <summary>By which function the readings can be computed again.</summary>
    public LoadRecordHeader Header { get; }

    /// <summary>Times and values by index.</summary>
    public LoadSequence Sequence => new(Header.BaseMs, Header.StepMs);

    /// <summary>How many readings of a sensor were offered: indexes <c>FirstIndex … FirstIndex + count − 1</c>.</summary>
    public long OfferedReadings(int gateway, int sensor) => (offered[gateway] - sensor + Header.Sensors - 1) / Header.Sensors;

    /// <summary>True when the reading was acknowledged: the store must hold it.</summary>
    public bool IsAcknowledged(int gateway, int sensor, long index) =>
        index >= Header.FirstIndex && acknowledged[gateway].Contains(((index - Header.FirstIndex) * Header.Sensors) + sensor);

    /// <summary>Acknowledged readings in all.</summary>
    public long AcknowledgedCount => acknowledged.Sum(set => set.Count);

    /// <summary>Reads a record.</summary>
    /// <exception cref="InvalidDataException">The file is no record, is cut off, or of another format.</exception>
    public static LoadRecord Read(string path)
    {
        try
        {
            using var lines = new StreamReader(path);
            var header = JsonSerializer.Deserialize(lines.ReadLine() ?? string.Empty, GatewayJson.Default.LoadRecordHeader);
            if (header is not { Format: Format })
            {
                throw new InvalidDataException($"{path} is a record of format {header?.Format}; this program reads format {Format}.");
            }

            return ReadGateways(path, lines, header);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is no record of a load test: {exception.Message}", exception);
        }
    }

    internal static void Write(string path, LoadOptions options, IEnumerable<LoadGateway> gateways)
    {
        using var lines = new StreamWriter(path);
        var header = new LoadRecordHeader(
            Format,
            options.City,
            options.Gateways,
            options.Sensors,
            options.FirstIndex,
            options.Sequence.BaseMs,
            options.Sequence.StepMs,
            options.Acknowledged ? 1 : 0);
        lines.WriteLine(JsonSerializer.Serialize(header, GatewayJson.Default.LoadRecordHeader));
        var number = 0;
        foreach (var gateway in gateways)
        {
            var ranges = gateway.AcknowledgedMessages.Ranges.Select(range => new[] { range.First, range.Last }).ToArray();
            var line = new LoadRecordGateway(number++, gateway.Offered, ranges);
            lines.WriteLine(JsonSerializer.Serialize(line, GatewayJson.Default.LoadRecordGateway));
        }
    }

    private static LoadRecord ReadGateways(string path, StreamReader lines, LoadRecordHeader header)
    {
        var offered = new long[header.Gateways];
        var acknowledged = new RangeSet[header.Gateways];
        for (var number = 0; number < header.Gateways; number++)
        {
            var gateway = JsonSerializer.Deserialize(lines.ReadLine() ?? string.Empty, GatewayJson.Default.LoadRecordGateway);
            if (gateway is null || gateway.Gateway != number)
            {
                throw new InvalidDataException($"{path} is cut off or out of order at gateway {number} of {header.Gateways}.");
            }

            offered[number] = gateway.Offered;
            acknowledged[number] = new RangeSet();
            foreach (var range in gateway.Acknowledged)
            {
                acknowledged[number].AppendRange(range[0], range[1]);
            }
        }

        return new LoadRecord(header, offered, acknowledged);
    }
}
