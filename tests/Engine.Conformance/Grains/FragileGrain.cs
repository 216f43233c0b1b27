using Orleans;

namespace Quartier.Engine.Conformance.Grains;

public sealed class FragileGrain : Grain, IFragile
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (!Signals.IsSet(this.GetPrimaryKeyString() + ".healthy"))
        {
            throw new InvalidOperationException("not today");
        }
    }

    public Task<string> Say() => Task.FromResult("alive");
}
