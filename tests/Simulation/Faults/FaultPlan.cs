namespace Quartier.Simulation.Faults;

/// <summary>Which faults a week has, drawn from the seed.</summary>
internal sealed class FaultPlan
{
    private readonly Dictionary<int, Fault> _faults = [];
    private readonly List<(int From, int To)> _full = [];
    private readonly Random _random;

    private FaultPlan(int seed) => _random = new Random(seed);

    /// <summary>Draws faults: the disk is full for up to twenty minutes a few times, and about every seventieth tick the process ends.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="ticks">Length of the week.</param>
    /// <param name="restarts">
    /// Whether the process ever ends. Without, the week is what a week with restarts is compared with: a full disk keeps messages waiting at their
    /// gateways, so it is part of both.
    /// </param>
    public static FaultPlan Draw(int seed, int ticks, bool restarts)
    {
        var plan = new FaultPlan(seed * 7919);
        for (var i = 0; i < 4; i++)
        {
            var from = plan._random.Next(1, ticks);
            plan._full.Add((from, from + plan._random.Next(2, 5)));
        }

        for (var tick = 1; restarts && tick < ticks; tick++)
        {
            if (plan._random.Next(70) == 0 && !plan.IsFull(tick))
            {
                plan._faults[tick] = (Fault)plan._random.Next(1, 6);
            }
        }

        return plan;
    }

    /// <summary>The fault at a tick.</summary>
    public Fault At(int tick) => _faults.GetValueOrDefault(tick);

    /// <summary>Whether the disk has no space at a tick.</summary>
    public bool IsFull(int tick) => _full.Exists(w => tick >= w.From && tick < w.To);

    /// <summary>How long the machine is down: shorter than it takes for silence to count.</summary>
    public TimeSpan Downtime() => TimeSpan.FromSeconds(_random.Next(1, 20));

    /// <summary>How many operations of the disk still succeed.</summary>
    public int StepsLeft() => _random.Next(1, 25);
}
