using System.Collections.Immutable;

namespace Quartier.Domain.Assets;

/// <summary>A compiled expression. A value that is not known is NaN, and so is any that is not finite.</summary>
/// <param name="Evaluate">Computes it.</param>
/// <param name="References">Indexes of the names that it uses, ascending.</param>
internal sealed record Expression(Func<AssetValues, double> Evaluate, ImmutableArray<int> References);
