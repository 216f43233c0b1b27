using Orleans.Runtime;

namespace Orleans;

/// <summary>A stored reminder.</summary>
[Serializable]
[GenerateSerializer]
public sealed class ReminderEntry
{
    /// <summary>The grain to wake.</summary>
    [Id(0)]
    public GrainId GrainId { get; set; }

    /// <summary>The reminder's name, unique in its grain.</summary>
    [Id(1)]
    public string ReminderName { get; set; } = null!;

    /// <summary>First tick, UTC.</summary>
    [Id(2)]
    public DateTime StartAt { get; set; }

    /// <summary>Time from tick to tick.</summary>
    [Id(3)]
    public TimeSpan Period { get; set; }

    /// <summary>The stored version.</summary>
    [Id(4)]
    public string? ETag { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"<GrainId={GrainId} ReminderName={ReminderName} Period={Period}>";
}
