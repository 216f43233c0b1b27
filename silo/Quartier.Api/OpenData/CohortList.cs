using System.Collections.Immutable;

namespace Quartier.Api.OpenData;

/// <summary>Two cells compared on what is published of them.</summary>
internal sealed record CohortList(
    string Stream,
    string Property,
    string Unit,
    string Resolution,
    string First,
    string Second,
    PublicationRulesItem Rules,
    ImmutableArray<string> Attributions,
    IReadOnlyList<CohortItem> Rows);
