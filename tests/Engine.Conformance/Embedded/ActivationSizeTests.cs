using Quartier.Engine.Conformance.Grains;
using Quartier.Engine.Conformance.Hosts;

namespace Quartier.Engine.Conformance.Embedded;

/// <summary>Tests of this collection run while no other does.</summary>
[CollectionDefinition(nameof(ActivationSizeTests), DisableParallelization = true)]
public sealed class AloneCollection;

/// <summary>Runs alone: the heap is everybody's.</summary>
[Collection(nameof(ActivationSizeTests))]
public sealed class ActivationSizeTests
{
    [Fact]
    public async Task An_idle_activation_is_small()
    {
        const int Count = 20_000;
        await using var host = await TestHost.StartAsync();
        var prefix = Signals.NewName();
        await host.Grains.GetGrain<IInlineProbe>(prefix).Thread();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Count; i++)
        {
            await host.Grains.GetGrain<IInlineProbe>(prefix + i).Thread();
        }

        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Count;

        // Its key alone takes 100 bytes here. It takes 250; the distance is for what the runtime keeps beside.
        Assert.True(bytes < 600, $"{bytes:F0} bytes for each idle activation");
    }
}
