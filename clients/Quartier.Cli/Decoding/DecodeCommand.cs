using System.CommandLine;
using System.Diagnostics;
using Quartier.Cli.Demo;

namespace Quartier.Cli.Decoding;

/// <summary><c>decode</c>: tries a gateway's decoder on a recorded message. The server's own program does it, so that both always agree; no server runs.</summary>
internal static class DecodeCommand
{
    public static Command Create()
    {
        var city = new Option<string>("--city") { Description = "The registry file: docs/registry.md.", Required = true };
        var gateway = new Option<string>("--gateway") { Description = "Id of the gateway whose message it is.", Required = true };
        var topic = new Option<string>("--topic") { Description = "The topic below v1/{city}/{gateway}/, or as the device or a remote broker has it.", Required = true };
        var received = new Option<string?>("--received") { Description = "When it arrived, such as 2026-07-01T12:00:00Z; default: now." };
        var payload = new Argument<string>("PAYLOADFILE") { Description = "The message as it was recorded; - for standard input." };
        var silo = new Option<string?>("--silo") { Description = "Path of Quartier.Silo.dll; default: the one built here." };
        var command = new Command("decode", "Try a gateway's decoder on a recorded message: what would be stored, and what refused and why.")
        {
            city, gateway, topic, received, payload, silo,
        };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(() =>
        {
            List<string> line = ["--city", arguments.GetValue(city)!, "--gateway", arguments.GetValue(gateway)!, "--topic", arguments.GetValue(topic)!];
            if (arguments.GetValue(received) is { } time)
            {
                line.AddRange(["--received", time]);
            }

            line.Add(arguments.GetValue(payload)!);
            return RunAsync(SiloOptions.FindProgram(arguments.GetValue(silo)), line, cancellation);
        }));
        return command;
    }

    private static async Task<int> RunAsync(string program, IEnumerable<string> line, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { UseShellExecute = false };
        foreach (var argument in (string[])[program, "decode", .. line])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new SiloException("The silo's program cannot be started.");
        await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        return process.ExitCode;
    }
}
