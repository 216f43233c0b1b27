using System.CommandLine;
using Quartier.Cli.Demo.Policies;
using Quartier.Gateway.Commands;

namespace Quartier.Cli.Demo;

/// <summary><c>demo</c>: a silo, the sample city and a month of its readings.</summary>
internal static class DemoCommand
{
    private const int DefaultPort = 8080;

    public static Command Create()
    {
        var speed = GatewayOptions.Speed(new ReplaySpeed(600));
        var data = new Option<string?>("--data") { Description = "Where the silo keeps its data; default: a temporary directory." };
        var port = GatewayOptions.Number("--port", "HTTP port; 0 for any free one.", DefaultPort, 0, 65_535);
        var check = new Option<bool>("--check") { Description = "Replay as fast as it will go, compare the store with the files value by value, print JSON, end." };
        var policy = new Option<bool>("--check-policy") { Description = "Try every kind of decision on an invented village by all ways, print a table and JSON, end." };
        var keep = new Option<bool>("--keep") { Description = "Keep the temporary directory." };
        var silo = new Option<string?>("--silo") { Description = "Path of Quartier.Silo.dll; default: as built in this repository." };
        var command = new Command("demo", "Start a silo with the sample city and replay Münster's July 2026 to it.") { speed, data, port, check, policy, keep, silo };
        command.SetAction((arguments, cancellation) =>
        {
            var settings = new DemoSettings(
                arguments.GetValue(silo), arguments.GetValue(data), arguments.GetValue(port), arguments.GetValue(speed), arguments.GetValue(keep));
            return CliErrors.GuardAsync(
                () =>
                {
                    var onAnyPort = settings with { Port = arguments.GetResult(port)?.Implicit == false ? settings.Port : 0 };
                    return arguments.GetValue(policy) ? PolicyCheck.RunAsync(onAnyPort, cancellation)
                        : arguments.GetValue(check) ? CheckedDemo.RunAsync(onAnyPort, cancellation)
                        : LiveDemo.RunAsync(settings, cancellation);
                },
                SampleCity.RegistryFile);
        });
        return command;
    }
}
