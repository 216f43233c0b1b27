using Quartier.Contracts.Readings;

namespace Quartier.Storage.Journals;

/// <summary>
/// Appends records in memory and brings all that has gathered to the disk with one write and one sync (group commit). While one
/// group is on its way the next gathers; no delay is set.
/// </summary>
internal sealed class Journal : IDisposable
{
    /// <summary>Frames kept for reuse: two groups of ordinary load; a burst's frames are given back.</summary>
    private const int MostFreeChunks = 16;

    private readonly object _gate = new();
    private readonly object _flushGate = new();
    private readonly StoreOptions _options;
    private readonly StoreCounters _counters;
    private readonly Stack<JournalChunk> _free = new();
    private List<JournalChunk> _pending = [];
    private List<JournalChunk> _writing = [];
    private TaskCompletionSource? _inFlight;
    private TaskCompletionSource? _next;
    private long _inFlightEnd;
    private long _end;
    private long _durable;
    private bool _awaiting;
    private bool _writerWaits;
    private bool _closed;

    /// <summary>Creates a journal whose next frame begins at the position.</summary>
    public Journal(JournalSegments segments, long end, StoreOptions options, StoreCounters counters)
    {
        (Segments, _options, _counters) = (segments, options, counters);
        (_end, _durable, _inFlightEnd) = (end, end, end);
    }

    /// <summary>The files.</summary>
    public JournalSegments Segments { get; }

    /// <summary>Position after the last record appended.</summary>
    public long End => Volatile.Read(ref _end);

    /// <summary>Nothing more is accepted.</summary>
    public bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>A worker thread waits for a position to become durable.</summary>
    public bool IsAwaited => Volatile.Read(ref _awaiting);

    /// <summary>Everything before this position has reached the disk.</summary>
    public long Durable => Volatile.Read(ref _durable);

    /// <summary>Why the last attempt to write failed, or null.</summary>
    public IOException? Failure { get; private set; }

    /// <summary>During recovery frames claim nothing durable, so that positions lost before are not taken for damage.</summary>
    public bool ClaimsDurable { get; set; } = true;

    /// <summary>Longest run of records that one <see cref="Append"/> may bring, in bytes.</summary>
    public int MostAppendBytes => _options.FrameBytes - JournalFormat.FrameHeaderBytes;

    /// <summary>Refuses when the journal is closed or too much waits for the disk.</summary>
    public void EnsureAccepting()
    {
        if (IsClosed)
        {
            throw new StoreException("The store has been closed.");
        }

        if (End - Durable > _options.PendingLimitBytes)
        {
            throw new StoreException(
                $"{(End - Durable) >> 20} MiB wait for the disk, the limit is {_options.PendingLimitBytes >> 20} MiB. {Failure?.Message ?? "The disk is too slow."}");
        }
    }

    /// <summary>Appends whole records and returns the ticket to wait for.</summary>
    public long Append(ReadOnlySpan<byte> records, int firstExpiryDay)
    {
        lock (_gate)
        {
            if (_pending.Count == 0 || !_pending[^1].TryAdd(records, firstExpiryDay))
            {
                var chunk = _free.Count > 0 ? _free.Pop() : new JournalChunk(_options.FrameBytes);
                chunk.Begin(_end);
                if (!chunk.TryAdd(records, firstExpiryDay))
                {
                    throw new ArgumentException($"{records.Length} bytes of records, at most {MostAppendBytes} fit a frame.", nameof(records));
                }

                _pending.Add(chunk);
            }

            Volatile.Write(ref _end, _pending[^1].End);
            if (_writerWaits)
            {
                _writerWaits = false;
                Monitor.PulseAll(_gate);
            }

            return _end;
        }
    }

    /// <summary>Completes when everything up to the ticket is on the disk; waiters of one group share one completion.</summary>
    public ValueTask WhenDurable(long ticket)
    {
        if (ticket <= Durable)
        {
            return default;
        }

        lock (_gate)
        {
            if (ticket <= _durable)
            {
                return default;
            }

            if (_closed)
            {
                return ValueTask.FromException(Closed());
            }

            var group = ticket <= _inFlightEnd
                ? _inFlight ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
                : _next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask(group.Task);
        }
    }

    /// <summary>Blocks the calling worker thread until there is something to write; false when the journal is closed and empty.</summary>
    public bool WaitForWork()
    {
        lock (_gate)
        {
            while (_pending.Count == 0 && _writing.Count == 0 && !_closed)
            {
                _writerWaits = true;
                Monitor.Wait(_gate);
            }

            _writerWaits = false;
            return !_closed || _pending.Count > 0 || _writing.Count > 0;
        }
    }

    /// <summary>Writes and syncs what has gathered. False when the disk refused: nothing is lost, call again.</summary>
    public bool Flush()
    {
        lock (_flushGate)
        {
            if (_writing.Count == 0 && !TakePending())
            {
                return true;
            }

            try
            {
                foreach (var chunk in _writing)
                {
                    Segments.Write(chunk, ClaimsDurable ? _durable : 0);
                }

                Segments.Flush();
            }
            catch (IOException failure)
            {
                // What a failed write or sync left behind is unknown: the group is written again, to a new file.
                Segments.Abandon(_durable);
                Failure = failure;
                return false;
            }

            Failure = null;
            Publish();
            return true;
        }
    }

    /// <summary>Writes what has gathered and lets the next frame begin a new file. False when the disk refused.</summary>
    public bool FlushAndRotate()
    {
        lock (_flushGate)
        {
            if (!Flush())
            {
                return false;
            }

            Segments.Leave();
            return true;
        }
    }

    /// <summary>Blocks the calling worker thread until the position is durable; false when the journal closes or the disk refuses.</summary>
    public bool AwaitDurable(long position)
    {
        if (_options.Inline)
        {
            return (position <= Durable || Flush()) && position <= Durable;
        }

        lock (_gate)
        {
            Volatile.Write(ref _awaiting, true);
            while (position > _durable && !_closed && Failure is null)
            {
                Monitor.Wait(_gate, _options.RetryInterval);
            }

            Volatile.Write(ref _awaiting, false);
            return position <= _durable;
        }
    }

    /// <summary>Ends appending and wakes whoever waits. Call <see cref="Flush"/> after it to bring the rest to the disk.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Closes the files; whoever still waits is told that its readings may not be stored.</summary>
    public void Dispose()
    {
        Close();
        Segments.Dispose();
        lock (_gate)
        {
            _inFlight?.TrySetException(Closed());
            _next?.TrySetException(Closed());
        }
    }

    private static StoreException Closed() => new("The store was closed before the readings reached the disk. Send them again.");

    private bool TakePending()
    {
        lock (_gate)
        {
            (_pending, _writing) = (_writing, _pending);
            (_inFlight, _next) = (_next, null);
            _inFlightEnd = _end;
            return _writing.Count > 0;
        }
    }

    private void Publish()
    {
        TaskCompletionSource? completed;
        var bytes = _writing.Sum(c => (long)c.Frame.Length);
        lock (_gate)
        {
            Volatile.Write(ref _durable, _inFlightEnd);
            completed = _inFlight;
            _inFlight = null;
            foreach (var chunk in _writing)
            {
                if (_free.Count < MostFreeChunks)
                {
                    _free.Push(chunk);
                }
            }

            _writing.Clear();
            Monitor.PulseAll(_gate);
        }

        _counters.AddSync(bytes);
        completed?.TrySetResult();
    }
}
