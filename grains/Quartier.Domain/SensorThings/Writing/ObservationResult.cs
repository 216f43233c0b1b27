using System.Collections.Immutable;
using System.Globalization;

namespace Quartier.Domain.SensorThings.Writing;

/// <summary>A result as it was sent: a number, a truth value, a text, or one of them for each component of a MultiDatastream.</summary>
/// <param name="Number">The number; 0 or 1 of a truth value; null for a text or several.</param>
/// <param name="IsTruth">Whether it was true or false.</param>
/// <param name="Text">The text; otherwise null.</param>
/// <param name="Parts">Of several the single ones, null where one is missing; otherwise empty.</param>
public sealed record ObservationResult(double? Number, bool IsTruth, string? Text, ImmutableArray<ObservationResult?> Parts)
{
    /// <summary>An object or a list that is none of these, as JSON; otherwise null.</summary>
    public string? Json { get; init; }

    /// <summary>A number.</summary>
    public static ObservationResult Of(double number) => new(number, false, null, []);

    /// <summary>True or false.</summary>
    public static ObservationResult Of(bool truth) => new(truth ? 1 : 0, true, null, []);

    /// <summary>A text.</summary>
    public static ObservationResult Of(string text) => new(null, false, text, []);

    /// <summary>Any other JSON.</summary>
    public static ObservationResult OfJson(string json) => new(null, false, null, []) { Json = json };

    /// <summary>It as JSON.</summary>
    public string ToJson() => Json ?? (Text is { } text ? RemarkText.Of(text)
        : Number is { } number ? IsTruth ? number == 0 ? "false" : "true" : number.ToString("R", CultureInfo.InvariantCulture)
        : $"[{string.Join(',', Parts.Select(p => p?.ToJson() ?? "null"))}]");
}
