using System.Globalization;
using System.Text;
using Quartier.Client.Ledgers;
using Quartier.Gateway.Commands;

namespace Quartier.Cli.Ledgers;

/// <summary>Entries, summaries and verdicts for people.</summary>
internal static class LedgerText
{
    /// <summary>Streams shown of an entry; the others are counted.</summary>
    private const int StreamsShown = 3;

    /// <summary>An entry in one line.</summary>
    public static string Line(LedgerEntry entry)
    {
        var line = new StringBuilder(string.Create(
            CultureInfo.InvariantCulture, $"{entry.Index,8}  {entry.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss}  {entry.Kind,-10}  {entry.Who,-23}"));
        Add(line, "in", entry.District);
        Add(line, "for", entry.Purpose);
        Add(line, "of", Streams(entry.Streams));
        Add(line, "as", entry.Resolution);
        line.Append(entry.Count > 1 ? $"  {entry.Count} times" : string.Empty);
        line.Append(entry.Rows > 0 ? $"  {entry.Rows} rows" : string.Empty);
        Add(line, "by", entry.Grant);
        line.Append(entry.Detail is null ? string.Empty : "  " + entry.Detail);
        return Plain(line.ToString());
    }

    /// <summary>A summary as a table.</summary>
    public static string Table(LedgerSummary summary)
    {
        var table = new StringBuilder($"Reads on {summary.Day:yyyy-MM-dd} (UTC)\n");
        foreach (var reads in summary.Reads)
        {
            table.Append(CultureInfo.InvariantCulture, $"  {reads.Count,10}  {reads.Purpose ?? "-",-24}  {reads.District ?? "-",-16}  {reads.Stream}\n");
        }

        table.Append(summary.Others > 0 ? $"  {summary.Others,10}  of further streams\n" : string.Empty);
        return Plain(table.Append(CultureInfo.InvariantCulture, $"  {summary.Denials,10}  denied").ToString());
    }

    /// <summary>A break that was accepted.</summary>
    public static string Accepted(string city, AcceptedBreak accepted)
    {
        var good = accepted.GoodRoot is { } root
            ? string.Create(CultureInfo.InvariantCulture, $"Of it {accepted.GoodSize} entries hold, with the root {root}.")
            : "No entry of it is known to hold.";
        return Plain(
            $"The break was accepted: {accepted.Found}.\n{good}\nIts files are kept in the data directory, as ledger/{city}/{accepted.Aside}*: take a copy of them elsewhere.\n"
            + "The next log begins with an entry that says all this.");
    }

    /// <summary>Writes a verdict; the exit code.</summary>
    public static async Task<int> SayAsync(LedgerVerdict verdict)
    {
        if (verdict.Fault is { } fault)
        {
            await Console.Error.WriteLineAsync(Plain($"DOES NOT HOLD: {fault}")).ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"{verdict.Entries} entries and {verdict.Checkpoints} checkpoints before that hold.").ConfigureAwait(false);
            return CommandErrors.Failed;
        }

        await Console.Out.WriteLineAsync(
            $"holds: {verdict.Entries} entries of {verdict.Origin} under {verdict.Checkpoints} checkpoints, signed by key {verdict.KeyId}").ConfigureAwait(false);
        if (verdict.AcceptedBreak is { } accepted)
        {
            await Console.Out.WriteLineAsync(Plain($"IT FOLLOWS A BREAK of the log before it, {accepted}")).ConfigureAwait(false);
        }

        if (verdict.EarlierCheckpoints > 0)
        {
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{verdict.EarlierCheckpoints} of the checkpoints kept elsewhere are of the log before the break, which is not in this export.")).ConfigureAwait(false);
        }

        if (!verdict.IsKeyTrusted)
        {
            await Console.Out.WriteLineAsync(
                $"The key came with the ledger: compare {verdict.KeyId} with what the city publishes, or give --key FILE.").ConfigureAwait(false);
        }

        return 0;
    }

    private static void Add(StringBuilder line, string word, string? value) =>
        line.Append(string.IsNullOrEmpty(value) ? string.Empty : $"  {word} {value}");

    private static string Streams(IReadOnlyList<string> streams) =>
        string.Join(", ", streams.Take(StreamsShown)) + (streams.Count > StreamsShown ? $" and {streams.Count - StreamsShown} more" : string.Empty);

    // Callers' own words reach denials: they must not steer the terminal.
    private static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) && c != '\n' ? '\uFFFD' : c));
}
