using System.Text.Json.Serialization;

namespace Quartier.Api.Json;

/// <summary>An instant as the API writes it: <c>2026-07-01T00:00:00.000Z</c>.</summary>
/// <param name="Ms">Milliseconds since 1970-01-01T00:00:00Z.</param>
[JsonConverter(typeof(UtcTimeConverter))]
internal readonly record struct UtcTime(long Ms)
{
    /// <summary>The instant, or null for the 0 that stands for "not yet".</summary>
    public static UtcTime? OrNull(long ms) => ms == 0 ? null : new UtcTime(ms);
}
