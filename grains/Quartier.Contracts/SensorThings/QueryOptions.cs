using System.Collections.Immutable;

namespace Quartier.Contracts.SensorThings;

/// <summary>The query options of a URL, or of an expanded relation.</summary>
/// <param name="Filter">Which entities; null for all.</param>
/// <param name="OrderBy">In which order; the store adds the id, so that every order is total.</param>
/// <param name="Select">What to show; empty for all.</param>
/// <param name="Expand">Which related entities to show too.</param>
/// <param name="Top">Most entities of a page, 0 … <see cref="QueryLimits.MostTop"/>; null for the default.</param>
/// <param name="Skip">How many to leave out at the beginning.</param>
/// <param name="Count">Whether to say how many there are altogether.</param>
/// <param name="Format">Shape of the answer.</param>
/// <param name="After">Only what comes after this position in the order; null from the beginning.</param>
public sealed record QueryOptions(
    Expression? Filter,
    ImmutableArray<OrderTerm> OrderBy,
    ImmutableArray<SelectedPath> Select,
    ImmutableArray<ExpandedRelation> Expand,
    int? Top,
    long Skip,
    bool Count,
    ResultFormat Format,
    PagePosition? After)
{
    /// <summary>No options.</summary>
    public static QueryOptions None { get; } = new(null, [], [], [], null, 0, false, ResultFormat.Default, null);
}
