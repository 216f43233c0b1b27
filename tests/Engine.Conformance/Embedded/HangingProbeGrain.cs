using System.Collections.Concurrent;
using Orleans;

namespace Quartier.Engine.Conformance.Embedded;

public sealed class HangingProbeGrain : Grain, IHangingProbe
{
    private static readonly ConcurrentDictionary<string, TaskCompletionSource> Gates = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, bool> Begun = new(StringComparer.Ordinal);

    public static void Open(string gate) => Of(gate).TrySetResult();

    public static bool HasBegun(string gate) => Begun.ContainsKey(gate);

    public async Task Hang(string gate)
    {
        Begun[gate] = true;
        await Of(gate).Task;
    }

    public Task HangPatiently(string gate) => Hang(gate);

    public async Task<int> HangBriefly(string gate)
    {
        await Hang(gate);
        return 1;
    }

    // Continuations run where the gate is opened: they are turns of the grain, and the test's thread is the driver's.
    private static TaskCompletionSource Of(string gate) => Gates.GetOrAdd(gate, static _ => new TaskCompletionSource());
}
