using System.CommandLine;
using Quartier.Client;

namespace Quartier.Cli;

/// <summary><c>health</c>: how the silo is.</summary>
internal static class HealthCommand
{
    public static Command Create()
    {
        var server = ServerOptions.Server();
        var command = new Command("health", "Show how the silo is; exit code 0 when ok, 1 when degraded, 2 when unavailable.") { server };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var health = await new QuartierClient(http).GetHealthAsync(cancellation).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(health.Status).ConfigureAwait(false);
            foreach (var check in health.Checks)
            {
                await Console.Out.WriteLineAsync($"  {check.Name,-24}{check.Status,-14}{check.Detail}").ConfigureAwait(false);
            }

            return health.Status switch { "ok" => 0, "degraded" => 1, _ => 2 };
        }));
        return command;
    }
}
