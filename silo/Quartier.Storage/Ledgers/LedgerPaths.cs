using System.Globalization;

namespace Quartier.Storage.Ledgers;

/// <summary>Where a ledger's files lie below the data directory.</summary>
internal static class LedgerPaths
{
    /// <summary>The key that signs checkpoints.</summary>
    public const string Key = "ledger/key.pem";

    /// <summary>Name of the file of a city's checkpoints.</summary>
    public const string CheckpointsName = "checkpoints";

    /// <summary>Name of the file that holds the first entry of the next log while the files of a broken one are kept aside.</summary>
    public const string Accepting = "accepting.jsonl";

    private const string AsidePrefix = "broken-";
    private const string Prefix = "entries-";
    private const string Suffix = ".jsonl";

    /// <summary>A city's folder.</summary>
    /// <exception cref="ArgumentException">The id is none: it would lead elsewhere.</exception>
    public static string Folder(string city) =>
        city.Length > 0 && city.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? "ledger/" + city
            : throw new ArgumentException($"'{city}' is no id of a city: lower-case letters, digits and '-' are taken.", nameof(city));

    /// <summary>A city's checkpoints.</summary>
    public static string Checkpoints(string city) => $"{Folder(city)}/{CheckpointsName}";

    /// <summary>A city's checkpoints outside the data directory.</summary>
    public static string Outside(string city) => city + ".checkpoints";

    /// <summary>How names of files begin that were kept aside of a city's n-th log.</summary>
    public static string Aside(int generation) => string.Create(CultureInfo.InvariantCulture, $"{AsidePrefix}{generation}-");

    /// <summary>Which log of the city is the present one, from 1: one more than those that were kept aside.</summary>
    public static int Generation(IEnumerable<string> names) => 1 + names
        .Where(n => n.StartsWith(AsidePrefix, StringComparison.Ordinal))
        .Select(n => n[AsidePrefix.Length..].Split('-')[0])
        .Select(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
        .DefaultIfEmpty()
        .Max();

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
