namespace Quartier.Mqtt.Connections;

/// <summary>
/// What all connections together may have in the ingest without it being durable. Whoever finds it used up waits in
/// turn, and does not read its socket meanwhile; TCP then holds back the client.
/// </summary>
internal sealed class InFlightBudget(int maxMessages, long maxBytes)
{
    private readonly Lock _lock = new();
    private readonly Queue<Waiter> _waiting = new();
    private int _messages;
    private long _bytes;

    /// <summary>Messages in flight.</summary>
    public int Messages
    {
        get
        {
            lock (_lock)
            {
                return _messages;
            }
        }
    }

    /// <summary>Takes the amount at once, if there is room and nobody waits.</summary>
    public bool TryReserve(int messages, int bytes)
    {
        lock (_lock)
        {
            if (_waiting.Count > 0 || !HasRoom(messages, bytes))
            {
                return false;
            }

            Take(messages, bytes);
            return true;
        }
    }

    /// <summary>Takes the amount as soon as there is room, in order of arrival.</summary>
    /// <exception cref="OperationCanceledException">The connection has gone; nothing is taken.</exception>
    public async ValueTask ReserveAsync(int messages, int bytes, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_lock)
        {
            if (_waiting.Count == 0 && HasRoom(messages, bytes))
            {
                Take(messages, bytes);
                return;
            }

            waiter = new Waiter(messages, bytes);
            _waiting.Enqueue(waiter);
        }

        var registration = cancellationToken.UnsafeRegister(static (state, token) => ((Waiter)state!).TrySetCanceled(token), waiter);
        await using var unregister = registration.ConfigureAwait(false);
        try
        {
            await waiter.Task.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Release(0, 0); // Whoever waits behind may be smaller.
            throw;
        }
    }

    /// <summary>Gives back what has become durable.</summary>
    public void Release(int messages, int bytes)
    {
        lock (_lock)
        {
            _messages -= messages;
            _bytes -= bytes;
            while (_waiting.TryPeek(out var next) && (next.Task.IsCompleted || HasRoom(next.Messages, next.Bytes)))
            {
                _waiting.Dequeue();
                if (next.TrySetResult())
                {
                    Take(next.Messages, next.Bytes);
                }
            }
        }
    }

    /// <summary>An amount beyond the whole budget still fits when nothing else is in flight.</summary>
    private bool HasRoom(int messages, int bytes) =>
        _messages == 0 || (_messages + messages <= maxMessages && _bytes + bytes <= maxBytes);

    private void Take(int messages, int bytes)
    {
        _messages += messages;
        _bytes += bytes;
    }

    private sealed class Waiter(int messages, int bytes) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public int Messages { get; } = messages;

        public int Bytes { get; } = bytes;
    }
}
