using System.Collections.Concurrent;

namespace Quartier.Engine.Conformance.Grains;

/// <summary>Events between tests and grains, by name: what a test waits for instead of sleeping. Names are unique to a test.</summary>
public static class Signals
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly ConcurrentDictionary<string, TaskCompletionSource> All = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, int> Counts = new(StringComparer.Ordinal);

    public static void Set(string name) => Of(name).TrySetResult();

    /// <summary>Completes when the signal is set. Fails instead of hanging, far beyond any time that a passing test needs.</summary>
    public static Task Wait(string name) => Of(name).Task.WaitAsync(Patience);

    public static bool IsSet(string name) => Of(name).Task.IsCompleted;

    public static int Count(string name) => Counts.AddOrUpdate(name, 1, static (_, count) => count + 1);

    public static int CountOf(string name) => Counts.GetValueOrDefault(name);

    public static string NewName() => Guid.NewGuid().ToString("N");

    private static TaskCompletionSource Of(string name) =>
        All.GetOrAdd(name, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
