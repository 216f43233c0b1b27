using Quartier.Contracts.Ledgers;

namespace Quartier.Storage.Ledgers;

/// <summary>Gathers like reads and denials until they are written.</summary>
internal sealed class NoteBook
{
    /// <summary>What stands in place of the streams and words of denials beyond the bound.</summary>
    public const string Further = "further denials, not told apart";

    private readonly Lock _gate = new();
    private Dictionary<NoteKey, (string City, Note Note)> _notes = [];
    private int _denials;
    private int _waiting;

    /// <summary>Different notes held, those that are being written included.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Takes a note; false when there is no room.</summary>
    public bool TryAdd(string city, LedgerEntry entry)
    {
        var key = new NoteKey(city, entry);
        lock (_gate)
        {
            if (_notes.TryGetValue(key, out var held))
            {
                held.Note.Add(entry);
                return true;
            }

            if (entry.Kind == LedgerEntryKind.Denial && _denials >= LedgerLimits.DenialsHeld)
            {
                return TryAddFurther(city, entry);
            }

            return TryAddNew(key, city, entry);
        }
    }

    /// <summary>Everything that waits. Give back what could not be written.</summary>
    public List<(string City, LedgerEntry Entry)> Drain()
    {
        lock (_gate)
        {
            var drained = _notes.Values.Select(n => (n.City, n.Note.Entry)).ToList();
            _notes = [];
            return drained;
        }
    }

    /// <summary>Counts notes of a drain as written.</summary>
    public void Written(IEnumerable<LedgerEntry> entries)
    {
        lock (_gate)
        {
            foreach (var entry in entries)
            {
                Forget(entry);
            }
        }
    }

    /// <summary>Takes back what a drain gave and could not be written: there is always room for it.</summary>
    public void GiveBack(IEnumerable<(string City, LedgerEntry Entry)> notes)
    {
        lock (_gate)
        {
            foreach (var (city, entry) in notes)
            {
                var key = new NoteKey(city, entry);
                if (_notes.TryGetValue(key, out var held))
                {
                    Forget(entry);
                    held.Note.Add(entry);
                }
                else
                {
                    _notes.Add(key, (city, new Note(entry)));
                }
            }
        }
    }

    private bool TryAddFurther(string city, LedgerEntry entry)
    {
        var further = entry with { Purpose = null, District = null, Streams = [], Resolution = null, PolicyVersion = null, Grant = null, Detail = Further };
        var key = new NoteKey(city, further);
        if (_notes.TryGetValue(key, out var held))
        {
            held.Note.Add(further);
            return true;
        }

        return TryAddNew(key, city, further);
    }

    private bool TryAddNew(NoteKey key, string city, LedgerEntry entry)
    {
        if (_waiting >= LedgerLimits.NotesHeld)
        {
            return false;
        }

        _notes.Add(key, (city, new Note(entry)));
        Volatile.Write(ref _waiting, _waiting + 1);
        _denials += entry.Kind == LedgerEntryKind.Denial ? 1 : 0;
        return true;
    }

    private void Forget(LedgerEntry entry)
    {
        Volatile.Write(ref _waiting, _waiting - 1);
        _denials -= entry.Kind == LedgerEntryKind.Denial ? 1 : 0;
    }
}
