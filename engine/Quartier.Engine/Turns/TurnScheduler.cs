namespace Quartier.Engine.Turns;

/// <summary>Decides when and on which thread an activation with work takes its turns.</summary>
internal abstract class TurnScheduler
{
    /// <summary>Whether a caller may run a turn on its own thread.</summary>
    public abstract bool RunsInline { get; }

    /// <summary>How many turns an activation takes before others get theirs.</summary>
    public abstract int TurnsPerSlice { get; }

    /// <summary>Runs what is runnable, where nobody else does while the caller waits.</summary>
    public virtual void Drain()
    {
        // Threads of their own do it.
    }

    /// <summary>The activation has work; <see cref="Activation.RunSlice"/> must be called once.</summary>
    public abstract void Schedule(Activation activation);

    /// <summary>An answer is on its way to its caller; only asked for where nothing <see cref="RunsInline"/>.</summary>
    public virtual void Schedule(AnswerTurn answer) => ((IThreadPoolWorkItem)answer).Execute();
}
