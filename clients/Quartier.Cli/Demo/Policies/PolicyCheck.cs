using System.Globalization;
using System.Text.Json;
using Quartier.Client;
using Quartier.Gateway.Commands;

namespace Quartier.Cli.Demo.Policies;

/// <summary>The demo that tries every decision: a silo, Musterdorf, and the fixed list of requests.</summary>
internal static class PolicyCheck
{
    public static async Task<int> RunAsync(DemoSettings settings, CancellationToken cancellation)
    {
        using var directory = new DemoDirectory(settings.DataDirectory, settings.Keep);
        var options = new SiloOptions(SiloOptions.FindProgram(settings.Silo), directory.FullPath, settings.Port);
        await Console.Out.WriteLineAsync("Starting the silo …").ConfigureAwait(false);
        var silo = await SiloProcess.StartAsync(options, cancellation).ConfigureAwait(false);
        PolicyCheckResult result;
        await using (silo.ConfigureAwait(false))
        {
            using var http = ServerOptions.Connect(silo.Http, ServerKey.Read(directory.KeyFile));
            using var asking = ServerOptions.Connect(silo.Http, null);
            var town = await PolicyTown.OpenAsync(silo, new QuartierClient(http), TimeProvider.System, cancellation).ConfigureAwait(false);
            await using (town.ConfigureAwait(false))
            {
                result = await RunAsync(new PolicyTrial(town, asking), cancellation).ConfigureAwait(false);
            }
        }

        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(result, DemoJson.Default.PolicyCheckResult)).ConfigureAwait(false);
        return result.Failed == 0 ? 0 : CommandErrors.Failed;
    }

    private static async Task<PolicyCheckResult> RunAsync(PolicyTrial trial, CancellationToken cancellation)
    {
        var failed = 0;
        foreach (var request in PolicyRequests.All)
        {
            var came = await trial.MakeAsync(request, cancellation).ConfigureAwait(false);
            var good = string.Equals(came, request.Expected, StringComparison.Ordinal);
            failed += good ? 0 : 1;
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{(good ? "ok " : "NOT")} {request.Way,-8} {request.Who,-10} {request.Purpose ?? "-",-17} {request.Expected,-22} {request.What}"))
                .ConfigureAwait(false);
            if (!good)
            {
                await Console.Out.WriteLineAsync($"    came: {came}").ConfigureAwait(false);
            }
        }

        return new(PolicyRequests.All.Count, failed);
    }
}
