using Quartier.Contracts.Readings;
using Quartier.Contracts.Retention;
using Quartier.Storage.Journals;
using Quartier.Storage.Readings;

namespace Quartier.Storage.Retention;

/// <summary>Looks into every journal file but the one that is being written since the examination began.</summary>
internal sealed class JournalExamination(StoreCore core)
{
    /// <summary>Examines.</summary>
    public PlaceExamined Run(Cutoffs cutoffs)
    {
        var findings = new Findings(JournalFormat.Folder);
        if (!core.Journal.FlushAndRotate())
        {
            findings.Add($"The journal could not be examined: {core.Journal.Failure!.Message} Repair the disk and examine again.");
            return findings.ToPlace();
        }

        foreach (var path in core.Journal.Segments.Resting())
        {
            findings.Examined++;
            Examine(path, JournalScan.ReadAll(core.Disk, path), cutoffs, findings);
        }

        return findings.ToPlace();
    }

    private void Examine(string path, byte[] bytes, Cutoffs cutoffs, Findings findings)
    {
        var readings = new List<Reading>();
        var end = Math.Min(JournalFormat.SegmentHeaderBytes, bytes.Length);
        foreach (var frame in JournalScan.Scan(Path.GetFileName(path), bytes).Frames)
        {
            end = frame.Offset + JournalFormat.FrameHeaderBytes + frame.Header.Length;
            var lost = JournalScan.Records(bytes, frame, (_, payload) =>
            {
                if (RecordReader.HoldsReadings(payload))
                {
                    var (number, days) = RecordReader.Readings(payload, readings);
                    var firstDay = Math.Max(cutoffs.Day - days, cutoffs.FirstDay(number));
                    if (readings.Exists(r => EventDay.Of(r.TimeMs) < firstDay))
                    {
                        findings.Add($"{path} holds expired readings of {core.Datastreams.Find(number)?.Key.ToString() ?? $"datastream {number}"}. Run the retention again.");
                    }
                }
            });
            if (lost > 0)
            {
                findings.Add($"{path} holds {lost} damaged bytes that may be readings. Restart, so that the file is set aside.");
            }
        }

        // What a failed write left behind the last frame was never acknowledged, but is there.
        if (bytes.AsSpan(end).ContainsAnyExcept((byte)0))
        {
            findings.Add($"{path} holds bytes that belong to no frame and may be readings. Run the retention again.");
        }
    }
}
