using Quartier.Contracts.Readings;
using Quartier.Storage.Annotations;
using Quartier.Storage.Cities;
using Quartier.Storage.Journals;
using Quartier.Storage.Retention;

namespace Quartier.Storage.Readings;

/// <summary>
/// One datastream in memory: its open readings, its latest one, and how far it is sealed. Every member but the immutable ones is
/// guarded by <see cref="Gate"/>.
/// </summary>
internal sealed partial class Datastream(int number, DatastreamKey key)
{
    /// <summary>History windows at once: a replay and a backlog may run side by side.</summary>
    private const int MostWindows = 4;

    private OpenBlock[] _open = [];
    private HistoryWindow[] _windows = [];

    /// <summary>Guards the datastream.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Its number.</summary>
    public int Number { get; } = number;

    /// <summary>Its name.</summary>
    public DatastreamKey Key { get; } = key;

    /// <summary>Every retention it ever had, in days, the present one last.</summary>
    public int[] Retentions { get; private set; } = [];

    /// <summary>Retentions of its roll-ups.</summary>
    public RollUpRetentions RollUps { get; private set; } = RollUpRetentions.None;

    /// <summary>A shorter retention is being applied: a sealed reading may stand in two partitions.</summary>
    public bool IsMoving { get; set; }

    /// <summary>The reading with the greatest time, or null.</summary>
    public Reading? Latest { get; private set; }

    /// <summary>Expiry day of <see cref="Latest"/>.</summary>
    public int LatestExpiryDay { get; private set; }

    /// <summary>No sealed reading has a greater time.</summary>
    public long SealedLastMs { get; private set; } = long.MinValue;

    /// <summary>The sealed reading with the greatest time, or null; and its expiry day.</summary>
    public (Reading? Reading, int ExpiryDay) SealedLatest { get; private set; }

    /// <summary>Grows when sealed readings change, so that a look-up from before is not taken for the present.</summary>
    public int SealedVersion { get; private set; }

    /// <summary>Everything of it is in the journal before this position.</summary>
    public long LastTicket { get; set; }

    /// <summary>The last expiry day of a reading that has an annotation; 0 when none ever had one.</summary>
    public int AnnotatedExpiryDay { get; private set; }

    /// <summary>Over which times its days stretch; null until somebody asks.</summary>
    public DayTimes? Times { get; set; }

    /// <summary>Its open blocks.</summary>
    public ReadOnlySpan<OpenBlock> Open => _open;

    /// <summary>Sets the retention from now on; false when it is the present one.</summary>
    public bool SetRetention(int days)
    {
        if (Retentions.Length > 0 && Retentions[^1] == days)
        {
            return false;
        }

        Retentions = [.. Retentions.Where(r => r != days), days];
        return true;
    }

    /// <summary>Sets the retentions of roll-ups from now on, 0 for none; false when they are the present ones.</summary>
    public bool SetRollUps(RollUpRetentions retentions)
    {
        if (RollUps.Hours.SequenceEqual(retentions.Hours) && RollUps.Days.SequenceEqual(retentions.Days))
        {
            return false;
        }

        RollUps = retentions;
        return true;
    }

    /// <summary>Nothing is stored with a longer retention any more: they are forgotten, and the latest reading expires accordingly.</summary>
    public void EndShortening(int days)
    {
        IsMoving = false;
        Retentions = [.. Retentions.Where(r => r <= days)];
        if (Latest is { } latest)
        {
            LatestExpiryDay = Math.Min(LatestExpiryDay, EventDay.Of(latest.TimeMs) + days);
        }

        if (SealedLatest is { Reading: { } reading, ExpiryDay: var day })
        {
            SealedLatest = (reading, Math.Min(day, EventDay.Of(reading.TimeMs) + days));
        }
    }

    /// <summary>Judges a reading and takes it over where it changes what is stored; what is to be journaled goes to the writer.</summary>
    public AppendOutcome Append(in Reading reading, long position, RecordWriter records, out OpenBlock? grown)
    {
        grown = null;
        var day = EventDay.Of(reading.TimeMs);
        if (Latest is not { } latest || reading.TimeMs > latest.TimeMs)
        {
            (Latest, LatestExpiryDay) = (reading, day + Retentions[^1]);
        }
        else if (Find(reading.TimeMs, out var stored, out var expiryDay) is { } known)
        {
            return known ? Repeat(reading, stored, expiryDay, position, records, out grown) : AppendOutcome.NeedsHistory;
        }

        records.Add(Number, Retentions[^1], reading);
        Put(reading, day + Retentions[^1], position, out grown);
        return AppendOutcome.Stored;
    }

    /// <summary>As <see cref="Append"/>, of a reading with an annotation: a row of its value.</summary>
    public AppendOutcome Annotate(in Reading reading, in AnnotationRow row, long position, RecordWriter records, out OpenBlock? grown)
    {
        grown = null;
        var day = EventDay.Of(reading.TimeMs);
        var (outcome, merged, expiryDay) = (AppendOutcome.Stored, reading, day + Retentions[^1]);
        if (Latest is { } latest && reading.TimeMs <= latest.TimeMs && Find(reading.TimeMs, out var stored, out var storedExpiry) is { } known)
        {
            if (!known)
            {
                return AppendOutcome.NeedsHistory;
            }

            if (stored.Value > reading.Value)
            {
                return Repeat(reading, stored, storedExpiry, position, records, out grown);
            }

            (merged, expiryDay) = (Merging.Merge(stored, reading), storedExpiry);
            outcome = stored.Value == reading.Value ? AppendOutcome.Duplicate : AppendOutcome.Contradicted;
            if (merged == stored && Array.Find(_open, b => b.ExpiryDay == storedExpiry)?.Annotations?.Holds(row) == true)
            {
                return outcome;
            }
        }

        NoteLatest(merged, expiryDay);
        records.AddAnnotated(Number, expiryDay - day, merged, row.Data);
        Put(merged, expiryDay, position, out grown);
        PutAnnotation(row, expiryDay);
        return outcome;
    }

    /// <summary>Takes over an annotation from the journal at the start, after its reading.</summary>
    public void Replay(in AnnotationRow row, int expiryDay) => PutAnnotation(row, expiryDay);

    /// <summary>A reading that expires that day has an annotation.</summary>
    public void NoteAnnotated(int expiryDay) => AnnotatedExpiryDay = Math.Max(AnnotatedExpiryDay, expiryDay);

    /// <summary>Annotations of open readings in [fromMs, toMs), in order of time.</summary>
    public AnnotationRow[] AnnotationsWithin(long fromMs, long toMs)
    {
        AnnotationRow[] found = [];
        foreach (var block in _open)
        {
            found = block.Annotations is { } annotations ? AnnotationCodec.Merge(found, annotations.Within(fromMs, toMs)) : found;
        }

        return found;
    }

    /// <summary>Takes over a reading from the journal at the start.</summary>
    public void Replay(in Reading reading, int expiryDay, long position, out OpenBlock? grown)
    {
        var block = BlockFor(expiryDay);
        var merged = block.TryFind(reading.TimeMs, out var stored) ? Merging.Merge(stored, reading) : reading;
        Put(merged, expiryDay, position, out grown);
        NoteLatest(merged, expiryDay);
    }

    /// <summary>Takes over a sealed reading from the catalogue, a partition or the journal.</summary>
    public void NoteSealed(in Reading reading, int expiryDay)
    {
        SealedLastMs = Math.Max(SealedLastMs, reading.TimeMs);
        NoteLatest(reading, expiryDay);
        NoteSealedLatest(reading, expiryDay);
    }

    /// <summary>Keeps a window for judging; false when the sealed readings have changed since the version.</summary>
    public bool TryKeep(HistoryWindow window, int version)
    {
        if (version != SealedVersion)
        {
            return false;
        }

        var kept = _windows.Where(w => w.ToMs <= window.FromMs || w.FromMs >= window.ToMs);
        _windows = [.. kept.TakeLast(MostWindows - 1), window];
        return true;
    }

    /// <summary>Whether the time can be judged without the disk.</summary>
    public bool CanJudge(long timeMs) => timeMs > SealedLastMs || Array.Exists(_windows, w => w.Covers(timeMs));

    /// <summary>Forgets a window.</summary>
    public void Drop(HistoryWindow window) => _windows = [.. _windows.Where(w => w != window)];

    /// <summary>A batch that ends with that reading is on the disk.</summary>
    public void EndSealing(OpenBlock block, in Reading last)
    {
        block.EndSealing();
        SealedChanged(last.TimeMs);
        NoteSealedLatest(last, block.ExpiryDay);

        if (block.IsEmpty && _open.Length > 1)
        {
            Remove(block);
        }
    }

    /// <summary>Sealed readings have changed; none has a time beyond the given or what was known.</summary>
    public void SealedChanged(long lastMs)
    {
        SealedVersion++;
        SealedLastMs = Math.Max(SealedLastMs, lastMs);
        _windows = [];
    }

    /// <summary>Takes an open block out.</summary>
    public void Remove(OpenBlock block) => _open = [.. _open.Where(b => b != block)];

    /// <summary>Forgets the latest reading, for another one or none.</summary>
    public void ReplaceLatest(Reading? latest, int expiryDay)
    {
        (Latest, LatestExpiryDay) = (latest, expiryDay);
        SealedLatest = (latest, expiryDay);
    }

    /// <summary>What the catalogue is to hold.</summary>
    public CatalogueRow ToRow() => new(Number, Key, Retentions, RollUps, SealedLatest.Reading, SealedLatest.ExpiryDay, AnnotatedExpiryDay, Corrected);

    /// <summary>Nothing of it is sealed.</summary>
    public void NothingSealed()
    {
        SealedLastMs = long.MinValue;
        SealedVersion++;
        _windows = [];
    }

    /// <summary>Open readings in [fromMs, toMs), in order of time.</summary>
    public Reading[] OpenWithin(long fromMs, long toMs)
    {
        Reading[] found = [];
        foreach (var block in _open)
        {
            found = Join(found, Merging.Within(block.Sealing, fromMs, toMs));
            found = Join(found, Merging.Within(block.Active, fromMs, toMs));
        }

        return found;
    }

    /// <summary>The lowest journal position that open readings need.</summary>
    public long OldestPosition()
    {
        var oldest = long.MaxValue;
        foreach (var block in _open)
        {
            oldest = Math.Min(oldest, block.OldestPosition);
        }

        return oldest;
    }

    private static Reading[] Join(Reading[] found, ReadOnlySpan<Reading> more)
    {
        if (more.IsEmpty)
        {
            return found;
        }

        return found.Length == 0 ? more.ToArray() : Merging.Merge(found, more);
    }

    private AppendOutcome Repeat(
        in Reading reading, in Reading stored, int expiryDay, long position, RecordWriter records, out OpenBlock? grown)
    {
        grown = null;
        var merged = Merging.Merge(stored, reading);
        if (merged != stored)
        {
            records.Add(Number, expiryDay - EventDay.Of(reading.TimeMs), merged);
            Put(merged, expiryDay, position, out grown);
            NoteLatest(merged, expiryDay);
        }

        return stored.Value == reading.Value ? AppendOutcome.Duplicate : AppendOutcome.Contradicted;
    }

    // True: found. Null: certainly not stored. False: only the disk knows.
    private bool? Find(long timeMs, out Reading stored, out int expiryDay)
    {
        foreach (var block in _open)
        {
            if (block.TryFind(timeMs, out stored))
            {
                expiryDay = block.ExpiryDay;
                return true;
            }
        }

        (stored, expiryDay) = (default, 0);
        if (timeMs > SealedLastMs)
        {
            return null;
        }

        foreach (var window in _windows)
        {
            if (window.Covers(timeMs))
            {
                return window.TryFind(timeMs, out stored, out expiryDay) ? true : null;
            }
        }

        return false;
    }

    private void Put(in Reading reading, int expiryDay, long position, out OpenBlock? grown)
    {
        var block = BlockFor(expiryDay);
        grown = block.Put(reading, position) ? block : null;
        Times?.Forget(EventDay.Of(reading.TimeMs));
    }

    private void PutAnnotation(in AnnotationRow row, int expiryDay)
    {
        BlockFor(expiryDay).Annotate(row);
        NoteAnnotated(expiryDay);
    }

    private void NoteSealedLatest(in Reading reading, int expiryDay)
    {
        if (SealedLatest.Reading is not { } latest || reading.TimeMs > latest.TimeMs)
        {
            SealedLatest = (reading, expiryDay);
        }
        else if (reading.TimeMs == latest.TimeMs)
        {
            SealedLatest = (Merging.Merge(latest, reading), expiryDay);
        }
    }

    private void NoteLatest(in Reading reading, int expiryDay)
    {
        if (Latest is not { } latest || reading.TimeMs > latest.TimeMs)
        {
            (Latest, LatestExpiryDay) = (reading, expiryDay);
        }
        else if (reading.TimeMs == latest.TimeMs)
        {
            (Latest, LatestExpiryDay) = (Merging.Merge(latest, reading), expiryDay);
        }
    }

    private OpenBlock BlockFor(int expiryDay)
    {
        foreach (var block in _open)
        {
            if (block.ExpiryDay == expiryDay)
            {
                return block;
            }
        }

        var created = new OpenBlock(expiryDay);
        _open = [.. _open, created];
        return created;
    }
}
