using Quartier.Contracts.Readings;
using Quartier.Storage.Partitions;
using Quartier.Storage.Readings;

namespace Quartier.Storage.Annotations;

/// <summary>Reads annotations of partitions and open blocks as one, in the same order as readings: open ones first, so that none is missed on its way.</summary>
internal sealed class StoredAnnotations(PartitionSet partitions, SealedReadings readings)
{
    /// <summary>Annotations of readings in [fromMs, toMs), in order of time.</summary>
    public IReadOnlyList<StoredAnnotation> Range(Datastream stream, long fromMs, long toMs)
    {
        partitions.Layout.EnterReadLock();
        try
        {
            return [.. Find(stream, fromMs, toMs).Select(row => AnnotationCodec.Decode(row))];
        }
        finally
        {
            partitions.Layout.ExitReadLock();
        }
    }

    private AnnotationRow[] Find(Datastream stream, long fromMs, long toMs)
    {
        AnnotationRow[] found;
        int[] retentions;
        lock (stream.Gate)
        {
            found = stream.AnnotationsWithin(fromMs, toMs);
            retentions = stream.Retentions;
        }

        foreach (var day in readings.EventDays(retentions, fromMs, toMs))
        {
            var (dayFromMs, dayToMs) = (Math.Max(fromMs, EventDay.StartMs(day)), Math.Min(toMs, EventDay.StartMs(day + 1)));
            foreach (var retention in retentions)
            {
                var rows = partitions.Query(day + retention, [], database => AnnotationTable.Read(database, stream.Number, dayFromMs, dayToMs));
                found = rows.Count == 0 ? found : AnnotationCodec.Merge(found, rows.ToArray());
            }
        }

        return found;
    }
}
