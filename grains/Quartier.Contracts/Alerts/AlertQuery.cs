using System.Collections.Immutable;

namespace Quartier.Contracts.Alerts;

/// <summary>Which alerts to list, newest first.</summary>
/// <param name="State">Only this state, or all.</param>
/// <param name="BeforeMs">Only those raised before this time (for paging), or null.</param>
/// <param name="BeforeId">With <paramref name="BeforeMs"/>: the last id of the page before, to break ties; or null.</param>
/// <param name="Subject">Only of this subject, or null.</param>
/// <param name="Limit">1 … 1,000.</param>
/// <param name="Grounds">
/// Keys of <see cref="AlertGround"/>: only alerts that rest on one of these; default for all. What it costs to find them does not depend on the others.
/// </param>
[GenerateSerializer, Immutable, Alias("quartier.AlertQuery")]
public sealed record AlertQuery(
    [property: Id(0)] AlertState? State,
    [property: Id(1)] long? BeforeMs,
    [property: Id(2)] string? BeforeId,
    [property: Id(3)] string? Subject,
    [property: Id(4)] int Limit,
    [property: Id(5)] ImmutableArray<string> Grounds = default);
