namespace Quartier.Domain.Registry;

/// <summary>Ids that were added, changed or removed.</summary>
/// <param name="Districts">Districts.</param>
/// <param name="Sensors">Sensors, as <c>gateway/sensor</c>.</param>
/// <param name="AssetTypes">Asset types.</param>
/// <param name="Assets">Assets.</param>
internal sealed record RegistryTouched(HashSet<string> Districts, HashSet<string> Sensors, HashSet<string> AssetTypes, HashSet<string> Assets);
