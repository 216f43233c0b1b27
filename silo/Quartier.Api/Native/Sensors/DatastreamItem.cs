using Quartier.Api.Json;

namespace Quartier.Api.Native.Sensors;

/// <summary>A datastream with its newest reading.</summary>
/// <param name="Property">Field name in payloads.</param>
/// <param name="Name">For people.</param>
/// <param name="Unit">UCUM code.</param>
/// <param name="Class">Who may see it by default.</param>
/// <param name="Interval">Expected time between readings, ISO 8601; null when it sends on change only.</param>
/// <param name="Time">Of the newest reading; null when there is none or it is withheld.</param>
/// <param name="Value">Of the newest reading.</param>
/// <param name="Quality">Of the newest reading; null when it is left out.</param>
/// <param name="Stale">Whether the newest reading is too old to stand for the present.</param>
/// <param name="Withheld">Why the caller may not see the values; null when they may.</param>
internal record DatastreamItem(
    string Property,
    string Name,
    string Unit,
    string Class,
    string? Interval,
    UtcTime? Time,
    double? Value,
    QualityFlags? Quality,
    bool Stale,
    string? Withheld);
