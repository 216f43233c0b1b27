using Quartier.Domain.Assets;

namespace Quartier.Domain.Registry;

/// <summary>What may be a name.</summary>
internal static class Names
{
    private const int MaxLength = 64;

    /// <summary>Lower-case letters, digits and '-'; at most 64 characters.</summary>
    public static bool IsId(string text) =>
        text.Length is > 0 and <= MaxLength && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>Letters, digits, '-' and '_'; at most 64 characters; not <c>t</c>, which is the time.</summary>
    public static bool IsProperty(string text) =>
        text.Length is > 0 and <= MaxLength && text is not "t" && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>Letters, digits and '_', beginning with a letter; at most 64 characters; no word of the expression language.</summary>
    public static bool IsVariable(string text) =>
        text.Length is > 0 and <= MaxLength
        && char.IsAsciiLetter(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
        && !ExpressionFunctions.Reserved.Contains(text, StringComparer.Ordinal);

    /// <summary>A UCUM code: printable ASCII without spaces; at most 64 characters.</summary>
    public static bool IsUnit(string text) => text.Length is > 0 and <= MaxLength && text.All(c => c is > ' ' and <= '~');
}
