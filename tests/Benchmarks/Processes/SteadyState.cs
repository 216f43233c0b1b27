namespace Quartier.Benchmarks.Processes;

/// <summary>
/// Waits until figures are those of a silo that has run for a while: until its runtime has compiled what is measured (before, up to half of the processor's time is the
/// compiler's), and until it has put away what it was filled with.
/// </summary>
internal static class SteadyState
{
    /// <summary>The compiler's share of the silo's processor time below which there is nothing left to wait for.</summary>
    private const double Share = 0.04;

    /// <summary>A silo with one core to itself shares it with the compiler for a minute; beyond these rounds the figures say what share it still has.</summary>
    private const int MostRounds = 40;

    /// <summary>Of a processor: what a silo takes that has nothing to do, its timers and the metrics asked of it included.</summary>
    private const double Idle = 0.1;

    /// <summary>For a million readings to seal on a slow machine; beyond, the figures say what it still does.</summary>
    private const int MostSeconds = 120;

    /// <summary>Runs rounds of about a second or two.</summary>
    /// <returns>The compiler's share of the last one.</returns>
    public static async Task<double> ReachAsync(SiloProcess silo, Func<Task> round)
    {
        var share = 1.0;
        for (var i = 0; i < MostRounds && share > Share; i++)
        {
            var (all, compiler) = (silo.CpuSeconds(), silo.CompilerSeconds());
            await round().ConfigureAwait(false);
            share = Math.Max(0, silo.CompilerSeconds() - compiler) / Math.Max(1e-3, silo.CpuSeconds() - all);
        }

        return share;
    }

    /// <summary>Waits until the silo has nothing left to do by itself, such as sealing what came at saturation.</summary>
    /// <returns>What it still took of a processor in the last second.</returns>
    public static async Task<double> RestAsync(SiloProcess silo)
    {
        using var seconds = new PeriodicTimer(TimeSpan.FromSeconds(1));
        var (taken, before) = (1.0, silo.CpuSeconds());
        for (var i = 0; i < MostSeconds && taken > Idle; i++)
        {
            await seconds.WaitForNextTickAsync().ConfigureAwait(false);
            var now = silo.CpuSeconds();
            (taken, before) = (now - before, now);
        }

        return taken;
    }
}
