using System.Buffers;
using System.Security.Cryptography;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Readings;
using Quartier.Domain.Ledgers;

namespace Quartier.Storage.Ledgers;

/// <summary>One city's ledger: entries in segments, signed checkpoints beside them and, when configured, outside the data directory.</summary>
internal sealed class CityLedger : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LedgerPlace _place;
    private readonly string _city;
    private readonly ECDsa _key;
    private readonly LedgerState _state;
    private readonly CheckpointFile _checkpoints;
    private readonly CheckpointFile? _outside;
    private readonly string? _torn;
    private readonly ArrayBufferWriter<byte> _lines = new(64 << 10);
    private readonly List<(Digest Leaf, int Start, int Length)> _pending = [];
    private volatile string? _broken;
    private volatile IOException? _failure;
    private volatile IOException? _outsideFailure;
    private long _newestMs;
    private string? _newest;
    private bool _isOutsideDue;
    private bool _isRetired;

    private CityLedger(LedgerPlace place, string city, ECDsa key)
    {
        (_place, _city, _key) = (place, city, key);
        _state = new LedgerState(new LedgerSegments(place.Disk, city, place.SegmentBytes));
        _checkpoints = new CheckpointFile(place.Disk, LedgerPaths.Checkpoints(city));
        _outside = place.Outside is null ? null : new CheckpointFile(place.Outside, LedgerPaths.Outside(city));
        var names = place.Disk.List(LedgerPaths.Folder(city));
        Generation = LedgerPaths.Generation(names);
        Origin = Checkpoint.OriginOf(city, Generation);
        _torn = Load();
        if (names.Contains(LedgerPaths.Accepting, StringComparer.Ordinal))
        {
            _broken = "the acceptance of a break was interrupted; accept it again";
        }
    }

    /// <summary>Which log of the city it is, from 1: a break that was accepted begins the next.</summary>
    public int Generation { get; }

    /// <summary>How checkpoints and exports name it.</summary>
    public string Origin { get; }

    /// <summary>The newest checkpoint with which the entries agreed at the start; null when there was none.</summary>
    public Checkpoint? Good { get; private set; }

    /// <summary>Days' summaries.</summary>
    public DaySummaries Summaries { get; } = new();

    /// <summary>Number of durable entries.</summary>
    public long Size { get; private set; }

    /// <summary>Entries under the newest checkpoint.</summary>
    public long CheckpointSize { get; private set; }

    /// <summary>When the newest checkpoint was signed, or the ledger opened.</summary>
    public long CheckpointMs => Interlocked.Read(ref _newestMs);

    /// <summary>The newest checkpoint as signed; null before the first.</summary>
    public string? Newest => Volatile.Read(ref _newest);

    /// <summary>What was changed in the files; null when nothing was.</summary>
    public string? Broken => _broken;

    /// <summary>Whether entries can be recorded now.</summary>
    public bool IsWell => _broken is null && _failure is null;

    /// <summary>Opens a city's ledger, which begins empty, and holds it against its checkpoints.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public static CityLedger Open(LedgerPlace place, string city, ECDsa key) => new(place, city, key);

    /// <summary>Appends entries; durable on return.</summary>
    /// <returns>Index of the first.</returns>
    /// <exception cref="IOException">The disk refused; nothing was appended of the piece that failed and those after it.</exception>
    public long Append(IReadOnlyList<LedgerEntry> entries, Action<int> isDurable)
    {
        lock (_gate)
        {
            var (first, salts) = (Size, EntryLine.NewSalts(entries.Count));
            for (var written = 0; written < entries.Count;)
            {
                written += AppendPiece(entries, salts, written);
                isDurable(written);
            }

            return first;
        }
    }

    /// <summary>Repairs what a failure left, so that entries are taken again.</summary>
    public void TryRecover()
    {
        lock (_gate)
        {
            _ = Guarded(_state.Segments.Settle);
        }
    }

    /// <summary>Signs a checkpoint when one is due.</summary>
    /// <param name="always">True to sign whenever there is an entry that none covers.</param>
    public void SignIfDue(bool always)
    {
        lock (_gate)
        {
            var waiting = Size - CheckpointSize;
            var now = _place.Time.GetUtcNow().ToUnixTimeMilliseconds();
            if (_broken is null && waiting > 0
                && (always || waiting >= LedgerLimits.CheckpointEntries || now - _newestMs >= LedgerLimits.CheckpointInterval.TotalMilliseconds))
            {
                var checkpoint = new Checkpoint(Origin, Size, _state.Tree.Root, now);
                var note = SignedNote.Sign(checkpoint, _key);
                if (Guarded(() => _checkpoints.Append(note)))
                {
                    Note(checkpoint, note);
                    _isOutsideDue = _outside is not null;
                }
            }

            CopyOutside();
        }
    }

    /// <summary>What an operator should know; null when all is well.</summary>
    public LedgerFinding? Finding => (_broken, _failure, _outsideFailure, _torn) switch
    {
        ({ } broken, _, _, _) => new(
            _city,
            IsBroken: true,
            $"The ledger of {_city} does not hold: {broken}. Nothing is recorded any more, and so nothing read or changed. Keep a copy of the data "
            + "directory, find out who changed it, and restore the folder ledger from a backup; or have the data-protection officer accept the break "
            + $"('quartier ledger accept-break --city {_city}'). docs/ledger-format.md says more."),
        (_, { } failure, _, _) => new(
            _city, IsBroken: true, $"The ledger of {_city} cannot be written, so nothing is read or changed: {failure.Message} Free space on the disk."),
        (_, _, { } outside, _) => new(
            _city, IsBroken: false, $"Checkpoints of {_city} do not reach the directory outside the data directory: {outside.Message} Mend it; they follow by themselves."),
        (_, _, _, { } torn) => new(_city, IsBroken: false, $"The ledger of {_city} lost nothing that was acknowledged, but {torn}."),
        _ => null,
    };

    /// <summary>Looks into the ledger; nothing is appended meanwhile.</summary>
    public T Look<T>(Func<LedgerState, T> look)
    {
        lock (_gate)
        {
            return _isRetired
                ? throw new StoreException($"The ledger of {_city} was kept aside in this moment, because its break was accepted. Ask again.")
                : look(_state);
        }
    }

    /// <summary>Signed checkpoints, oldest first, at least so many entries apart, and the newest.</summary>
    public IReadOnlyList<SizedNote> Notes(long apart)
    {
        lock (_gate)
        {
            var notes = new List<SizedNote>();
            SizedNote? last = null;
            foreach (var text in _checkpoints.Read())
            {
                _ = Checkpoint.TryParse(text[..(text.IndexOf("\n\n", StringComparison.Ordinal) + 1)], out var checkpoint);
                last = new SizedNote(checkpoint.Size, text);
                if (checkpoint.Size - (notes.Count == 0 ? 0 : notes[^1].Size) >= apart)
                {
                    notes.Add(last);
                }
            }

            return last is null || (notes.Count > 0 && notes[^1] == last) ? notes : [.. notes, last];
        }
    }

    /// <summary>Closes the files for good: they are about to be kept aside.</summary>
    public void Retire()
    {
        lock (_gate)
        {
            _isRetired = true;
            Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _state.Dispose();
        _checkpoints.Dispose();
        _outside?.Dispose();
    }

    private int AppendPiece(IReadOnlyList<LedgerEntry> entries, string[] salts, int from)
    {
        var taken = 0;
        if (_broken is not null)
        {
            throw new StoreException(Finding!.Message);
        }

        _lines.ResetWrittenCount();
        _pending.Clear();
        while (from + taken < entries.Count && _lines.WrittenCount < LedgerLimits.PieceBytes)
        {
            var start = _lines.WrittenCount;
            EntryLine.Write(_lines, Size + taken, entries[from + taken], salts[from + taken]);
            var length = _lines.WrittenCount - start;
            _pending.Add((TreeHash.Leaf(_lines.WrittenSpan.Slice(start, length)), start, length));
            _lines.Write("\n"u8);
            taken++;
        }

        try
        {
            var place = _state.Segments.Prepare(Size);
            _state.Segments.Append(_lines.WrittenSpan);
            foreach (var (leaf, start, length) in _pending)
            {
                _state.Append(leaf, place with { Offset = place.Offset + start }, _lines.WrittenSpan.Slice(start, length));
            }
        }
        catch (IOException failure)
        {
            _failure = failure;
            throw;
        }

        _failure = null;
        Size = _state.Tree.Size;
        return taken;
    }

    private bool Guarded(Action work)
    {
        try
        {
            work();
            _failure = null;
            return true;
        }
        catch (IOException failure)
        {
            _failure = failure;
            return false;
        }
    }

    private void CopyOutside()
    {
        if (!_isOutsideDue || _newest is null)
        {
            return;
        }

        try
        {
            _outside!.Append(_newest);
            (_isOutsideDue, _outsideFailure) = (false, null);
        }
        catch (IOException failure)
        {
            _outsideFailure = failure;
        }
    }

    private void Note(Checkpoint checkpoint, string note)
    {
        CheckpointSize = checkpoint.Size;
        Interlocked.Exchange(ref _newestMs, checkpoint.TimeMs);
        Volatile.Write(ref _newest, note);
    }

    private string? Load()
    {
        var roots = new List<SignedRoot>();
        _newestMs = _place.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var problem = CheckpointHistory.Read(_checkpoints, Origin, _key, isOutside: false, roots);
        var inside = roots.Count;
        if (_outside is not null)
        {
            problem ??= CheckpointHistory.Read(_outside, Origin, _key, isOutside: true, roots);
        }

        var scan = new LedgerScan(_place.Disk, _city, _state);
        scan.Run([.. roots.OrderBy(r => r.Checkpoint.Size)]);
        Size = _state.Tree.Size;
        Good = scan.Good;
        _broken = problem ?? scan.Broken;
        if (inside > 0 && _broken is null)
        {
            var last = roots[inside - 1].Checkpoint;
            Note(last, _checkpoints.Read().Last());
            _isOutsideDue = _outside is not null && (roots.Count == inside || roots[^1].Checkpoint.Size < last.Size);
        }

        return scan.Torn ?? (_checkpoints.TornBytes > 0 ? $"{_checkpoints.TornBytes} bytes of an unfinished checkpoint were cut off" : null);
    }
}
