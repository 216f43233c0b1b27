namespace Quartier.Gateway.Mqtt;

/// <summary>
/// What a publisher has to send: the packets collected for the next write, and those that wait for their acknowledgement.
/// Thread-safe: one caller fills it, another thread takes acknowledgements.
/// </summary>
internal sealed class Outbox
{
    private readonly Lock gate = new();
    private readonly MqttPublisherOptions options;
    private readonly TimeProvider time;
    private readonly Action<Acknowledgement>? acknowledged;
    private readonly InFlightWindow window;
    private OutputBuffer filling = new();
    private OutputBuffer spare = new();
    private TaskCompletionSource? waiter;
    private long waitedHead;
    private int waitedRoom;
    private long marked;
    private Exception? ended;

    public Outbox(MqttPublisherOptions options, TimeProvider time, Action<Acknowledgement>? acknowledged)
    {
        this.options = options;
        this.time = time;
        this.acknowledged = acknowledged;
        window = new InFlightWindow(options.Window);
    }

    public long Published { get; private set; }

    public long Acknowledged { get; private set; }

    public long Refused { get; private set; }

    public long Resent { get; private set; }

    /// <summary>Collects one message.</summary>
    /// <param name="topic">UTF-8.</param>
    /// <param name="payload">Any bytes.</param>
    /// <param name="tag">Comes back with the acknowledgement.</param>
    /// <param name="isFull">True when a write is due.</param>
    /// <returns>False when the window is full.</returns>
    public bool TryAppend(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, long tag, out bool isFull)
    {
        lock (gate)
        {
            isFull = true;
            if (options.Acknowledged && window.Room <= 0)
            {
                return false;
            }

            if (options.Acknowledged)
            {
                filling.Append(window.Add(options.Version, topic, payload, tag));
            }
            else
            {
                var most = topic.Length + payload.Length + PublishPacket.LargestOverheadBytes;
                filling.Trim(most - PublishPacket.Write(filling.Reserve(most), options.Version, topic, payload, id: 0));
            }

            Published++;
            isFull = filling.Messages >= options.MessagesPerWrite;
            return true;
        }
    }

    /// <summary>Takes what has been collected. The caller writes it and clears it before it collects again.</summary>
    public OutputBuffer Collect()
    {
        lock (gate)
        {
            var full = filling;
            filling = spare;
            spare = full;
            window.MarkWritten(marked, time.GetTimestamp());
            marked = window.Tail;
            return full;
        }
    }

    /// <summary>Everything that a new connection must be sent, oldest first; what was collected is part of it.</summary>
    public OutputBuffer CollectAgain(int receiveMaximum)
    {
        var again = new OutputBuffer();
        lock (gate)
        {
            window.LimitTo(receiveMaximum);
            if (options.Acknowledged)
            {
                Resent += window.Resend((packet, bytes) => again.Append(packet.AsSpan(0, bytes)));
                filling.Clear();
                window.MarkWritten(window.Head, time.GetTimestamp());
                marked = window.Tail;
            }
        }

        return again;
    }

    /// <summary>Waits until the first messages are answered and the window has room.</summary>
    /// <param name="messages">How many messages, counted from the publisher's first.</param>
    /// <param name="room">How many more must fit.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task WhenAnsweredAsync(long messages, int room, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (!options.Acknowledged || IsReached(messages, room))
            {
                return Task.CompletedTask;
            }

            if (ended is not null)
            {
                return Task.FromException(ended);
            }

            waitedHead = messages;
            waitedRoom = room;
            waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return waiter.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>Lets nobody wait any longer: no further acknowledgement will come.</summary>
    public void End(Exception reason)
    {
        lock (gate)
        {
            ended = reason;
            waiter?.TrySetException(reason);
        }
    }

    /// <summary>Takes the whole packets at the start of what the server sent.</summary>
    /// <returns>Bytes taken.</returns>
    public int Take(ReadOnlySpan<byte> received)
    {
        var now = time.GetTimestamp();
        var taken = 0;
        TaskCompletionSource? reached = null;
        lock (gate)
        {
            int bytes;
            while ((bytes = IncomingPackets.TryTake(received[taken..], out var kind, out var body)) > 0)
            {
                TakeOne(kind, body, now);
                taken += bytes;
            }

            if (waiter is not null && IsReached(waitedHead, waitedRoom))
            {
                reached = waiter;
                waiter = null;
            }
        }

        reached?.TrySetResult();
        return taken;
    }

    /// <summary>The room asked for may be more than a server allows that lowered the window meanwhile.</summary>
    private bool IsReached(long messages, int room) => window.Head >= messages && window.Room >= Math.Min(room, window.Limit);

    private void TakeOne(byte kind, ReadOnlySpan<byte> body, long now)
    {
        switch (kind)
        {
            case IncomingPackets.PublishAcknowledgement:
                var (id, reason) = IncomingPackets.ReadAcknowledgement(body);
                if (window.TryAcknowledge(id, now, reason, out var acknowledgement))
                {
                    Acknowledged += acknowledgement.IsRefusal ? 0 : 1;
                    Refused += acknowledgement.IsRefusal ? 1 : 0;
                    acknowledged?.Invoke(acknowledgement);
                }

                break;
            case IncomingPackets.PingResponse:
                break;
            case IncomingPackets.Disconnect:
                throw new MqttConnectionException($"The server ended the connection with code 0x{(body.Length > 0 ? body[0] : (byte)0):X2}.");
            default:
                throw new MqttConnectionException($"The server sent a packet of kind 0x{kind:X2} that a publisher does not expect.");
        }
    }
}
