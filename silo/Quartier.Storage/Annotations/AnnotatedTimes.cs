using System.Collections.Concurrent;
using Quartier.Contracts.Readings;
using Quartier.Storage.Corrections;
using Quartier.Storage.Partitions;
using Quartier.Storage.Readings;

namespace Quartier.Storage.Annotations;

/// <summary>Over which times the Observations of annotated datastreams stretch: each day is looked at once, until one of its readings changes.</summary>
internal sealed class AnnotatedTimes(PartitionSet partitions, SealedReadings sealedReadings)
{
    /// <summary>Readings after which a piece ends, so that whoever pays for it may stop.</summary>
    private const int PieceReadings = 65_536;

    /// <summary>Datastreams whose days are remembered: with all their days some 80 MB. Beyond, the one that was asked for first is forgotten.</summary>
    private const int MostStreams = 1_000;

    private readonly ConcurrentQueue<Datastream> _remembered = new();

    /// <summary>Times of readings in [fromMs, toMs), from the first day on.</summary>
    public TimesFound Find(Datastream stream, long fromMs, long toMs)
    {
        partitions.Layout.EnterReadLock();
        try
        {
            return FindPiece(stream, fromMs, toMs);
        }
        finally
        {
            partitions.Layout.ExitReadLock();
        }
    }

    private TimesFound FindPiece(Datastream stream, long fromMs, long toMs)
    {
        ReadingTimes? times = null;
        var examined = 0;
        foreach (var day in Days(stream, fromMs, toMs))
        {
            if (examined >= PieceReadings)
            {
                return new(times, EventDay.StartMs(day), examined);
            }

            var (dayFromMs, dayToMs) = (Math.Max(fromMs, EventDay.StartMs(day)), Math.Min(toMs, EventDay.StartMs(day + 1)));
            var found = dayToMs - dayFromMs == EventDay.StartMs(day + 1) - EventDay.StartMs(day)
                ? OfDay(stream, day, ref examined)
                : Read(stream, day, (dayFromMs, dayToMs), ref examined);
            times = ReadingTimes.Join(times, found);
        }

        return new(times, toMs, examined);
    }

    // Days that have a partition or open readings.
    private List<int> Days(Datastream stream, long fromMs, long toMs)
    {
        HashSet<int> open;
        int[] retentions;
        lock (stream.Gate)
        {
            open = [.. stream.OpenWithin(fromMs, toMs).Select(r => EventDay.Of(r.TimeMs))];
            retentions = stream.Retentions;
        }

        return [.. sealedReadings.EventDays(retentions, fromMs, toMs).Union(open).Order()];
    }

    private ReadingTimes? OfDay(Datastream stream, int day, ref int examined)
    {
        object reserved;
        lock (stream.Gate)
        {
            if (stream.Times is null)
            {
                stream.Times = new();
                _remembered.Enqueue(stream);
            }

            if (stream.Times.TryFind(day, out var known))
            {
                return known;
            }

            reserved = stream.Times.Reserve(day);
        }

        var found = Read(stream, day, (EventDay.StartMs(day), EventDay.StartMs(day + 1)), ref examined);
        lock (stream.Gate)
        {
            stream.Times?.Keep(day, reserved, found);
        }

        if (_remembered.Count > MostStreams && _remembered.TryDequeue(out var first))
        {
            lock (first.Gate)
            {
                first.Times = null;
            }
        }

        return found;
    }

    private ReadingTimes? Read(Datastream stream, int day, (long FromMs, long ToMs) span, ref int examined)
    {
        Reading[] readings;
        AnnotationRow[] rows;
        AnnotationRow[] corrections;
        int[] retentions;
        bool mayDiffer;
        lock (stream.Gate)
        {
            readings = stream.OpenWithin(span.FromMs, span.ToMs);
            rows = stream.AnnotationsWithin(span.FromMs, span.ToMs);
            corrections = stream.CorrectionsWithin(span.FromMs, span.ToMs);
            retentions = stream.Retentions;
            mayDiffer = stream.Corrected.Reaches(span.FromMs);
        }

        readings = Merging.Merge(sealedReadings.ReadDay(stream.Number, day, retentions, span.FromMs, span.ToMs), readings);
        var of = (stream.Number, day, retentions);
        rows = StoredAnnotations.OfDay(partitions, AnnotationTable.Annotations, rows, of, span);
        var corrected = mayDiffer ? new CorrectedTimes(StoredAnnotations.OfDay(partitions, AnnotationTable.Corrections, corrections, of, span)) : CorrectedTimes.None;
        examined += readings.Length;
        var byTime = rows.ToDictionary(r => r.TimeMs);
        ReadingTimes? times = null;
        foreach (var reading in readings)
        {
            times = corrected.At(reading.TimeMs) switch
            {
                null => ReadingTimes.Join(times, Of(reading, byTime)),
                { IsWithdrawn: true } => times,
                { } held => ReadingTimes.Join(times, Of(reading.TimeMs, held.Content)),
            };
        }

        return times;
    }

    // An annotation belongs to the value that it was sent with.
    private static ReadingTimes Of(in Reading reading, Dictionary<long, AnnotationRow> rows)
    {
        if (!rows.TryGetValue(reading.TimeMs, out var row) || row.Value != reading.Value)
        {
            return new(reading.TimeMs, reading.TimeMs, reading.TimeMs, reading.TimeMs);
        }

        return Of(reading.TimeMs, AnnotationCodec.Decode(row).Content);
    }

    private static ReadingTimes Of(long timeMs, Annotation content)
    {
        var endMs = content.PhenomenonEndMs ?? timeMs;
        var resultMs = content.ResultTimeMs ?? endMs;
        return new(timeMs, endMs, resultMs, resultMs);
    }
}
