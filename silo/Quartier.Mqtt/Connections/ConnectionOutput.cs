using System.IO.Pipelines;

namespace Quartier.Mqtt.Connections;

/// <summary>
/// The way to the socket. Acknowledgements and deliveries come from many threads, so all that writes holds
/// <see cref="Gate"/>; one flush is under way at a time, and what is written meanwhile goes with the next.
/// </summary>
internal sealed class ConnectionOutput(PipeWriter writer)
{
    /// <summary>What may be written before a flush must follow: some socket buffers' worth.</summary>
    private const int MaxUnflushedBytes = 64 * 1024;

    private int _unflushed;
    private volatile bool _closed;
    private TaskCompletionSource? _drained;

    /// <summary>Guards this object and all that writes to it.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Called without <see cref="Gate"/> when a flush that had to wait has ended.</summary>
    public Action? Drained { get; set; }

    /// <summary>Called without <see cref="Gate"/> when a flush that had to wait has failed, or what <see cref="Drained"/> does: nothing more would be sent.</summary>
    public Action<Exception>? Failed { get; set; }

    /// <summary>The peer does not read: a flush is waiting for it.</summary>
    public bool IsBlocked { get; private set; }

    /// <summary>Nothing more may be written.</summary>
    public bool IsClosed => _closed;

    /// <summary>Memory for at least so many bytes.</summary>
    public Span<byte> GetSpan_NeedsLock(int bytes) => writer.GetSpan(bytes);

    /// <summary>So many bytes have been written.</summary>
    public void Advance_NeedsLock(int bytes)
    {
        writer.Advance(bytes);
        _unflushed += bytes;
    }

    /// <summary>Writes a whole packet; ignored once the output is closed.</summary>
    public void Write_NeedsLock(ReadOnlySpan<byte> packet)
    {
        if (!_closed)
        {
            packet.CopyTo(writer.GetSpan(packet.Length));
            Advance_NeedsLock(packet.Length);
        }
    }

    /// <summary>Whether a delivery may be written now; flushes first when much has been written.</summary>
    public bool HasRoom()
    {
        lock (Gate)
        {
            if (_unflushed >= MaxUnflushedBytes)
            {
                Flush_NeedsLock();
            }

            return !IsBlocked && !_closed;
        }
    }

    /// <summary>Hands what has been written to the socket.</summary>
    public void Flush()
    {
        lock (Gate)
        {
            Flush_NeedsLock();
        }
    }

    /// <summary>Hands what has been written to the socket, unless a flush is under way that will.</summary>
    public void Flush_NeedsLock()
    {
        if (_unflushed == 0 || IsBlocked || _closed)
        {
            return;
        }

        _unflushed = 0;
        if (BeginFlush() is { } flush)
        {
            IsBlocked = true;
            _ = AwaitFlushAsync(flush);
        }
    }

    /// <summary>Writes a packet and flushes.</summary>
    public void Send(ReadOnlySpan<byte> packet)
    {
        lock (Gate)
        {
            Write_NeedsLock(packet);
            Flush_NeedsLock();
        }
    }

    /// <summary>Completes when the peer has read enough, or the output is closed.</summary>
    public Task WaitUntilDrainedAsync()
    {
        lock (Gate)
        {
            return IsBlocked && !_closed
                ? (_drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task
                : Task.CompletedTask;
        }
    }

    /// <summary>Flushes and lets nothing more be written; wakes whoever waits.</summary>
    public void Close_NeedsLock()
    {
        Flush_NeedsLock();
        _closed = true;
        _drained?.TrySetResult();
        _drained = null;
    }

    /// <summary>Tells the transport that no more will come; it sends what it has and closes.</summary>
    public ValueTask CompleteAsync()
    {
        lock (Gate)
        {
            Close_NeedsLock();
        }

        return writer.CompleteAsync();
    }

    /// <summary>Flushes; null when that has succeeded already.</summary>
    private Task? BeginFlush()
    {
        try
        {
            var flush = writer.FlushAsync();
            return flush.IsCompletedSuccessfully && flush.GetAwaiter().GetResult() is var _ ? null : flush.AsTask();
        }
        catch (Exception failure)
        {
            // A transport that has failed throws at once. Whoever flushes may be another client's connection, which has nothing to do with that.
            return Task.FromException(failure);
        }
    }

    private async Task AwaitFlushAsync(Task flush)
    {
        // Always later, even if the flush has ended meanwhile: whoever flushed holds the gate, under which nobody must be called.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await flush.ConfigureAwait(false);
            lock (Gate)
            {
                IsBlocked = false;
                _drained?.TrySetResult();
                _drained = null;
                Flush_NeedsLock();
            }

            Drained?.Invoke(); // Takes the mailbox's lock, which comes before this one.
        }
        catch (Exception failure)
        {
            // Nobody waits for this task: without an end of the connection its output would stand still for ever.
            Failed?.Invoke(failure);
        }
    }
}
