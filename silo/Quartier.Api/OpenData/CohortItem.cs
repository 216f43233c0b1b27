using Quartier.Api.Json;

namespace Quartier.Api.OpenData;

/// <summary>Two cohorts in one slot; null where one of them is withheld.</summary>
internal sealed record CohortItem(UtcTime Start, UtcTime End, double? First, double? Second, double? Difference, double? Ratio);
