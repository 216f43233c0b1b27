using Quartier.Contracts.Registry;

namespace Quartier.Domain.Registry;

/// <summary>What has been read so far and may be referred to, by id.</summary>
internal sealed class Registered
{
    public Dictionary<string, YamlNode> Offices { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, YamlNode> Districts { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, YamlNode> Gateways { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, YamlNode> AssetTypes { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, YamlNode> Assets { get; } = new(StringComparer.Ordinal);

    /// <summary>Days that each district keeps readings.</summary>
    public Dictionary<string, int> Retention { get; } = new(StringComparer.Ordinal);

    /// <summary>Sensors by <c>gateway/sensor</c>.</summary>
    public Dictionary<string, SensorDefinition> Sensors { get; } = new(StringComparer.Ordinal);
}
