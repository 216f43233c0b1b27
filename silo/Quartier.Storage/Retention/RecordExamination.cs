using Quartier.Contracts.Retention;
using Quartier.Storage.Readings;
using Quartier.Storage.Records;

namespace Quartier.Storage.Retention;

/// <summary>Looks into the record books, where messages wait for clients, and empties their write-ahead logs.</summary>
internal sealed class RecordExamination(StoreCore core)
{
    /// <summary>Removal runs every minute: what ended before this much is overdue.</summary>
    private const long GraceMs = 10 * 60 * 1000;

    /// <summary>Examines.</summary>
    public PlaceExamined Run(long nowMs)
    {
        var findings = new Findings("messages that wait for clients");
        foreach (var name in core.Files.List(RecordBook.Folder))
        {
            using var database = RecordBook.Connect(core.Files, $"{RecordBook.Folder}/{name}");
            findings.Examined += database.Scalar("SELECT count(*) FROM record");
            using var rows = database.Prepare("SELECT count(*) FROM record WHERE ends_ms <= ?").Bind(1, nowMs - GraceMs).Run();
            if (rows.Next() && rows.Int64(0) is > 0 and var overdue)
            {
                findings.Add($"{RecordBook.Folder}/{name} holds {overdue} messages that should have ended. Is the disk full or read-only?");
            }
        }

        return findings.ToPlace();
    }
}
