using Quartier.Storage.Annotations;
using Quartier.Storage.Corrections;
using Quartier.Storage.Journals;

namespace Quartier.Storage.Readings;

/// <summary>What holds of its readings that were corrected. The readings themselves stay as they were received.</summary>
internal sealed partial class Datastream
{
    /// <summary>Until when it has readings that were corrected.</summary>
    public CorrectedUntil Corrected { get; private set; }

    /// <summary>
    /// Lays a correction over a stored reading; what is to be journaled goes to the writer. The reading goes along once more, so that both rest in one
    /// place. False when nothing is stored for the time or its retention has ended, null when the history around it is not in memory.
    /// </summary>
    public bool? Correct(in AnnotationRow row, int today, long position, RecordWriter records, out OpenBlock? grown)
    {
        grown = null;
        switch (Find(row.TimeMs, out var stored, out var expiryDay))
        {
            case true when expiryDay >= today:
                records.AddCorrected(Number, expiryDay - EventDay.Of(row.TimeMs), stored, row.Data);
                Put(stored, expiryDay, position, out grown);
                Replay(row, expiryDay, isSealed: false);
                return true;
            case false:
                return null;
            default:
                return false;
        }
    }

    /// <summary>Takes over a correction from the journal at the start, after its reading.</summary>
    public void Replay(in AnnotationRow row, int expiryDay, bool isSealed)
    {
        NoteCorrected(new(expiryDay, row.TimeMs));
        if (!isSealed)
        {
            BlockFor(expiryDay).Correct(row);
        }
    }

    /// <summary>Some of its readings were corrected.</summary>
    public void NoteCorrected(CorrectedUntil until) => Corrected = until.ExpiryDay == 0 ? Corrected : Corrected.With(until.ExpiryDay, until.LastMs);

    /// <summary>Corrections of open readings in [fromMs, toMs), in order of time.</summary>
    public AnnotationRow[] CorrectionsWithin(long fromMs, long toMs)
    {
        AnnotationRow[] found = [];
        foreach (var block in _open)
        {
            found = block.Corrections is { } corrections ? AnnotationCodec.Merge(found, corrections.Within(fromMs, toMs)) : found;
        }

        return found;
    }

    /// <summary>What expired before the day is gone: when none is left, nobody looks for annotations or corrections any more.</summary>
    public void ForgetAnnotatedBefore(int day)
    {
        (AnnotatedExpiryDay, Times) = (AnnotatedExpiryDay < day ? 0 : AnnotatedExpiryDay, null);
        Corrected = Corrected.ExpiryDay < day ? default : Corrected;
    }
}
