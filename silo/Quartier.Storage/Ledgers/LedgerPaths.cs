using System.Globalization;

namespace Quartier.Storage.Ledgers;

/// <summary>Where a ledger's files lie below the data directory.</summary>
internal static class LedgerPaths
{
    /// <summary>The key that signs checkpoints.</summary>
    public const string Key = "ledger/key.pem";

    private const string Prefix = "entries-";
    private const string Suffix = ".jsonl";

    /// <summary>A city's folder.</summary>
    /// <exception cref="ArgumentException">The id is none: it would lead elsewhere.</exception>
    public static string Folder(string city) =>
        city.Length > 0 && city.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? "ledger/" + city
            : throw new ArgumentException($"'{city}' is no id of a city: lower-case letters, digits and '-' are taken.", nameof(city));

    /// <summary>A city's checkpoints.</summary>
    public static string Checkpoints(string city) => Folder(city) + "/checkpoints";

    /// <summary>A segment, named by its first entry.</summary>
    public static string Segment(string city, long first) =>
        string.Create(CultureInfo.InvariantCulture, $"{Folder(city)}/{Prefix}{first:D12}{Suffix}");

    /// <summary>The first entry of a segment by its file's name; false when the file is none.</summary>
    public static bool TryFirst(string name, out long first)
    {
        first = 0;
        return name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(Prefix.Length, name.Length - Prefix.Length - Suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out first);
    }
}
