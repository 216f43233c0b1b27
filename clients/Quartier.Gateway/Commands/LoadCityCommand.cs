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
        var policy = new Option<string?>("--policy")
        {
            Description = "File to write the city's policy to. Without one in force everything is in quarantine, and readings of more than a day ago are refused as expired.",
        };
        var command = new Command("load-city", "Write the registry file of the city that 'load' uses, and its policy.") { gateways, sensors, rules, file, policy };
        command.SetAction((arguments, cancellation) => CommandErrors.GuardAsync(async () =>
        {
            var output = arguments.GetValue(file) is { } path ? new StreamWriter(path) : Console.Out;
            LoadCity.Write(output, arguments.GetValue(gateways), arguments.GetValue(sensors), arguments.GetValue(rules));
            await output.DisposeAsync().ConfigureAwait(false);
            if (arguments.GetValue(policy) is { } policyPath)
            {
                await File.WriteAllTextAsync(policyPath, LoadPolicy.Yaml, cancellation).ConfigureAwait(false);
            }

            return 0;
        }));
        return command;
    }
}
