using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;
using Quartier.Engine.Turns;

namespace Quartier.Engine.Conformance.Embedded;

public sealed class InlineProbeGrain(IGrainContextAccessor accessor) : Grain, IInlineProbe
{
    public static readonly ConcurrentDictionary<string, (ManualResetEventSlim InTurn, ManualResetEventSlim GoOn)> Blocks = new(StringComparer.Ordinal);

    public Task<int> Thread() => Task.FromResult(Environment.CurrentManagedThreadId);

    public Task Block()
    {
        var (inTurn, goOn) = Blocks[this.GetPrimaryKeyString()];
        inTurn.Set();
        goOn.Wait(TimeSpan.FromSeconds(60));
        return Task.CompletedTask;
    }

    public async Task<bool> Later()
    {
        var isMine = ReferenceEquals(accessor.GrainContext, GrainContext);
        for (var i = 0; i < 3; i++)
        {
            await Task.Yield();
            isMine &= ReferenceEquals(accessor.GrainContext, GrainContext);
        }

        return isMine;
    }

    public Task Fail() => throw new InvalidOperationException("as told");

    public async Task<int> Descend(string prefix, int left)
    {
        var depth = InlineDepth.Current;
        return left == 0 ? depth : Math.Max(depth, await GrainFactory.GetGrain<IInlineProbe>($"{prefix}-{left}").Descend(prefix, left - 1));
    }
}
