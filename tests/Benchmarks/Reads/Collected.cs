using Quartier.Benchmarks.Processes;

namespace Quartier.Benchmarks.Reads;

/// <summary>What the silo has collected since its start, by its own metrics: readers wait while it does.</summary>
/// <param name="PauseMs">How long everything stood still.</param>
/// <param name="Collections">Of any generation.</param>
/// <param name="Full">Of the second generation.</param>
/// <param name="AllocatedBytes">What there was to collect.</param>
internal sealed record Collected(double PauseMs, double Collections, double Full, double AllocatedBytes)
{
    public static async Task<Collected> OfAsync(SiloClient client)
    {
        var pause = await client.MetricAsync("dotnet_gc_pause_seconds_total").ConfigureAwait(false);
        var all = await client.MetricAsync("dotnet_gc_collections_total{generation=\"0\"}").ConfigureAwait(false);
        var full = await client.MetricAsync("dotnet_gc_collections_total{generation=\"2\"}").ConfigureAwait(false);
        return new(pause * 1000, all, full, await client.MetricAsync("dotnet_gc_allocated_bytes_total").ConfigureAwait(false));
    }

    public Collected Since(Collected before) => new(PauseMs - before.PauseMs, Collections - before.Collections, Full - before.Full, AllocatedBytes - before.AllocatedBytes);
}
