using System.Globalization;
using System.Text;

namespace Quartier.Domain.SensorThings.Writing;

/// <summary>Makes names for the registry from names for people.</summary>
public static class RegisteredName
{
    /// <summary>Characters of a name that are kept: with version and number it stays below the registry's 64.</summary>
    private const int MaxSlug = 40;

    /// <summary>Lower-case letters, digits and single '-'; never empty. Umlauts are written out; other letters separate words.</summary>
    public static string Slug(string text, string otherwise)
    {
        var slug = new StringBuilder(MaxSlug);
        foreach (var c in text)
        {
            var written = Written(c);
            if (slug.Length + written.Length > MaxSlug)
            {
                break;
            }

            slug.Append(written is not "-" ? written : slug.Length > 0 && slug[^1] != '-' ? "-" : string.Empty);
        }

        var trimmed = slug.ToString().Trim('-');
        return trimmed.Length == 0 ? otherwise : trimmed;
    }

    private static string Written(char c) => char.ToLowerInvariant(c) switch
    {
        'ä' => "ae",
        'ö' => "oe",
        'ü' => "ue",
        'ß' => "ss",
        var letter when char.IsAsciiLetterOrDigit(letter) => letter.ToString(),
        _ => "-",
    };

    /// <summary>
    /// An id that nobody ever had: the registry's version grows with each change that registers something, and within one change they are counted.
    /// </summary>
    /// <param name="name">For people.</param>
    /// <param name="otherwise">When nothing is left of it.</param>
    /// <param name="version">The version with which it is registered.</param>
    /// <param name="count">0, 1, … within that change.</param>
    public static string Id(string name, string otherwise, long version, int count) => string.Create(
        CultureInfo.InvariantCulture, $"{Slug(name, otherwise)}-{version}{(count == 0 ? string.Empty : $"-{count}")}");

    /// <summary>The property of a datastream: of what is observed.</summary>
    public static string Property(string observed) => Slug(observed, "value") is var slug && slug is "t" ? "value" : slug;
}
