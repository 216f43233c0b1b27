using System.Text.Json.Serialization;
using Quartier.Api.Json;
using Quartier.Api.Native.Districts;

namespace Quartier.Api.Native.Readings;

/// <summary>Aggregates of one datastream; windows without readings are absent. <c>next</c> is the <c>from</c> of the next page, or null on the last.</summary>
internal sealed record AggregateList(
    string Unit,
    IReadOnlyList<AggregateItem> Items,
    UtcTime? Next,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ObligationsItem? Obligations);
