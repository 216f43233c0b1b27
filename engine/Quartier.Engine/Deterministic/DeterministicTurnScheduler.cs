using Quartier.Engine.Turns;

namespace Quartier.Engine.Deterministic;

/// <summary>Keeps what is runnable and picks one at a time by a seeded choice.</summary>
internal sealed class DeterministicTurnScheduler(int seed) : TurnScheduler
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private readonly List<IThreadPoolWorkItem> _runnable = [];

    public override bool RunsInline => false;

    // One, so that every order of turns that could happen can be drawn.
    public override int TurnsPerSlice => 1;

    public override void Schedule(Activation activation) => Add(activation);

    public override void Schedule(AnswerTurn answer) => Add(answer);

    public void Add(IThreadPoolWorkItem item)
    {
        lock (_lock)
        {
            _runnable.Add(item);
        }
    }

    public override void Drain()
    {
        bool ran;
        do
        {
            ran = RunOne();
        }
        while (ran);
    }

    /// <summary>Runs one; false when nothing is runnable.</summary>
    public bool RunOne()
    {
        IThreadPoolWorkItem item;
        lock (_lock)
        {
            if (_runnable.Count == 0)
            {
                return false;
            }

            var index = _random.Next(_runnable.Count);
            item = _runnable[index];
            _runnable[index] = _runnable[^1];
            _runnable.RemoveAt(_runnable.Count - 1);
        }

        item.Execute();
        return true;
    }
}
