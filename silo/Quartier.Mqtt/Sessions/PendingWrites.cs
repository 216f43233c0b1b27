namespace Quartier.Mqtt.Sessions;

/// <summary>What must reach the disk before something may be acknowledged or sent. Nothing, for clients without lasting sessions.</summary>
internal sealed class PendingWrites
{
    private readonly List<StoredChange> _changes = [];
    private readonly List<OutgoingEntry> _entries = [];

    public bool IsEmpty => _changes.Count == 0;

    public void Add(in StoredChange change) => _changes.Add(change);

    /// <summary>A message that may be sent once the change is on the disk.</summary>
    public void Add(in StoredChange change, OutgoingEntry entry)
    {
        _changes.Add(change);
        _entries.Add(entry);
    }

    /// <summary>Brings all to the disk and lets the messages go; when that fails the messages are dropped, and the failure is thrown.</summary>
    public async Task CommitAsync(ISessionStore store)
    {
        if (IsEmpty)
        {
            return;
        }

        var stored = false;
        try
        {
            await store.WriteAsync([.. _changes]).ConfigureAwait(false);
            stored = true;
        }
        finally
        {
            foreach (var entry in _entries)
            {
                entry.Mailbox.OnStored(entry, stored);
            }

            foreach (var entry in _entries)
            {
                entry.Mailbox.Pump();
            }
        }
    }

    /// <summary>Nothing will be written: the messages are dropped.</summary>
    public void Drop()
    {
        foreach (var entry in _entries)
        {
            entry.Mailbox.OnStored(entry, succeeded: false);
            entry.Mailbox.Pump();
        }
    }

    public void Clear()
    {
        _changes.Clear();
        _entries.Clear();
    }
}
