using System.Collections.Immutable;

namespace Quartier.Grains.Cities;

/// <summary>Who has still to be told that another registry is in force. Kept before it comes into force, emptied when all have been told.</summary>
[GenerateSerializer, Alias("quartier.AnnouncementState")]
public sealed class AnnouncementState
{
    /// <summary>Ids of districts.</summary>
    [Id(0)]
    public ImmutableArray<string> Districts { get; set; } = [];

    /// <summary>Sensors as <c>gateway/sensor</c>.</summary>
    [Id(1)]
    public ImmutableArray<string> Sensors { get; set; } = [];

    /// <summary>Ids of assets.</summary>
    [Id(2)]
    public ImmutableArray<string> Assets { get; set; } = [];
}
