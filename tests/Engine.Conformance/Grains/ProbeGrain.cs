using Orleans;
using Orleans.Runtime;

namespace Quartier.Engine.Conformance.Grains;

public sealed class ProbeGrain : Grain, IProbe
{
    private readonly Guid _activation = Guid.NewGuid();
    private readonly List<string> _begun = [];

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Signals.Count(this.GetPrimaryKeyString() + ".activated");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Signals.Set($"{this.GetPrimaryKeyString()}.{reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task<Guid> Who() => Task.FromResult(_activation);

    public async Task Hold(string name)
    {
        _begun.Add("hold");
        Signals.Set(name + ".in");
        await Signals.Wait(name + ".go");
        _begun.Add("held");
    }

    public Task HoldPatiently(string name) => Hold(name);

    public async Task<int> HoldBriefly(string name)
    {
        await Hold(name);
        return 1;
    }

    public async Task HoldReading(string name)
    {
        _begun.Add("reading");
        Signals.Set(name + ".in");
        await Signals.Wait(name + ".go");
    }

    public Task<string> Look()
    {
        _begun.Add("look");
        return Begun();
    }

    public Task<string> Begun() => Task.FromResult(string.Join(" ", _begun));

    public Task Note(string what)
    {
        _begun.Add(what);
        return Task.CompletedTask;
    }

    public Task Tell(string signal)
    {
        Signals.Set(signal);
        return Task.CompletedTask;
    }

    public async Task TellBadly(string signal)
    {
        Signals.Set(signal);
        await Task.Yield();
        throw new InvalidOperationException("nobody hears this");
    }

    public Task<string> CallSelf() => this.AsReference<IProbe>().CallThrough("", allow: false);

    public async Task<string> CallSelfAllowed()
    {
        using (RequestContext.AllowCallChainReentrancy())
        {
            return await this.AsReference<IProbe>().CallThrough("", allow: false);
        }
    }

    public async Task<string> CallThrough(string other, bool allow)
    {
        if (other.Length == 0)
        {
            return "reached";
        }

        using var section = allow ? RequestContext.AllowCallChainReentrancy() : RequestContext.SuppressCallChainReentrancy();
        return await GrainFactory.GetGrain<IProbe>(other).CallBack(this.AsReference<IProbe>());
    }

    public Task<string> CallBack(IProbe caller) => caller.CallThrough("", allow: false);

    public async Task FailLater(string message)
    {
        await Task.Yield();
        throw new InvalidOperationException(message);
    }

    public Task<int> FailAtOnce(string message) => throw new ArgumentException(message);

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task Wait(string name, CancellationToken cancellationToken)
    {
        Signals.Set(name + ".in");
        var cancelled = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(() => cancelled.TrySetResult());
        await cancelled.Task;
        cancellationToken.ThrowIfCancellationRequested();
    }

    public async ValueTask<int> Double(int value, bool later)
    {
        if (later)
        {
            await Task.Yield();
        }

        return value * 2;
    }

    public ValueTask Touch()
    {
        _begun.Add("touch");
        return ValueTask.CompletedTask;
    }
}
