using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Api.OpenData;

/// <summary>Published cells with everything that is needed to read them rightly.</summary>
internal sealed record PublishedList(
    string Stream,
    string Property,
    string Unit,
    string Resolution,
    PublicationRulesItem Rules,
    ImmutableArray<string> Attributions,
    IReadOnlyDictionary<string, BilingualText> Reasons,
    IReadOnlyList<PublishedCellItem> Cells);
