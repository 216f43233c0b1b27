using Quartier.Contracts.Assets;

namespace Quartier.Grains.Assets;

/// <summary>What an asset's grain keeps of itself; with the stored readings after its inputs it gives the same state and alerts again.</summary>
[GenerateSerializer, Alias("quartier.AssetRecord")]
public sealed class AssetRecord
{
    /// <summary>What the computation remembers.</summary>
    [Id(0)]
    public AssetSnapshot Snapshot { get; set; } = new([], [], []);

    /// <summary>The district to which its alerts went; null in records of earlier versions.</summary>
    [Id(1)]
    public string? District { get; set; }
}
