using System.Text.Json.Serialization;
using Quartier.Api.Json;
using Quartier.Api.Native.Districts;

namespace Quartier.Api.Native.Readings;

/// <summary>The newest reading of a datastream; <c>quality</c> is null when it is left out.</summary>
internal sealed record LatestItem(
    UtcTime Time,
    double Value,
    string Unit,
    QualityFlags? Quality,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ObligationsItem? Obligations);
