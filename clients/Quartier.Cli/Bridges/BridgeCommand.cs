using System.CommandLine;
using System.Globalization;
using Quartier.Cli.Cities;
using Quartier.Client;
using Quartier.Client.Bridges;

namespace Quartier.Cli.Bridges;

/// <summary><c>bridge</c>: brokers of others from which readings are taken. They stand in the registry file, and come into force with it.</summary>
internal static class BridgeCommand
{
    /// <summary>A bridge is not connected.</summary>
    private const int NotConnected = 2;

    public static Command Create() => new("bridge", "Bridges to other MQTT brokers: docs/mqtt.md.")
    {
        CityCommand.Apply("check", "Show what the registry file's bridges, and all else in it, would change; change nothing.", dryRun: true),
        CityCommand.Apply("apply", "Bring the registry file with its bridges into force.", dryRun: false),
        Show("list", "Show which bridges there are.", List),
        Show("status", "Show how the bridges are doing; the exit code is 2 when one is not connected.", Status),
    };

    private static Command Show(string name, string description, Func<TextWriter, IReadOnlyList<Bridge>, int> write)
    {
        var server = ServerOptions.Server();
        var city = ServerOptions.City();
        var command = new Command(name, description) { server, city };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var client = new QuartierClient(http);
            var id = await ServerOptions.ChooseCityAsync(client, arguments.GetValue(city), cancellation).ConfigureAwait(false);
            return write(Console.Out, await client.GetBridgesAsync(id, cancellation).ConfigureAwait(false));
        }));
        return command;
    }

    private static int List(TextWriter output, IReadOnlyList<Bridge> bridges)
    {
        foreach (var bridge in bridges)
        {
            output.WriteLine($"{bridge.Id}: {bridge.Name}; {bridge.Broker}{(bridge.Encrypted ? string.Empty : " (NOT ENCRYPTED)")} → gateway {bridge.Gateway}");
            output.WriteLine($"  subscribes to {string.Join(", ", bridge.Subscribed)}");
        }

        return 0;
    }

    private static int Status(TextWriter output, IReadOnlyList<Bridge> bridges)
    {
        foreach (var bridge in bridges)
        {
            var state = bridge.Connected switch { true => "connected", false => "NOT CONNECTED", null => "not started" };
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{bridge.Id}: {state} since {bridge.Since:u}; {bridge.Messages} messages, {bridge.Refused} refused, {bridge.Repeated} repeated, {bridge.Retained} retained ones passed over, session lost {bridge.LostSessions} times"));
            if (bridge.LastError is { } error)
            {
                output.WriteLine($"  last error {bridge.LastErrorTime:u}: {error}");
            }
        }

        return bridges.All(b => b.Connected == true) ? 0 : NotConnected;
    }
}
