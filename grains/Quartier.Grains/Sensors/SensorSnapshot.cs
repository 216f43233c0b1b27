using System.Collections.Immutable;
using Quartier.Contracts.Rules;
using Quartier.Contracts.Sensors;

namespace Quartier.Grains.Sensors;

/// <summary>
/// What a sensor's grain keeps of itself. Together with the stored readings behind each datastream's watermark it gives the same state again:
/// readings that still wait for their order are left out here and come back from the store.
/// </summary>
[GenerateSerializer, Alias("quartier.SensorSnapshot")]
public sealed class SensorSnapshot
{
    /// <summary>Stands where a snapshot has been taken up and need not be kept in memory any longer. Never changed.</summary>
    internal static SensorSnapshot TakenUp { get; } = new();

    /// <summary>One for each datastream that has been heard.</summary>
    [Id(0)]
    public ImmutableArray<DatastreamSnapshot> Datastreams { get; set; } = [];

    /// <summary>What the rules remember.</summary>
    [Id(1)]
    public ImmutableArray<RuleSnapshot> Rules { get; set; } = [];

    /// <summary>The books up to here.</summary>
    [Id(2)]
    public SensorBooks Books { get; set; } = SensorBooks.Empty;

    /// <summary>The district to which its alerts went; null in snapshots of earlier versions.</summary>
    [Id(3)]
    public string? District { get; set; }
}
