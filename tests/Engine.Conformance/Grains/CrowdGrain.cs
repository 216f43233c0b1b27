using Orleans;

namespace Quartier.Engine.Conformance.Grains;

public sealed class CrowdGrain : Grain, ICrowd
{
    private int _inTurn;
    private int _running;
    private int _added;
    private int _overlaps;
    private int _interleavings;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        Signals.Count(this.GetPrimaryKeyString() + ".activated");
    }

    public async Task Add(int awaits)
    {
        Turn();
        _interleavings += _running++ > 0 ? 1 : 0;
        var before = _added;
        for (var i = 0; i < awaits; i++)
        {
            await Task.Yield();
            Turn();
        }

        // Wrong as soon as another call came in between, or another thread.
        _added = before + 1;
        _running--;
    }

    public async Task AddThrough(string other, int awaits)
    {
        await GrainFactory.GetGrain<ICrowd>(other).Add(awaits);
        await Add(0);
    }

    public Task<CrowdResult> Result() => Task.FromResult(new CrowdResult(_added, _overlaps, _interleavings));

    private void Turn()
    {
        if (Interlocked.Exchange(ref _inTurn, 1) != 0)
        {
            Interlocked.Increment(ref _overlaps);
        }

        Thread.SpinWait(20);
        Interlocked.Exchange(ref _inTurn, 0);
    }
}
