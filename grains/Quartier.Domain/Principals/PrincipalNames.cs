using System.Text.RegularExpressions;

namespace Quartier.Domain.Principals;

/// <summary>What may stand in an account.</summary>
public static partial class PrincipalNames
{
    /// <summary>Longest id, in characters.</summary>
    public const int IdMax = 64;

    /// <summary>Longest name for people, in characters.</summary>
    public const int NameMax = 100;

    /// <summary>Longest subject and issuer (OpenID Connect Core 1.0, section 2), in characters.</summary>
    public const int SubjectMax = 255;

    /// <summary>Longest e-mail address (RFC 5321, 4.5.3.1), in characters.</summary>
    public const int EmailMax = 254;

    /// <summary>Lower-case letters, digits and '-'; at most <see cref="IdMax"/>.</summary>
    public static bool IsId(string text) =>
        text.Length is > 0 and <= IdMax && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>A name for people: something to read, nothing that moves the cursor.</summary>
    public static bool IsName(string text) => text.Length is > 0 and <= NameMax && !text.Any(char.IsControl) && text.Trim().Length == text.Length;

    /// <summary>A subject of an issuer: printable ASCII.</summary>
    public static bool IsSubject(string text) => text.Length is > 0 and <= SubjectMax && text.All(c => c is > ' ' and <= '~');

    /// <summary>An e-mail address, roughly: the issuer says whether it is the person's.</summary>
    public static bool IsEmail(string text) => text.Length <= EmailMax && Email().IsMatch(text);

    [GeneratedRegex("^[!-?A-~]+@[!-?A-~]+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Email();
}
