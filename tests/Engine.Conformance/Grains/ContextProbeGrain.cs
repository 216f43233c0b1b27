using Orleans;
using Orleans.Runtime;

namespace Quartier.Engine.Conformance.Grains;

public sealed class ContextProbeGrain : Grain, IContextProbe
{
    public async Task<string?> Read(string key, string next)
    {
        await Task.Yield();
        return next.Length == 0 ? RequestContext.Get(key) as string : await GrainFactory.GetGrain<IContextProbe>(next).Read(key, "");
    }

    // Not asynchronous, so that nothing but the engine keeps the change from the caller.
    public Task Overwrite(string key, string value)
    {
        RequestContext.Set(key, value);
        return Task.CompletedTask;
    }
}
