using System.Text.RegularExpressions;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Retention;
using Quartier.Storage.Disk;
using Quartier.Storage.Journals;
using Quartier.Storage.Readings;

namespace Quartier.Storage.Retention;

/// <summary>Files that may hold readings although nothing reads them: what was set aside, and exports.</summary>
internal sealed partial class Leftovers(IDisk disk)
{
    /// <summary>Folder of exports; their names end with until-YYYY-MM-DD and an extension.</summary>
    public const string Exports = "exports";

    /// <summary>Removes files whose readings have expired before the day.</summary>
    public void Delete(int day)
    {
        foreach (var path in Paths().Where(path => IsExpired(path, day)))
        {
            disk.Delete(path);
        }
    }

    /// <summary>Looks for files that hold expired readings, or of which that cannot be told.</summary>
    public IEnumerable<PlaceExamined> Examine(int day)
    {
        foreach (var folder in (string[])[SetAsideList.Folder, Exports])
        {
            var findings = new Findings(folder);
            foreach (var path in Paths(folder))
            {
                findings.Examined++;
                if (IsExpired(path, day))
                {
                    findings.Add($"{path} holds readings whose retention has ended. Run the retention again, or remove the file.");
                }
                else if (ExpiryOf(path) is null && !IsJournal(path) && !path.EndsWith("datastreams.log", StringComparison.Ordinal))
                {
                    findings.Add($"{path} may hold readings, and until when cannot be told. Remove it when it is no longer needed.");
                }
            }

            yield return findings.ToPlace();
        }
    }

    [GeneratedRegex(@"(?:partitions-|until-)(\d{4}-\d{2}-\d{2})", RegexOptions.NonBacktracking)]
    private static partial Regex Date();

    private static bool IsJournal(string path) => path.EndsWith(".qj", StringComparison.Ordinal);

    private static int? ExpiryOf(string path) => Date().Match(Path.GetFileName(path)) is { Success: true } match ? EventDay.Parse(match.Groups[1].Value) : null;

    private IEnumerable<string> Paths() => Paths(SetAsideList.Folder).Concat(Paths(Exports));

    private IEnumerable<string> Paths(string folder) => disk.List(folder).Select(name => $"{folder}/{name}");

    private bool IsExpired(string path, int day) => IsJournal(path) ? HoldsExpired(path, day) : ExpiryOf(path) < day;

    // Every intact record of a journal that was set aside lives on elsewhere.
    private bool HoldsExpired(string path, int day)
    {
        var bytes = JournalScan.ReadAll(disk, path);
        var readings = new List<Reading>();
        var isExpired = false;
        foreach (var frame in JournalScan.Scan(path, bytes).Frames)
        {
            JournalScan.Records(bytes, frame, (_, payload) =>
            {
                if (RecordReader.HoldsReadings(payload))
                {
                    var (_, days) = RecordReader.Readings(payload, readings);
                    isExpired |= readings.Exists(r => EventDay.Of(r.TimeMs) + days < day);
                }
            });
        }

        return isExpired;
    }
}
