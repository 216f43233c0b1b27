namespace Quartier.Contracts.SensorThings;

/// <summary>Why a query cannot be answered: an expected failure, for the caller.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Text">What was found, what was expected and the remedy, in one or two sentences.</param>
/// <param name="Where">The part of the URL: <c>path</c>, <c>$filter</c>, …; empty when it concerns the whole.</param>
/// <param name="Position">Place of the character in that part after percent-decoding, from 0; -1 when there is none.</param>
/// <param name="Limit">The limit that was exceeded, such as <c>depth</c>; otherwise null.</param>
public sealed record QueryProblem(QueryProblemKind Kind, string Text, string Where, int Position, string? Limit);
