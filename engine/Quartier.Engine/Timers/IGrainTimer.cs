namespace Orleans.Runtime;

/// <summary>A timer of an activation. Dispose stops it; it also ends with the activation.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Changes when the timer fires next and how often after that; <see cref="Timeout.InfiniteTimeSpan"/> for never.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}
