using Quartier.Contracts.Registry;

namespace Quartier.Api.Json;

/// <summary>Numbers as JSON can hold them.</summary>
internal static class Numbers
{
    /// <summary>The number, or null when it is infinite or not a number (a sum of great values can be).</summary>
    public static double? Finite(double value) => double.IsFinite(value) ? value : null;

    /// <summary>Longitude and latitude in degrees, or null.</summary>
    public static double[]? Position(Location? location) => location is { } l ? [l.Longitude, l.Latitude] : null;

    /// <summary>Numbers by name, in the order of the names.</summary>
    public static SortedDictionary<string, double?> ByName(IEnumerable<KeyValuePair<string, double>> numbers) =>
        new(numbers.ToDictionary(p => p.Key, p => Finite(p.Value)), StringComparer.Ordinal);
}
