using Quartier.Benchmarks.Processes;

namespace Quartier.Benchmarks.SensorThings;

/// <summary>Repeats what is measured until the silo's runtime has compiled it: before, up to half of the processor's time is the compiler's.</summary>
internal static class SteadyState
{
    /// <summary>The compiler's share of the silo's processor time below which there is nothing left to wait for.</summary>
    private const double Share = 0.04;

    /// <summary>On a slow machine the compiler takes half a minute; beyond these rounds the figures say what share it still has.</summary>
    private const int MostRounds = 15;

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
}
