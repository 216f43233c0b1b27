using System.CommandLine;
using Quartier.Gateway.Load;

namespace Quartier.Gateway.Commands;

/// <summary><c>load-city</c>: writes the registry file that load tests need.</summary>
public static class LoadCityCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var gateways = GatewayOptions.Number("--gateways", "Gateways g0, g1, …", 100, 1, 60_000);
        var sensors = GatewayOptions.Number("--sensors", "Sensors s0, s1, … behind each.", 10, 1, 1_000_000);
        var rules = new Option<bool>("--rules") { Description = "Put a threshold and a missing rule on every sensor." };
        var file = new Option<string?>("--output") { Description = "File to write; standard output when absent." };
        var command = new Command("load-city", "Write the registry file of the city that 'load' uses.") { gateways, sensors, rules, file };
        command.SetAction((arguments, _) => CommandErrors.GuardAsync(async () =>
        {
            var output = arguments.GetValue(file) is { } path ? new StreamWriter(path) : Console.Out;
            LoadCity.Write(output, arguments.GetValue(gateways), arguments.GetValue(sensors), arguments.GetValue(rules));
            await output.DisposeAsync().ConfigureAwait(false);
            return 0;
        }));
        return command;
    }
}
