using System.Text.Json.Serialization;
using Quartier.Api.Json;
using Quartier.Api.Native.Districts;

namespace Quartier.Api.Native.Readings;

/// <summary>Readings in order of time; <c>next</c> is the <c>from</c> of the next page, or null on the last.</summary>
internal sealed record ReadingPage(
    string Unit,
    ReadingItem[] Items,
    UtcTime? Next,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ObligationsItem? Obligations);
