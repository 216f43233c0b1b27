namespace Orleans.Runtime;

/// <summary>When a reminder fired, in UTC.</summary>
[Serializable]
[GenerateSerializer]
[Immutable]
public readonly struct TickStatus
{
    /// <summary>First tick, period and this tick's time.</summary>
    public TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp)
    {
        FirstTickTime = firstTickTime;
        Period = period;
        CurrentTickTime = timeStamp;
    }

    /// <summary>When the reminder was to fire first.</summary>
    [Id(0)]
    public DateTime FirstTickTime { get; }

    /// <summary>Its period.</summary>
    [Id(1)]
    public TimeSpan Period { get; }

    /// <summary>When this tick was due.</summary>
    [Id(2)]
    public DateTime CurrentTickTime { get; }

    /// <inheritdoc/>
    public override string ToString() => $"<{FirstTickTime:O}, {Period}, {CurrentTickTime:O}>";
}
