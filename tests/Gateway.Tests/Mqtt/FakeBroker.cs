using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests.Mqtt;

/// <summary>What a broker received.</summary>
internal sealed record Publication(string Client, string Topic, byte[] Payload, ushort Id, bool Duplicate)
{
    public string Text => Encoding.UTF8.GetString(Payload);
}

/// <summary>A broker of a page: takes connections on loopback, records publications, and acknowledges as it is told.</summary>
internal sealed class FakeBroker : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource goodbye = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private readonly List<Publication> publications = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> waiters = [];
    private readonly Task accepting;

    public FakeBroker()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Decides on each publication: the reason code of its PUBACK, or null for no answer. Runs on the broker's thread.</summary>
    public Func<Publication, byte?> Answer { get; init; } = _ => 0;

    /// <summary>True to end the connection right after a publication.</summary>
    public Func<Publication, bool> Hangup { get; init; } = _ => false;

    /// <summary>Code of every CONNACK.</summary>
    public byte ConnectCode { get; init; }

    /// <summary>Receive Maximum of every CONNACK; 0 for none.</summary>
    public ushort ReceiveMaximum { get; init; }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Connections { get; private set; }

    /// <summary>Completes when a client has said goodbye.</summary>
    public Task Goodbye => goodbye.Task;

    public IReadOnlyList<Publication> Publications
    {
        get
        {
            lock (gate)
            {
                return [.. publications];
            }
        }
    }

    public Task WhenReceived(int count)
    {
        lock (gate)
        {
            if (publications.Count >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiters.Add((count, reached));
            return reached.Task;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (stopping.IsCancellationRequested)
        {
            return;
        }

        await stopping.CancelAsync();
        await accepting;
        listener.Dispose(); // Not before: between two connections it would be asked for another one.
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(stopping.Token);
                Connections++;
                serving.Add(ServeAsync(socket));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        socket.NoDelay = true;
        using var stream = new NetworkStream(socket, ownsSocket: true);
        var client = string.Empty;
        try
        {
            while (await ReadPacketAsync(stream) is var (first, body) && await TakeAsync(stream, first, body, client) is { } name)
            {
                client = name;
            }
        }
        catch (Exception exception) when (exception is IOException or EndOfStreamException or OperationCanceledException)
        {
            // The client went, or the test is over.
            return;
        }
    }

    private async Task<string?> TakeAsync(NetworkStream stream, byte first, byte[] body, string client)
    {
        switch (first & 0xF0)
        {
            case 0x10:
                await stream.WriteAsync(Consent(body), stopping.Token);
                return ConnectCode == 0 ? ClientId(body) : null;
            case 0x30:
                return await PublishedAsync(stream, Read(first, body, client), first) ? client : null;
            case 0xC0:
                await stream.WriteAsync(new byte[] { 0xD0, 0 }, stopping.Token);
                return client;
            default:
                // A goodbye, or something malformed: both end the connection.
                _ = first == 0xE0 && goodbye.TrySetResult();
                return null;
        }
    }

    private async Task<bool> PublishedAsync(NetworkStream stream, Publication publication, byte first)
    {
        List<TaskCompletionSource> reached;
        lock (gate)
        {
            publications.Add(publication);
            reached = [.. waiters.Where(waiter => waiter.Count <= publications.Count).Select(waiter => waiter.Reached)];
        }

        reached.ForEach(waiter => waiter.TrySetResult());
        if ((first & 0x06) != 0 && Answer(publication) is { } reason)
        {
            byte[] id = [(byte)(publication.Id >> 8), (byte)publication.Id];
            await stream.WriteAsync(reason == 0 ? [0x40, 2, .. id] : (byte[])[0x40, 3, .. id, reason], stopping.Token);
        }

        return !Hangup(publication);
    }

    private byte[] Consent(byte[] connect) => (connect[6], ReceiveMaximum) switch
    {
        (5, 0) => [0x20, 3, 0, ConnectCode, 0],
        (5, _) => [0x20, 6, 0, ConnectCode, 3, 0x21, (byte)(ReceiveMaximum >> 8), (byte)ReceiveMaximum],
        _ => [0x20, 2, 0, ConnectCode],
    };

    private static string ClientId(byte[] connect)
    {
        var start = connect[6] == 5 ? 11 : 10;
        return Encoding.UTF8.GetString(connect, start + 2, BinaryPrimitives.ReadUInt16BigEndian(connect.AsSpan(start)));
    }

    /// <summary>Clients of version 5 are recognized by the empty properties before the JSON.</summary>
    private static Publication Read(byte first, byte[] body, string client)
    {
        var topicBytes = BinaryPrimitives.ReadUInt16BigEndian(body);
        var position = 2 + topicBytes;
        ushort id = 0;
        if ((first & 0x06) != 0)
        {
            id = BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(position));
            position += 2;
        }

        position += body[position] == 0 ? 1 : 0;
        return new Publication(client, Encoding.UTF8.GetString(body, 2, topicBytes), body[position..], id, (first & 0x08) != 0);
    }

    private async Task<(byte First, byte[] Body)> ReadPacketAsync(NetworkStream stream)
    {
        var one = new byte[1];
        await stream.ReadExactlyAsync(one, stopping.Token);
        var first = one[0];
        var length = 0;
        var shift = 0;
        do
        {
            await stream.ReadExactlyAsync(one, stopping.Token);
            length |= (one[0] & 0x7F) << shift;
            shift += 7;
            if (shift > 28)
            {
                throw new EndOfStreamException("malformed length");
            }
        }
        while ((one[0] & 0x80) != 0);
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, stopping.Token);
        return (first, body);
    }
}
