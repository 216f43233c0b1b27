using System.Globalization;
using Quartier.Domain.Time;

namespace Quartier.Domain.Ledgers;

/// <summary>What a ledger commits to: so many entries with this root. The text is that of C2SP tlog-checkpoint, with the time as its extension line.</summary>
/// <param name="Origin">Which ledger: <c>quartier/CITY</c>.</param>
/// <param name="Size">Number of entries.</param>
/// <param name="Root">Root of the tree over them.</param>
/// <param name="TimeMs">When it was signed, in milliseconds since 1970-01-01T00:00:00Z.</param>
public sealed record Checkpoint(string Origin, long Size, Digest Root, long TimeMs)
{
    private const string TimePrefix = "time ";
    private const int Lines = 4;

    /// <summary>The text that is signed: four lines, each with its newline.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root}\n{TimePrefix}{IsoTime.Format(TimeMs)}\n");

    /// <summary>The origin of a city's ledger: <c>quartier/CITY</c>, and after breaks that were accepted <c>quartier/CITY/2</c> and so on.</summary>
    /// <param name="city">Id of the city.</param>
    /// <param name="generation">Which of its logs, from 1.</param>
    public static string OriginOf(string city, int generation = 1) =>
        generation == 1 ? "quartier/" + city : string.Create(CultureInfo.InvariantCulture, $"quartier/{city}/{generation}");

    /// <summary>Reads the text; false unless it is exactly what <see cref="Text"/> writes.</summary>
    public static bool TryParse(string text, out Checkpoint checkpoint)
    {
        checkpoint = new(string.Empty, 0, default, 0);
        var lines = text.Split('\n');
        Span<byte> root = stackalloc byte[Digest.Bytes];
        if (lines.Length != Lines + 1 || !long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || !Convert.TryFromBase64String(lines[2], root, out var bytes) || bytes != Digest.Bytes
            || !lines[3].StartsWith(TimePrefix, StringComparison.Ordinal) || !IsoTime.TryParse(lines[3].AsSpan(TimePrefix.Length), out var timeMs))
        {
            return false;
        }

        checkpoint = new(lines[0], size, new(root), timeMs);
        return string.Equals(checkpoint.Text, text, StringComparison.Ordinal);
    }
}
