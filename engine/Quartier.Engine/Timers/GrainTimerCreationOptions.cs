using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>When and how a grain timer fires.</summary>
public readonly struct GrainTimerCreationOptions()
{
    /// <summary>Fires after <paramref name="dueTime"/> and then every <paramref name="period"/>.</summary>
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
        : this()
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>Time to the first callback; <see cref="Timeout.InfiniteTimeSpan"/> for never.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>Time from the end of a callback to the next; <see cref="Timeout.InfiniteTimeSpan"/> for once.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Whether callbacks may interleave with calls. Default false.</summary>
    public bool Interleave { get; init; }

    /// <summary>Whether a callback counts as use and so keeps the activation from idle collection. Default false.</summary>
    public bool KeepAlive { get; init; }
}
