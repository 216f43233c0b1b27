using System.CommandLine;
using System.Text.Json;
using Quartier.Gateway.Load;
using Quartier.Gateway.Mqtt;

namespace Quartier.Gateway.Commands;

/// <summary><c>load</c>: offers readings of many gateways and measures the acknowledgements.</summary>
public sealed class LoadCommand
{
    /// <summary>One message a segment needs no deep window; this many keep a silo busy between two writes to its disk.</summary>
    private const int SingleWindow = 16;

    private readonly Option<ServerAddress> mqtt = GatewayOptions.Mqtt();
    private readonly Option<int> gateways = GatewayOptions.Number("--gateways", "Connections.", 100, 1, 60_000);
    private readonly Option<int> sensors = GatewayOptions.Number("--sensors", "Sensors behind each gateway.", 10, 1, 1_000_000);
    private readonly Option<double> rate = GatewayOptions.Number("--rate", "Messages a second over all gateways; 0 for as many as are acknowledged.", 0.0, 0, 1e9);
    private readonly Option<int> burst = GatewayOptions.Number("--burst", "At a rate: messages of a gateway that fall due together.", 1, 1, 10_000);
    private readonly Option<int> pipelined = GatewayOptions.Number("--pipelined", "Messages in one write.", 64, 1, 10_000);
    private readonly Option<bool> single = new("--single") { Description = "One message in one write." };
    private readonly Option<int> window = GatewayOptions.Number("--window", "Unacknowledged messages of a connection; 0 for a fitting number.", 0, 0, 65_535);
    private readonly Option<int> quality = GatewayOptions.Number("--qos", "Quality of service.", 1, 0, 1);
    private readonly Option<int> level = GatewayOptions.Number("--level", "Protocol level: 4 for MQTT 3.1.1, 5 for MQTT 5.", (int)MqttVersion.V5, (int)MqttVersion.V311, (int)MqttVersion.V5);
    private readonly Option<double> seconds = GatewayOptions.Number("--seconds", "How long to offer.", 10.0, 0.01, 1e7);
    private readonly Option<double> drain = GatewayOptions.Number("--drain-seconds", "How long to wait for the last acknowledgements.", 30.0, 0, 1e6);
    private readonly Option<double> disconnects = GatewayOptions.Number("--disconnects", "Chance a message that the connection is cut.", 0.0, 0, 1);
    private readonly Option<double> duplicates = GatewayOptions.Number("--duplicates", "Chance that a message is sent twice.", 0.0, 0, 1);
    private readonly Option<double> reordering = GatewayOptions.Number("--reordering", "Chance that a message comes after its sensor's next one.", 0.0, 0, 1);
    private readonly Option<double> garbage = GatewayOptions.Number("--garbage", "Chance that bytes follow that are no reading.", 0.0, 0, 1);
    private readonly Option<int> seed = GatewayOptions.Number("--seed", "Seed of the faults.", 1, int.MinValue, int.MaxValue);
    private readonly Option<long> firstIndex = GatewayOptions.Number("--first-index", "Index of each sensor's first reading; continues an earlier run.", 0L, 0L, 1L << 40);
    private readonly Option<long> step = GatewayOptions.Number("--step-ms", "Event time between a sensor's readings.", 1000L, 1L, 86_400_000L);
    private readonly Option<string?> record = new("--record") { Description = "File for what was offered and acknowledged, to verify a store by." };

    private readonly CredentialOptions proof;

    private LoadCommand() => proof = new(mqtt);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var options = new LoadCommand();
        var command = new Command("load", "Offer readings of many gateways; the last line is JSON. 'load-city' writes the registry for it.")
        {
            options.mqtt, options.gateways, options.sensors, options.rate, options.burst, options.pipelined, options.single, options.window, options.quality, options.level,
            options.seconds, options.drain, options.disconnects, options.duplicates, options.reordering, options.garbage, options.seed,
            options.firstIndex, options.step, options.record,
        };
        options.proof.AddTo(command);
        command.SetAction((arguments, cancellation) => CommandErrors.GuardAsync(() => options.RunAsync(arguments, cancellation)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var load = Read(arguments);
        var result = await LoadTest.RunAsync(load, arguments.GetValue(record), TimeProvider.System, cancellation).ConfigureAwait(false);
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(result, GatewayJson.Default.LoadResult)).ConfigureAwait(false);
        return result.Unanswered == 0 ? 0 : CommandErrors.Failed;
    }

    private LoadOptions Read(ParseResult arguments)
    {
        var address = arguments.GetValue(mqtt);
        var (credentials, trust) = proof.Read(arguments);
        var perWrite = arguments.GetValue(single) ? 1 : arguments.GetValue(pipelined);
        var fitting = perWrite == 1 ? SingleWindow : Math.Min(4 * perWrite, MqttPublisherOptions.LargestWindow);
        return new LoadOptions(address.Host, address.Port)
        {
            Credentials = credentials,
            Trust = trust,
            Gateways = arguments.GetValue(gateways),
            Sensors = arguments.GetValue(sensors),
            Rate = arguments.GetValue(rate) is > 0 and var perSecond ? perSecond : null,
            Burst = arguments.GetValue(burst),
            MessagesPerWrite = perWrite,
            Window = arguments.GetValue(window) is > 0 and var given ? given : fitting,
            Acknowledged = arguments.GetValue(quality) == 1,
            Version = (MqttVersion)arguments.GetValue(level),
            Duration = TimeSpan.FromSeconds(arguments.GetValue(seconds)),
            Drain = TimeSpan.FromSeconds(arguments.GetValue(drain)),
            FirstIndex = arguments.GetValue(firstIndex),
            Sequence = new LoadSequence(LoadOptions.DefaultBaseMs, arguments.GetValue(step)),
            Seed = arguments.GetValue(seed),
            Faults = new LoadFaults
            {
                Disconnects = arguments.GetValue(disconnects),
                Duplicates = arguments.GetValue(duplicates),
                Reordering = arguments.GetValue(reordering),
                Garbage = arguments.GetValue(garbage),
            },
        };
    }
}
