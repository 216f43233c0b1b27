namespace Quartier.Engine.Turns;

/// <summary>Runs turns on the thread pool, or at once on the caller's thread when the activation is idle.</summary>
internal sealed class PooledTurnScheduler : TurnScheduler
{
    // Long enough that handing over costs little, short enough that a busy grain does not keep a thread from others.
    private const int SliceTurns = 64;

    public override bool RunsInline => true;

    public override int TurnsPerSlice => SliceTurns;

    public override void Schedule(Activation activation) => ThreadPool.UnsafeQueueUserWorkItem(activation, preferLocal: false);
}
