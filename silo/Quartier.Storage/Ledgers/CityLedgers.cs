using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Readings;

namespace Quartier.Storage.Ledgers;

/// <summary>
/// Records into the cities' ledgers. One worker writes what waits: appends that arrive while the disk is busy share its next flush, and like notes of a
/// second share an entry.
/// </summary>
internal sealed class CityLedgers : ILedger, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Lock _stepGate = new();
    private readonly Queue<WaitingAppend> _waiting = new();
    private readonly NoteBook _notes = new();
    private readonly OpenLedgers _ledgers;
    private readonly Pseudonyms _pseudonyms;
    private readonly TimeProvider _time;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly Thread? _worker;
    private volatile bool _closed;
    private long _drainedMs;

    /// <summary>Begins to record.</summary>
    /// <param name="ledgers">The ledgers.</param>
    /// <param name="pseudonyms">Persons' pseudonyms.</param>
    /// <param name="time">The wall clock.</param>
    /// <param name="inline">No thread of its own: appends are written by the caller, notes by <see cref="Step"/>.</param>
    public CityLedgers(OpenLedgers ledgers, Pseudonyms pseudonyms, TimeProvider time, bool inline)
    {
        (_ledgers, _pseudonyms, _time) = (ledgers, pseudonyms, time);
        if (!inline)
        {
            _worker = new Thread(Work) { IsBackground = true, Name = "quartier-ledger" };
            _worker.Start();
        }
    }

    /// <summary>Notes that are not written yet.</summary>
    public int NotesWaiting => _notes.Waiting;

    /// <inheritdoc/>
    public ValueTask<long> AppendAsync(string city, LedgerEntry entry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _ = LedgerPaths.Folder(city);
        var append = new WaitingAppend(city, entry, new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_gate)
        {
            if (_closed)
            {
                throw new StoreException("The ledger has been closed: the program is stopping.");
            }

            if (_waiting.Count >= LedgerLimits.WaitingAppends)
            {
                throw new StoreException($"{LedgerLimits.WaitingAppends} entries wait for the ledger already; the disk does not keep up. Try again later.");
            }

            _waiting.Enqueue(append);
        }

        if (_worker is null)
        {
            Step(all: false);
        }
        else
        {
            _wake.Set();
        }

        return new ValueTask<long>(append.Done.Task);
    }

    /// <inheritdoc/>
    public bool TryNote(string city, LedgerEntry entry) =>
        !_closed && _ledgers.Find(city) is { IsWell: true } && _notes.TryAdd(city, entry);

    /// <summary>Writes what waits.</summary>
    /// <param name="all">True to write the notes although they could still gather others.</param>
    /// <returns>Whether everything was written.</returns>
    public bool Step(bool all)
    {
        lock (_stepGate)
        {
            var appends = TakeAppends();
            var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
            var areNotesDue = all || Math.Abs(now - _drainedMs) >= LedgerLimits.NoteInterval.TotalMilliseconds;
            List<(string City, LedgerEntry Entry)> notes = [];
            if (areNotesDue)
            {
                (notes, _drainedMs) = (_notes.Drain(), now);
            }

            var isWritten = true;
            foreach (var city in appends.Select(a => a.City).Concat(notes.Select(n => n.City)).Distinct(StringComparer.Ordinal))
            {
                isWritten &= TryWrite(
                    city,
                    [.. appends.Where(a => string.Equals(a.City, city, StringComparison.Ordinal))],
                    [.. notes.Where(n => string.Equals(n.City, city, StringComparison.Ordinal)).Select(n => n.Entry)]);
            }

            foreach (var (_, ledger) in _ledgers.All)
            {
                Tend(ledger);
            }

            return isWritten;
        }
    }

    /// <summary>Writes what waits and signs.</summary>
    /// <exception cref="StoreException">The disk refused, or the ledger is broken.</exception>
    public CityLedger Sign(string city)
    {
        lock (_stepGate)
        {
            var ledger = _ledgers.Get(city);
            Step(all: true);
            ledger.SignIfDue(always: true);
            return ledger.IsWell ? ledger : throw new StoreException(ledger.Finding?.Message ?? $"The ledger of {city} cannot be written.");
        }
    }

    /// <summary>Keeps a broken ledger aside and begins the next; null when it is not broken.</summary>
    /// <exception cref="StoreException">The disk refused.</exception>
    public LedgerBreak? AcceptBreak(string city, string by, string because)
    {
        lock (_stepGate)
        {
            var broken = _ledgers.Get(city);
            if (broken.Broken is not { } found)
            {
                return null;
            }

            var accepted = new LedgerBreak(broken.Good?.Size ?? 0, broken.Good?.Root.ToString(), found, LedgerPaths.Aside(broken.Generation));
            var good = accepted.GoodRoot is { } root ? $"{accepted.GoodSize} entries with root {root} hold" : "no entry is known to hold";
            var entry = new LedgerEntry(
                _time.GetUtcNow().ToUnixTimeMilliseconds(), LedgerEntryKind.Break, by, null, null, [], null, 0, 1, null, null,
                $"accepted because {because}; {good}; found: {found}");
            try
            {
                _ledgers.Continue(city, _pseudonyms.Apply(entry)).SignIfDue(always: true);
            }
            catch (IOException failure)
            {
                throw new StoreException($"The break of the ledger of {city} was not accepted: {failure.Message} Mend the disk and accept it again.", failure);
            }

            return accepted;
        }
    }

    /// <summary>Writes what waits, signs every ledger, and ends. The store ends it, and so may whoever holds its ports.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
        }

        _wake.Set();
        _worker?.Join();
        lock (_stepGate)
        {
            Step(all: true);
            foreach (var (_, ledger) in _ledgers.All)
            {
                ledger.SignIfDue(always: true);
            }
        }

        _wake.Dispose();
        _ledgers.Dispose();
    }

    private void Work()
    {
        while (!_closed)
        {
            _wake.WaitOne(LedgerLimits.NoteInterval);
            Step(all: false);
        }
    }

    private List<WaitingAppend> TakeAppends()
    {
        lock (_gate)
        {
            var taken = _waiting.ToList();
            _waiting.Clear();
            return taken;
        }
    }

    private bool TryWrite(string city, List<WaitingAppend> appends, List<LedgerEntry> notes)
    {
        var durable = 0;
        Exception? refused = null;
        var first = 0L;
        try
        {
            var ledger = _ledgers.Get(city);
            var entries = appends.Select(a => _pseudonyms.Apply(a.Entry)).Concat(notes.Select(_pseudonyms.Apply)).ToList();
            first = ledger.Size;
            ledger.Append(entries, written => durable = written);
        }
        catch (Exception failure) when (failure is IOException or StoreException)
        {
            refused = failure;
        }

        _notes.Written(notes.Take(Math.Max(0, durable - appends.Count)));
        _notes.GiveBack(notes.Skip(Math.Max(0, durable - appends.Count)).Select(n => (city, n)));
        for (var i = 0; i < appends.Count; i++)
        {
            if (i < durable)
            {
                appends[i].Done.TrySetResult(first + i);
            }
            else
            {
                appends[i].Done.TrySetException(refused as StoreException ?? new StoreException(
                    $"The ledger of {city} cannot be written, so nothing was changed: {refused?.Message} Free space on the disk and try again.", refused));
            }
        }

        return refused is null;
    }

    private void Tend(CityLedger ledger)
    {
        if (ledger is { IsWell: false, Broken: null } && _notes.Waiting == 0)
        {
            ledger.TryRecover();
        }

        ledger.SignIfDue(always: false);
    }
}
