namespace Quartier.Gateway.Replay;

/// <summary>Tells when every gateway has had a slice of event time acknowledged.</summary>
internal sealed class SliceBarrier
{
    private readonly int[] open;
    private readonly TaskCompletionSource[] reached;

    public SliceBarrier(int slices, int gateways)
    {
        open = new int[slices];
        Array.Fill(open, gateways);
        reached = new TaskCompletionSource[slices];
        for (var slice = 0; slice < slices; slice++)
        {
            reached[slice] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>One gateway has the slice acknowledged.</summary>
    /// <returns>True when it was the last one.</returns>
    public bool Signal(int slice)
    {
        if (Interlocked.Decrement(ref open[slice]) > 0)
        {
            return false;
        }

        reached[slice].TrySetResult();
        return true;
    }

    /// <summary>Completes when all gateways have the slice acknowledged; at once for slices before the first.</summary>
    public Task WhenAll(int slice) => slice < 0 ? Task.CompletedTask : reached[slice].Task;
}
