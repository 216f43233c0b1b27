using Orleans;
using Orleans.Concurrency;

namespace Quartier.Engine.Conformance.Grains;

[Reentrant]
public sealed class ReentrantProbeGrain : Grain, IReentrantProbe
{
    public async Task Hold(string name)
    {
        Signals.Set(name + ".in");
        await Signals.Wait(name + ".go");
    }

    public Task<string> CallSelf() => this.AsReference<IReentrantProbe>().Say();

    public Task<string> Say() => Task.FromResult("said");
}
