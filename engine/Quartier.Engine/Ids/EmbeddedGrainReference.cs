using Orleans.Runtime;
using Quartier.Engine.Registration;
using Quartier.Engine.Turns;

namespace Quartier.Engine;

/// <summary>Base class of the generated references. Remembers where its grain was last seen.</summary>
public abstract class EmbeddedGrainReference : GrainReference
{
    private Activation? _lastSeen;

    /// <summary>A reference to the grain with the key.</summary>
    protected EmbeddedGrainReference(InterfaceBinding binding, string key)
        : base(binding, key)
    {
    }

    internal GrainEngine Engine => Binding.Engine;

    /// <summary>
    /// Begins a turn of the grain on this thread, when the grain is active and idle and no filter wants to see the call. The caller then
    /// calls one method of <see cref="InlineTurn.Grain"/> and ends the turn.
    /// </summary>
    protected bool TryBeginTurn(out InlineTurn turn)
    {
        var activation = _lastSeen ?? Find();
        if (activation is null || !Binding.IsDirect)
        {
            turn = default;
            return false;
        }

        return activation.TryBeginInline(out turn);
    }

    /// <summary>Runs or queues the call; for whatever <see cref="TryBeginTurn"/> declines.</summary>
    protected Task<TResult> Call<TResult>(GrainCall<TResult> call)
    {
        if (call.CancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<TResult>(call.CancellationToken);
        }

        return Engine.OutgoingFilters.Length == 0
            ? (Task<TResult>)CallDirectly(call)
            : new OutgoingCallContext(call, Engine.OutgoingFilters).Run<TResult>();
    }

    internal Task CallDirectly(GrainCall call)
    {
        Engine.Dispatch(call);
        return call.HandOut();
    }

    internal Activation FindOrCreate(out bool created)
    {
        var seen = _lastSeen;
        created = false;
        if (seen is null || seen.Phase == ActivationPhase.Dead)
        {
            seen = Binding.Kind.FindOrCreate(Key, out created);
            _lastSeen = seen;
        }

        return seen;
    }

    private Activation? Find() => _lastSeen = Binding.Kind.Find(Key);
}
