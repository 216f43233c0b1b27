namespace Quartier.Mqtt.Sessions;

/// <summary>
/// Changes that promise nothing to anybody, most of all the removal of what has been acknowledged: collected while the last ones are under way, so
/// that many acknowledgements share one write. What is lost with the process is sent again, marked as a duplicate.
/// </summary>
internal sealed class LaterWrites(ISessionStore store, int maxWaiting, Action<Exception> failed)
{
    private readonly Lock _lock = new();
    private List<StoredChange> _waiting = [];
    private bool _writing;
    private TaskCompletionSource? _room;

    /// <summary>The store is so far behind that sockets must not be read.</summary>
    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count >= maxWaiting;
            }
        }
    }

    /// <summary>Completes when the store has taken up what waits.</summary>
    public Task WaitForRoomAsync()
    {
        lock (_lock)
        {
            return _waiting.Count < maxWaiting
                ? Task.CompletedTask
                : (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public void Add(in StoredChange change)
    {
        lock (_lock)
        {
            _waiting.Add(change);
            if (_writing)
            {
                return;
            }

            _writing = true;
        }

        _ = WriteAsync();
    }

    /// <summary>
    /// A change whose place among other writes of the same record matters: it is handed to the store before this returns. At most one for each write that its connection
    /// waited for before, so that those who wait bound these too.
    /// </summary>
    public void Now(IReadOnlyList<StoredChange> changes) => _ = ObserveAsync(store.WriteAsync(changes));

    private async Task ObserveAsync(Task write)
    {
        try
        {
            await write.ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // The boundary to the store: nothing was promised, but the disk should be looked at.
            failed(failure);
        }
    }

    private async Task WriteAsync()
    {
        await Task.Yield(); // Not on the caller's thread, which reads a socket.
        while (TryTake(out var changes))
        {
            await ObserveAsync(store.WriteAsync(changes)).ConfigureAwait(false);
        }
    }

    private bool TryTake(out List<StoredChange> changes)
    {
        lock (_lock)
        {
            changes = _waiting;
            _waiting = [];
            _room?.TrySetResult();
            _room = null;
            _writing = changes.Count > 0;
            return _writing;
        }
    }
}
