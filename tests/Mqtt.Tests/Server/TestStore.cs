using Quartier.Mqtt.Sessions;

namespace Mqtt.Tests.Server;

/// <summary>A session store in memory: the simple second implementation. What it has not committed is lost with a crash.</summary>
internal sealed class TestStore : ISessionStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, (byte[] Value, long EndsMs)> _records = new(StringComparer.Ordinal);
    private readonly Queue<(IReadOnlyList<StoredChange> Changes, TaskCompletionSource Done)> _held = new();

    /// <summary>When true, writes wait for <see cref="Release"/>.</summary>
    public bool Holds { get; set; }

    /// <summary>When true, writes fail.</summary>
    public bool Fails { get; set; }

    public int Held
    {
        get
        {
            lock (_lock)
            {
                return _held.Count;
            }
        }
    }

    /// <summary>Kinds of the records, a letter for each, in order.</summary>
    public string Kinds
    {
        get
        {
            lock (_lock)
            {
                return string.Concat(_records.Keys.Select(key => (char)Convert.FromHexString(key)[0]));
            }
        }
    }

    /// <summary>When records with messages end.</summary>
    public long[] Ends
    {
        get
        {
            lock (_lock)
            {
                return [.. _records.Values.Select(r => r.EndsMs).Where(ends => ends != long.MaxValue)];
            }
        }
    }

    public IReadOnlyList<StoredRecord> Read(long nowMs)
    {
        lock (_lock)
        {
            return [.. _records.Where(r => r.Value.EndsMs > nowMs).Select(r => new StoredRecord(Convert.FromHexString(r.Key), r.Value.Value))];
        }
    }

    public Task WriteAsync(IReadOnlyList<StoredChange> changes)
    {
        lock (_lock)
        {
            if (Fails)
            {
                return Task.FromException(new IOException("The disk is full."));
            }

            if (Holds)
            {
                var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _held.Enqueue((changes, done));
                return done.Task;
            }

            Apply(changes);
            return Task.CompletedTask;
        }
    }

    /// <summary>Commits what waits, and no longer lets anything wait.</summary>
    public void Release()
    {
        lock (_lock)
        {
            Holds = false;
            while (_held.TryDequeue(out var next))
            {
                Apply(next.Changes);
                next.Done.SetResult();
            }
        }
    }

    /// <summary>What the next process would find if this one died now.</summary>
    public TestStore Crash()
    {
        var copy = new TestStore();
        lock (_lock)
        {
            foreach (var (key, value) in _records)
            {
                copy._records[key] = value;
            }
        }

        return copy;
    }

    private void Apply(IReadOnlyList<StoredChange> changes)
    {
        foreach (var change in changes)
        {
            var key = Convert.ToHexString(change.Key.Span);
            switch (change.Kind)
            {
                case StoredChangeKind.Keep:
                    _records[key] = (change.Value.ToArray(), change.EndsMs);
                    break;
                case StoredChangeKind.Remove:
                    _records.Remove(key);
                    break;
                default:
                    foreach (var gone in _records.Keys.Where(k => k.StartsWith(key, StringComparison.Ordinal)).ToList())
                    {
                        _records.Remove(gone);
                    }

                    break;
            }
        }
    }
}
