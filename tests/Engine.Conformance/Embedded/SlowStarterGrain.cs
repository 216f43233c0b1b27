using Orleans;

namespace Quartier.Engine.Conformance.Embedded;

public sealed class SlowStarterGrain(TimeProvider time) : Grain, ISlowStarter
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource();
        await using var timer = time.CreateTimer(_ => started.SetResult(), null, TimeSpan.FromMinutes(9), Timeout.InfiniteTimeSpan);
        await using var stopped = cancellationToken.Register(() => started.TrySetCanceled(cancellationToken));
        await started.Task;
    }

    public Task<int> Greet() => Task.FromResult(1);
}
