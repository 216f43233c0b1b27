using System.Collections.Concurrent;

namespace Quartier.Engine;

/// <summary>
/// The calls whose callers wait, in one list for each time that callers wait: the silo's, and those that methods have of their own. There are no more lists than
/// such times in the sources.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="usual">How long callers of a method without a time of its own wait.</param>
internal sealed class AwaitedCalls(TimeProvider time, TimeSpan usual) : IDisposable
{
    private readonly ResponseTimeouts _usual = new(time, usual);
    private readonly ConcurrentDictionary<TimeSpan, ResponseTimeouts> _own = new();

    public void Add(GrainCall call) => ListOf(call).Add(call);

    public void Remove(GrainCall call) => ListOf(call).Remove(call);

    public void Dispose()
    {
        _usual.Dispose();
        foreach (var list in _own.Values)
        {
            list.Dispose();
        }
    }

    private ResponseTimeouts ListOf(GrainCall call) =>
        call.GetDefaultResponseTimeout() is { } own ? _own.GetOrAdd(own, static (timeout, clock) => new ResponseTimeouts(clock, timeout), time) : _usual;
}
