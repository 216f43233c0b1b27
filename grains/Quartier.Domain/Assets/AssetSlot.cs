using Quartier.Contracts.Registry;

namespace Quartier.Domain.Assets;

/// <summary>A datastream bound to an input of an asset.</summary>
/// <param name="Binding">The binding.</param>
/// <param name="Name">Index of the input among the type's names.</param>
/// <param name="Member">Position among the input's datastreams; 0 for an input with one.</param>
/// <param name="Source">Index of its sensor among the asset's sensors.</param>
internal sealed record AssetSlot(InputBinding Binding, int Name, int Member, int Source);
