using Quartier.Contracts.Readings;
using Quartier.Storage.Annotations;
using Quartier.Storage.Partitions;
using Quartier.Storage.Readings;
using Quartier.Storage.Retention;

namespace Quartier.Storage.Corrections;

/// <summary>
/// Readings as people read them: what was received, with the corrections laid over it. Both are looked at while no file goes, so that none outlives its
/// correction; of datastreams without corrections, and behind the last one, nothing is looked for.
/// </summary>
internal sealed class ShownReadings(PartitionSet partitions, SealedReadings received)
{
    /// <summary>Readings looked at together at least: a few blocks, so that many withdrawn ones in a row are not looked at one by one.</summary>
    private const int LeastPiece = 1_024;

    private readonly StoredAnnotations _corrections = StoredAnnotations.OfCorrections(partitions, received);
    private readonly StoredAnnotations _annotations = StoredAnnotations.OfAnnotations(partitions, received);

    /// <summary>Whether readings at or after the time may have been corrected.</summary>
    public static bool MayDiffer(Datastream stream, long fromMs)
    {
        lock (stream.Gate)
        {
            return stream.Corrected.Reaches(fromMs);
        }
    }

    /// <summary>The reading with the greatest time that is left.</summary>
    public Reading? Latest(Datastream stream) => RangeBack(stream, EventDay.EarliestMs, EventDay.LatestMs, 1) is [var last] ? last : null;

    /// <summary>Readings in [fromMs, toMs) in order of time, at most so many.</summary>
    public IReadOnlyList<Reading> Range(Datastream stream, long fromMs, long toMs, int limit) => !MayDiffer(stream, fromMs)
        ? received.Range(stream, fromMs, toMs, limit)
        : received.Undisturbed(() => Find(stream, fromMs, toMs, limit));

    /// <summary>Readings in [fromMs, toMs), the latest first, at most so many.</summary>
    public IReadOnlyList<Reading> RangeBack(Datastream stream, long fromMs, long toMs, int limit) => !MayDiffer(stream, fromMs)
        ? received.RangeBack(stream, fromMs, toMs, limit)
        : received.Undisturbed(() => FindBack(stream, fromMs, toMs, limit));

    /// <summary>One row for each window that holds readings, or roll-ups of readings that are gone.</summary>
    public IReadOnlyList<AggregateRow> Aggregate(Datastream stream, AggregateRange range) => received.Undisturbed(
        () => received.Aggregate_NeedsLayout(stream, range, MayDiffer(stream, range.FromMs) ? Corrections(stream, range.FromMs, range.ToMs) : CorrectedTimes.None));

    /// <summary>Annotations of what holds in [fromMs, toMs), in order of time.</summary>
    public IReadOnlyList<StoredAnnotation> Annotations(Datastream stream, long fromMs, long toMs) => received.Undisturbed<IReadOnlyList<StoredAnnotation>>(() =>
    {
        var found = _annotations.Find_NeedsLayout(stream, fromMs, toMs).Select(row => AnnotationCodec.Decode(row));
        var corrections = MayDiffer(stream, fromMs) ? Corrections(stream, fromMs, toMs) : CorrectedTimes.None;
        return corrections.IsEmpty
            ? [.. found]
            : [.. found.Where(a => corrections.At(a.TimeMs) is null).Concat(corrections.All.Where(c => !c.Correction.IsWithdrawn)
                .Select(c => new StoredAnnotation(c.TimeMs, c.Correction.Value, c.Correction.Content, false))).OrderBy(a => a.TimeMs)];
    });

    /// <summary>The corrections of readings in [fromMs, toMs).</summary>
    public AnnotationRow[] CorrectionRows(Datastream stream, long fromMs, long toMs) =>
        received.Undisturbed(() => _corrections.Find_NeedsLayout(stream, fromMs, toMs));

    private CorrectedTimes Corrections(Datastream stream, long fromMs, long toMs) => new(_corrections.Find_NeedsLayout(stream, fromMs, toMs));

    private List<Reading> Find(Datastream stream, long fromMs, long toMs, int limit)
    {
        var found = new List<Reading>();
        var most = Math.Max(limit, LeastPiece);
        while (found.Count < limit)
        {
            var piece = received.Find_NeedsLayout(stream, fromMs, toMs, most);
            if (piece.Count > 0)
            {
                Add(found, piece, Corrections(stream, piece[0].TimeMs, piece[^1].TimeMs + 1), limit);
                fromMs = piece[^1].TimeMs + 1;
            }

            if (piece.Count < most)
            {
                break;
            }
        }

        return found;
    }

    private List<Reading> FindBack(Datastream stream, long fromMs, long toMs, int limit)
    {
        var found = new List<Reading>();
        var most = Math.Max(limit, LeastPiece);
        while (found.Count < limit)
        {
            var piece = received.FindBack_NeedsLayout(stream, fromMs, toMs, most);
            if (piece.Count > 0)
            {
                Add(found, piece, Corrections(stream, piece[^1].TimeMs, piece[0].TimeMs + 1), limit);
                toMs = piece[^1].TimeMs;
            }

            if (piece.Count < most)
            {
                break;
            }
        }

        return found;
    }

    private static void Add(List<Reading> found, List<Reading> piece, CorrectedTimes corrections, int limit)
    {
        for (var i = 0; i < piece.Count && found.Count < limit; i++)
        {
            if (corrections.Shown(piece[i]) is { } held)
            {
                found.Add(held);
            }
        }
    }
}
