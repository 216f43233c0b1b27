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

    /// <summary>What was found, merged with the sealed ones of one event day within the span.</summary>
    public static AnnotationRow[] OfDay(
        PartitionSet partitions, AnnotationRow[] found, (int Datastream, int Day, int[] Retentions) of, (long FromMs, long ToMs) span)
    {
        var (fromMs, toMs) = (Math.Max(span.FromMs, EventDay.StartMs(of.Day)), Math.Min(span.ToMs, EventDay.StartMs(of.Day + 1)));
        foreach (var retention in of.Retentions)
        {
            var rows = partitions.Query(of.Day + retention, [], database => AnnotationTable.Read(database, of.Datastream, fromMs, toMs));
            found = rows.Count == 0 ? found : AnnotationCodec.Merge(found, rows.ToArray());
        }

        return found;
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
            found = OfDay(partitions, found, (stream.Number, day, retentions), (fromMs, toMs));
        }

        return found;
    }
}
