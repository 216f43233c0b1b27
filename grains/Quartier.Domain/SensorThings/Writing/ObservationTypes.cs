using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.SensorThings.Writing;

/// <summary>The types of observation (OGC 18-088, table 12), and which results each takes.</summary>
public static class ObservationTypes
{
    private const string Prefix = "http://www.opengis.net/def/observationType/OGC-OM/2.0/";

    /// <summary>A whole number.</summary>
    public const string Count = Prefix + "OM_CountObservation";

    /// <summary>A number.</summary>
    public const string Measurement = Prefix + "OM_Measurement";

    /// <summary>Any result.</summary>
    public const string Any = Prefix + "OM_Observation";

    /// <summary>True or false.</summary>
    public const string Truth = Prefix + "OM_TruthObservation";

    /// <summary>One of several words.</summary>
    public const string Category = Prefix + "OM_CategoryObservation";

    /// <summary>Several results: of a MultiDatastream.</summary>
    public const string Complex = Prefix + "OM_ComplexObservation";

    /// <summary>Types of a Datastream, and of a component of a MultiDatastream.</summary>
    public static ImmutableArray<string> Simple { get; } = [Category, Count, Measurement, Any, Truth];

    /// <summary>
    /// Whether the result is kept as it is, and not as a number: a text where no codes give words their numbers, or for <see cref="Any"/> other JSON.
    /// Its number is 0.
    /// </summary>
    /// <param name="type">The observation type.</param>
    /// <param name="result">What was sent.</param>
    /// <param name="codes">The datastream's codes, for words.</param>
    public static bool IsKeptAsJson(string type, ObservationResult result, ImmutableArray<CodeLabel> codes) => result.Text is not null
        ? codes.IsEmpty && type is (Any or Category)
        : result.Number is null && type is Any;

    /// <summary>The number to store for a result; null with why it does not fit.</summary>
    /// <param name="type">The observation type.</param>
    /// <param name="result">What was sent.</param>
    /// <param name="codes">The datastream's codes, for words.</param>
    /// <param name="problem">What was expected, and the remedy.</param>
    public static double? Fit(string type, ObservationResult result, ImmutableArray<CodeLabel> codes, out string? problem)
    {
        problem = null;
        if (result.Text is { } word)
        {
            return FitWord(word, codes, out problem);
        }

        if (result.Number is not { } number)
        {
            problem = "the result is a list or an object, but this is neither a MultiDatastream nor an OM_Observation. Send one number";
            return null;
        }

        problem = type switch
        {
            Truth when !result.IsTruth && number is not (0 or 1) => "the datastream observes true or false",
            not (Truth or Any) when result.IsTruth => "the datastream observes numbers, not true or false",
            Count when number != Math.Truncate(number) => "the datastream counts: a whole number is expected",
            Category when !codes.Any(c => c.Code == number) => "the datastream observes words with codes, and this is none of its codes",
            _ => null,
        };
        return problem is null ? number : null;
    }

    private static double? FitWord(string word, ImmutableArray<CodeLabel> codes, out string? problem)
    {
        foreach (var code in codes)
        {
            if (string.Equals(code.Label, word, StringComparison.Ordinal))
            {
                problem = null;
                return code.Code;
            }
        }

        problem = codes.IsEmpty
            ? "only an OM_Observation or OM_CategoryObservation has texts. Give the datastream codes (properties/registry/codes) for the words that it may observe, or send numbers"
            : $"it is none of the datastream's words: {string.Join(", ", codes.Take(20).Select(c => c.Label))}";
        return null;
    }
}
