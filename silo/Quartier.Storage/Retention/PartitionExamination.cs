using Quartier.Contracts.Retention;
using Quartier.Storage.Annotations;
using Quartier.Storage.Partitions;
using Quartier.Storage.Readings;

namespace Quartier.Storage.Retention;

/// <summary>Looks into every partition file, and empties its write-ahead log.</summary>
internal sealed class PartitionExamination(StoreCore core)
{
    /// <summary>Examines.</summary>
    public IEnumerable<PlaceExamined> Run(Cutoffs cutoffs)
    {
        var (partitions, rollUps, annotations) = (new Findings("partitions"), new Findings("roll-ups"), new Findings("annotations"));
        foreach (var name in core.Disk.List(PartitionSet.Folder))
        {
            partitions.Examined++;
            if (EventDay.Parse(name[..Math.Min(name.Length, "yyyy-MM-dd".Length)]) is not { } day || day < cutoffs.Day)
            {
                partitions.Add($"{PartitionSet.Folder}/{name} should have been dropped. Run the retention again, or remove the file.");
            }
        }

        foreach (var day in core.Partitions.Days.Where(d => d >= cutoffs.Day))
        {
            partitions.Examined++;
            ExamineReadings(day, cutoffs, partitions);
            ExamineRollUps(day, cutoffs, rollUps);
            ExamineAnnotations(AnnotationTable.Annotations, day, cutoffs, annotations);
            ExamineAnnotations(AnnotationTable.Corrections, day, cutoffs, annotations);
            if (!core.Partitions.EmptyLog(day))
            {
                partitions.Add($"The write-ahead log of {EventDay.Name(day)} is in use and could not be emptied. Examine again.");
            }
        }

        foreach (var day in core.Partitions.Days.TakeWhile(d => d < cutoffs.Day))
        {
            partitions.Add($"The partition {EventDay.Name(day)} has not been dropped. Run the retention again.");
        }

        return [partitions.ToPlace(), rollUps.ToPlace(), annotations.ToPlace()];
    }

    private void ExamineReadings(int day, Cutoffs cutoffs, Findings findings)
    {
        foreach (var held in core.Partitions.Query(day, [], BlockSummary.Read))
        {
            if (EventDay.Of(held.FirstMs) < cutoffs.FirstDay(held.Datastream))
            {
                findings.Add(
                    $"{NameOf(held.Datastream)}: the partition {EventDay.Name(day)} holds readings of {EventDay.Name(EventDay.Of(held.FirstMs))}. Run the retention again.");
            }
        }
    }

    private void ExamineRollUps(int day, Cutoffs cutoffs, Findings findings)
    {
        foreach (var (datastream, resolution, firstDay) in core.Partitions.Query(day, [], RollUpTable.FirstDays))
        {
            findings.Examined++;
            if (firstDay < cutoffs.FirstDay(datastream, resolution))
            {
                findings.Add(
                    $"{NameOf(datastream)}: the partition {EventDay.Name(day)} holds {resolution} roll-ups of {EventDay.Name(firstDay)}. Run the retention again.");
            }
        }
    }

    private void ExamineAnnotations(AnnotationTable table, int day, Cutoffs cutoffs, Findings findings)
    {
        foreach (var (datastream, rows, firstMs, _) in core.Partitions.Query(day, [], table.Summaries))
        {
            findings.Examined += rows;
            if (EventDay.Of(firstMs) < cutoffs.FirstDay(datastream))
            {
                findings.Add(
                    $"{NameOf(datastream)}: the partition {EventDay.Name(day)} holds {table.Name} of {EventDay.Name(EventDay.Of(firstMs))}. Run the retention again.");
            }
        }
    }

    private string NameOf(int datastream) => core.Datastreams.Find(datastream)?.Key.ToString() ?? $"datastream {datastream}";
}
