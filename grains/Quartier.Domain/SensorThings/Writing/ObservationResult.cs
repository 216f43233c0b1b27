using System.Collections.Immutable;

namespace Quartier.Domain.SensorThings.Writing;

/// <summary>A result as it was sent: a number, a truth value, a text, or one of them for each component of a MultiDatastream.</summary>
/// <param name="Number">The number; 0 or 1 of a truth value; null for a text or several.</param>
/// <param name="IsTruth">Whether it was true or false.</param>
/// <param name="Text">The text; otherwise null.</param>
/// <param name="Parts">Of several the single ones, null where one is missing; otherwise empty.</param>
public sealed record ObservationResult(double? Number, bool IsTruth, string? Text, ImmutableArray<ObservationResult?> Parts)
{
    /// <summary>A number.</summary>
    public static ObservationResult Of(double number) => new(number, false, null, []);

    /// <summary>True or false.</summary>
    public static ObservationResult Of(bool truth) => new(truth ? 1 : 0, true, null, []);

    /// <summary>A text.</summary>
    public static ObservationResult Of(string text) => new(null, false, text, []);
}
