using Orleans;
using Orleans.Concurrency;

namespace Quartier.Engine.Conformance.Grains;

/// <summary>A grain that shows how it is run.</summary>
[Alias("conformance.IProbe")]
public interface IProbe : IGrainWithStringKey
{
    /// <summary>Which activation answers.</summary>
    [Alias("Who")]
    Task<Guid> Who();

    /// <summary>Sets the signal <c>{name}.in</c>, waits for <c>{name}.go</c>.</summary>
    [Alias("Hold")]
    Task Hold(string name);

    /// <summary>As <see cref="Hold"/>, and its callers wait longer than any test takes.</summary>
    [Alias("HoldPatiently"), ResponseTimeout("00:10:00")]
    Task HoldPatiently(string name);

    /// <summary>As <see cref="Hold"/>, and its callers give up soon.</summary>
    [Alias("HoldBriefly"), ResponseTimeout("00:00:00.25")]
    Task<int> HoldBriefly(string name);

    [Alias("HoldReading"), ReadOnly]
    Task HoldReading(string name);

    [Alias("Look"), ReadOnly]
    Task<string> Look();

    /// <summary>What has begun so far, in order.</summary>
    [Alias("Begun"), AlwaysInterleave]
    Task<string> Begun();

    [Alias("Note")]
    Task Note(string what);

    [Alias("Tell"), OneWay]
    Task Tell(string signal);

    [Alias("TellBadly"), OneWay]
    Task TellBadly(string signal);

    [Alias("CallSelf")]
    Task<string> CallSelf();

    [Alias("CallSelfAllowed")]
    Task<string> CallSelfAllowed();

    [Alias("CallThrough")]
    Task<string> CallThrough(string other, bool allow);

    [Alias("CallBack")]
    Task<string> CallBack(IProbe caller);

    [Alias("FailLater")]
    Task FailLater(string message);

    [Alias("FailAtOnce")]
    Task<int> FailAtOnce(string message);

    [Alias("End")]
    Task End();

    [Alias("Wait")]
    Task Wait(string name, CancellationToken cancellationToken);

    [Alias("Double")]
    ValueTask<int> Double(int value, bool later);

    [Alias("Touch")]
    ValueTask Touch();
}
