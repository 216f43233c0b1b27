namespace Quartier.Contracts.SensorThings;

/// <summary>What one query may cost. Beyond it the answer is <see cref="QueryProblem"/>, which names the limit.</summary>
/// <param name="UrlCharacters">Length of path and options: longer ones come from no person and few programs.</param>
/// <param name="Depth">Levels of parentheses, functions and expands: the evaluation is recursive.</param>
/// <param name="Nodes">Operators, functions, names and literals of one URL.</param>
/// <param name="PathSteps">Steps of a resource path or of a path in an expression: each is a join.</param>
/// <param name="RowsExamined">Readings that a filter on Observations may look at.</param>
/// <param name="Sources">Datastreams over which one query on Observations may run.</param>
/// <param name="Time">How long the store may work on it.</param>
public sealed record QueryLimits(int UrlCharacters, int Depth, int Nodes, int PathSteps, long RowsExamined, int Sources, TimeSpan Time)
{
    /// <summary>Most entities of a page: some megabytes of JSON.</summary>
    public const int MostTop = 1_000;

    /// <summary>Entities of a page when the query does not say.</summary>
    public const int DefaultTop = 100;

    /// <summary>What is allowed unless the operator says otherwise: ten million readings are decoded in about a second on one core.</summary>
    public static QueryLimits Default { get; } = new(16_384, 32, 500, 12, 10_000_000, 10_000, TimeSpan.FromSeconds(10));

    /// <summary>Whom the store tells what the query costs beside others; null when nobody counts.</summary>
    public IQuestionCost? Cost { get; init; }
}
