using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings;

/// <summary>What is left of a URL's limits.</summary>
internal sealed class QueryBudget(QueryLimits limits)
{
    private int _depth;
    private int _nodes;

    /// <summary>The limits.</summary>
    public QueryLimits Limits => limits;

    /// <summary>One more level; false when there are too many.</summary>
    public bool TryEnter() => ++_depth <= limits.Depth;

    /// <summary>Leaves a level.</summary>
    public void Leave() => _depth--;

    /// <summary>One more node; false when there are too many.</summary>
    public bool TryCount() => ++_nodes <= limits.Nodes;
}
