using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>Whoever watches the entities, and tells them what has become of these. Free while nobody watches.</summary>
internal sealed class EntityNews
{
    private ImmutableArray<Listener> _watches = [];

    /// <summary>Somebody watches until what is returned is disposed.</summary>
    public IDisposable Watch(Action<ImmutableArray<EntityConsequence>> onChanged)
    {
        var watch = new Listener(this, onChanged);
        ImmutableInterlocked.Update(ref _watches, static (all, one) => all.Add(one), watch);
        return watch;
    }

    /// <summary>Tells what a change that was made has brought about, and returns it.</summary>
    public ChangeOutcome Tell(ChangeOutcome outcome)
    {
        if (outcome.Refusal is null)
        {
            Tell(outcome.Consequences);
        }

        return outcome;
    }

    /// <summary>Tells what happened.</summary>
    public void Tell(ImmutableArray<EntityConsequence> consequences)
    {
        if (consequences.IsEmpty)
        {
            return;
        }

        foreach (var watch in _watches)
        {
            watch.OnChanged(consequences);
        }
    }

    private sealed class Listener(EntityNews news, Action<ImmutableArray<EntityConsequence>> onChanged) : IDisposable
    {
        public Action<ImmutableArray<EntityConsequence>> OnChanged => onChanged;

        public void Dispose() => ImmutableInterlocked.Update(ref news._watches, static (all, one) => all.Remove(one), this);
    }
}
