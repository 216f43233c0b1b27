using Quartier.Contracts.Retention;

namespace Quartier.Grains.Retention;

/// <summary>What the retention's grain keeps of itself: with the plans in the certificate store it goes on where it stood.</summary>
[GenerateSerializer, Alias("quartier.RetentionRecord")]
public sealed class RetentionRecord
{
    /// <summary>The run that is under way, or the last one; null before the first.</summary>
    [Id(0)]
    public RetentionRun? Run { get; set; }

    /// <summary>The night that was begun last, as an ISO date; null before the first.</summary>
    [Id(1)]
    public string? LastNight { get; set; }
}
