using Quartier.Gateway.Commands;
using Quartier.Gateway.Replay;

namespace Quartier.Cli.Demo;

/// <summary>The sample month, sent to the demo's silo.</summary>
internal static class DemoReplay
{
    /// <summary>Replays everything and prints what the import did with the files.</summary>
    /// <exception cref="SiloException">The silo ends meanwhile.</exception>
    public static async Task<ReplayResult> RunAsync(SiloProcess silo, CityFiles files, ReplaySpeed speed, CancellationToken cancellation)
    {
        using var replaying = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var options = new ReplayOptions(silo.Mqtt.Host, silo.Mqtt.Port) { City = SampleCity.Id, Speed = speed.Factor };
        var replay = Replayer.RunAsync(files, options, TimeProvider.System, new TenthsProgress(Console.Out).Report, replaying.Token);
        if (await Task.WhenAny(replay, silo.Ended).ConfigureAwait(false) != replay && !cancellation.IsCancellationRequested)
        {
            await replaying.CancelAsync().ConfigureAwait(false);
            await ((Task)replay).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw silo.Failure();
        }

        var result = await replay.ConfigureAwait(false);
        ReplayReport.WriteTraps(Console.Out, files.Traps);
        ReplayReport.WriteResult(Console.Out, result);
        return result;
    }
}
