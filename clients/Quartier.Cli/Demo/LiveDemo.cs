using System.Globalization;
using Quartier.Client;

namespace Quartier.Cli.Demo;

/// <summary>The demo for people: it runs until Ctrl+C.</summary>
internal static class LiveDemo
{
    public static async Task<int> RunAsync(DemoSettings settings, CancellationToken cancellation)
    {
        var files = SampleCity.ReadFiles();
        using var directory = new DemoDirectory(settings.DataDirectory, settings.Keep);
        var options = new SiloOptions(SiloOptions.FindProgram(settings.Silo), directory.FullPath, settings.Port);
        await Console.Out.WriteLineAsync("Starting the silo …").ConfigureAwait(false);
        var silo = await SiloProcess.StartAsync(options, cancellation).ConfigureAwait(false);
        await using (silo.ConfigureAwait(false))
        {
            using var http = ServerOptions.Connect(silo.Http, ServerKey.Read(directory.KeyFile));
            var client = new QuartierClient(http);
            var answer = await SampleCity.ApplyAsync(client, cancellation).ConfigureAwait(false);
            var policies = await new DemoPolicies(client, silo.Http, TimeProvider.System, SampleCity.Id, SampleCity.PolicyFiles).ApplyAsync(cancellation).ConfigureAwait(false);
            var link = silo.SignIn ?? (await client.Accounts.CreateSignInLinkAsync("administrator", cancellation).ConfigureAwait(false)).Link;
            await Console.Out.WriteLineAsync($"Münster is registered ({answer.Changes.Count} changes), {policies} policies came into force.").ConfigureAwait(false);
            await WriteWhatNextAsync(silo, settings, link, directory.KeyFile).ConfigureAwait(false);
            try
            {
                await DemoReplay.RunAsync(silo, files, settings.Speed, cancellation).ConfigureAwait(false);
                await Console.Out.WriteLineAsync("July is over. The silo runs on: end it with Ctrl+C.").ConfigureAwait(false);
                await silo.Ended.WaitAsync(cancellation).ConfigureAwait(false);
                throw silo.Failure();
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                await Console.Out.WriteLineAsync("Stopping the silo …").ConfigureAwait(false);
            }
        }

        return 0;
    }

    private static async Task WriteWhatNextAsync(SiloProcess silo, DemoSettings settings, string link, string keyFile)
    {
        var server = silo.Http.ToString().TrimEnd('/');
        var pace = settings.Speed.Factor is { } factor
            ? string.Create(CultureInfo.InvariantCulture, $"{factor:0.##} times as fast as it happened, the month in {31 * 24 * 60 / factor:0} minutes")
            : "as fast as it will go";
        await Console.Out.WriteLineAsync(
            $"""

              Open {server}/ in a browser: Münster's July 2026 arrives {pace}.
              Sign in as the administrator, once within an hour: {link}

              Then try, in another terminal:
                ./quartier city show --server {server}
                ./quartier books --server {server} --key-file {keyFile}
                curl '{server}/api/cities/muenster/alerts?limit=5'
              End with Ctrl+C.

            """).ConfigureAwait(false);
    }
}
