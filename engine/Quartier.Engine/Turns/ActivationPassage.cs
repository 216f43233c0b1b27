namespace Quartier.Engine.Turns;

/// <summary>What an activation needs while it begins or ends, and not between: an idle one is smaller without it. Touched by its owner alone.</summary>
internal sealed class ActivationPassage
{
    /// <summary>Cancels activation and deactivation that take too long.</summary>
    public CancellationTokenSource? Deadline { get; set; }

    public ITimer? DeadlineTimer { get; set; }

    /// <summary>State to be read before activation; taken out when that begins.</summary>
    public List<Func<CancellationToken, Task>>? Reads { get; set; }
}
