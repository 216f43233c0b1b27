using Quartier.Storage.Partitions;
using Quartier.Storage.Readings;

namespace Quartier.Storage.Annotations;

/// <summary>
/// Reads annotations, or corrections, of partitions and open blocks as one, in the same order as readings: open ones first, so that none is missed on its way.
/// </summary>
internal sealed class StoredAnnotations
{
    private readonly PartitionSet _partitions;
    private readonly SealedReadings _readings;
    private readonly AnnotationTable _table;
    private readonly Func<Datastream, long, long, AnnotationRow[]> _open;

    private StoredAnnotations(PartitionSet partitions, SealedReadings readings, AnnotationTable table, Func<Datastream, long, long, AnnotationRow[]> open) =>
        (_partitions, _readings, _table, _open) = (partitions, readings, table, open);

    /// <summary>Those of annotations.</summary>
    public static StoredAnnotations OfAnnotations(PartitionSet partitions, SealedReadings readings) =>
        new(partitions, readings, AnnotationTable.Annotations, (stream, fromMs, toMs) => stream.AnnotationsWithin(fromMs, toMs));

    /// <summary>Those of corrections.</summary>
    public static StoredAnnotations OfCorrections(PartitionSet partitions, SealedReadings readings) =>
        new(partitions, readings, AnnotationTable.Corrections, (stream, fromMs, toMs) => stream.CorrectionsWithin(fromMs, toMs));

    /// <summary>Those of readings in [fromMs, toMs), in order of time.</summary>
    public AnnotationRow[] Find_NeedsLayout(Datastream stream, long fromMs, long toMs)
    {
        AnnotationRow[] found;
        int[] retentions;
        lock (stream.Gate)
        {
            found = _open(stream, fromMs, toMs);
            retentions = stream.Retentions;
        }

        foreach (var day in _readings.EventDays(retentions, fromMs, toMs))
        {
            found = OfDay(_partitions, _table, found, (stream.Number, day, retentions), (fromMs, toMs));
        }

        return found;
    }

    /// <summary>What was found, merged with the sealed ones of one event day within the span.</summary>
    public static AnnotationRow[] OfDay(
        PartitionSet partitions, AnnotationTable table, AnnotationRow[] found, (int Datastream, int Day, int[] Retentions) of, (long FromMs, long ToMs) span)
    {
        var (fromMs, toMs) = (Math.Max(span.FromMs, EventDay.StartMs(of.Day)), Math.Min(span.ToMs, EventDay.StartMs(of.Day + 1)));
        foreach (var retention in of.Retentions)
        {
            var rows = partitions.Query(of.Day + retention, [], database => table.Read(database, of.Datastream, fromMs, toMs));
            found = rows.Count == 0 ? found : AnnotationCodec.Merge(found, rows.ToArray());
        }

        return found;
    }
}
