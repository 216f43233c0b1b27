using System.Buffers;
using System.IO.Pipelines;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;
using Quartier.Mqtt.Topics;

namespace Quartier.Mqtt.Bridges;

/// <summary>
/// One connection to another broker, as its client (MQTT 3.1.1). What one read of the socket brought goes to the ingest in one call and is acknowledged
/// once that is safe; until then nothing more is read, so a slow ingest holds the broker back and at most one read's messages are in flight.
/// </summary>
/// <param name="stream">Connected, and encrypted where that is wanted; not closed here.</param>
/// <param name="session">Who comes, and for what.</param>
/// <param name="ingest">Takes what comes.</param>
/// <param name="counters">Counts it.</param>
/// <param name="time">The clock.</param>
public sealed class BrokerLink(Stream stream, BrokerSession session, IIngestSession ingest, BrokerCounters counters, TimeProvider time)
    : IDisposable
{
    /// <summary>Longest wait for CONNACK and SUBACK.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(20);

    /// <summary>One read of the socket: some hundred messages for one wait for the disk.</summary>
    private const int ReadBytes = 64 * 1024;

    private const ushort SubscribeId = 1;

    // Names of other brokers' topics are theirs; beyond what MQTT itself allows nothing is asked of them.
    private static readonly TopicLimits Limits = new(ushort.MaxValue, ushort.MaxValue + 1);

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ScratchBuffers _scratch = new();
    private readonly List<IncomingPublish> _publishes = [];
    private readonly List<ushort> _acknowledge = [];
    private ReasonCode[] _reasons = [];
    private long _heard;
    private bool _reading;
    private bool _subscribed;
    private bool _connected;

    /// <summary>Whether the broker had kept the session, so that nothing got lost while this side was away.</summary>
    public bool SessionPresent { get; private set; }

    /// <inheritdoc/>
    public void Dispose() => _writing.Dispose();

    /// <summary>Connects, subscribes, and takes what comes until the token is cancelled, then says good-bye.</summary>
    /// <param name="onSubscribed">Called once the broker has granted the subscriptions.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="BrokerException">The broker refused, went silent or closed the connection.</exception>
    /// <exception cref="MqttProtocolException">What it sent is no MQTT.</exception>
    /// <exception cref="IOException">The connection broke, or what came could not be made safe.</exception>
    public async Task RunAsync(Action onSubscribed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(onSubscribed);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _heard = time.GetTimestamp();
        await WriteAsync(ClientPackets.Connect(session), ending.Token).ConfigureAwait(false);
        var keeping = KeepAliveAsync(ending);
        try
        {
            await ReadAsync(onSubscribed, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BrokerException($"The broker has been silent for {Silence.TotalSeconds:0} s.");
        }
        catch (OperationCanceledException)
        {
            // Told to stop: what was not acknowledged comes again.
            await WriteAsync(ClientPackets.Disconnect, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _scratch.ReturnAll();
        }
    }

    private TimeSpan Silence => _subscribed ? session.KeepAlive * 1.5 : AnswerTimeout;

    private async Task ReadAsync(Action onSubscribed, CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: ReadBytes, leaveOpen: true));
        try
        {
            while (true)
            {
                Volatile.Write(ref _reading, true);
                var read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                Volatile.Write(ref _reading, false);
                Interlocked.Exchange(ref _heard, time.GetTimestamp());
                var taken = Take(read.Buffer, out var consumed, out var answer);
                reader.AdvanceTo(consumed, read.Buffer.End);
                await taken.ConfigureAwait(false);
                await AnswerAsync(answer, onSubscribed, cancellationToken).ConfigureAwait(false);
                if (read.IsCompleted)
                {
                    throw new BrokerException("The broker closed the connection.");
                }
            }
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Cuts what was read into packets and hands its messages over.</summary>
    private ValueTask Take(in ReadOnlySequence<byte> buffer, out SequencePosition consumed, out PacketType? answer)
    {
        answer = null;
        _publishes.Clear();
        _acknowledge.Clear();
        var frames = new FrameReader(buffer, session.MaxPacketBytes, ProtocolVersion.V311, _scratch);
        while (frames.TryRead(out var frame))
        {
            answer = Read(frame) ?? answer;
        }

        consumed = frames.Rest.Start;
        if (_publishes.Count == 0)
        {
            return ValueTask.CompletedTask;
        }

        if (_reasons.Length < _publishes.Count)
        {
            _reasons = new ReasonCode[_publishes.Count * 2];
        }

        _reasons.AsSpan(0, _publishes.Count).Clear();
        return ingest.Accept(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_publishes), _reasons.AsMemory(0, _publishes.Count));
    }

    private PacketType? Read(in Frame frame)
    {
        switch (frame.Type)
        {
            case PacketType.Publish when _subscribed || SessionPresent:
                Collect(PublishParser.Parse(frame, ProtocolVersion.V311, Limits, aliases: null));
                return null;
            case PacketType.ConnAck when !_connected:
                _connected = true;
                SessionPresent = ClientPackets.ReadConnAck(frame);
                return PacketType.ConnAck;
            case PacketType.SubAck when _connected && !_subscribed:
                ClientPackets.CheckSubAck(frame, session.Filters);
                _subscribed = true;
                return PacketType.SubAck;
            case PacketType.PingResp when _connected:
                return null;
            default:
                throw MqttProtocolException.Protocol($"The broker sent {frame.Type}, which does not belong here.");
        }
    }

    private void Collect(in IncomingPublish publish)
    {
        if (publish.Qos == QualityOfService.ExactlyOnce)
        {
            throw MqttProtocolException.Protocol("The broker sent a message at quality of service 2; 1 was subscribed to.");
        }

        if (publish.Qos == QualityOfService.AtLeastOnce)
        {
            _acknowledge.Add(publish.PacketId);
        }

        if (publish.Retain)
        {
            counters.AddRetained();
        }
        else
        {
            _publishes.Add(publish);
        }
    }

    /// <summary>Everything that was read is safe: acknowledges it, and goes on with the greeting.</summary>
    private async Task AnswerAsync(PacketType? answer, Action onSubscribed, CancellationToken cancellationToken)
    {
        _scratch.ReturnAll();
        Count();
        if (_acknowledge.Count > 0)
        {
            await WriteAsync(Acknowledgements(), cancellationToken).ConfigureAwait(false);
        }

        if (answer == PacketType.ConnAck)
        {
            await WriteAsync(ClientPackets.Subscribe(SubscribeId, session.Filters), cancellationToken).ConfigureAwait(false);
        }
        else if (answer == PacketType.SubAck)
        {
            onSubscribed();
        }
    }

    private void Count()
    {
        var (refused, repeated) = (0, 0);
        for (var i = 0; i < _publishes.Count; i++)
        {
            refused += _reasons[i] >= ReasonCode.UnspecifiedError ? 1 : 0;
            repeated += _publishes[i].Duplicate ? 1 : 0;
        }

        counters.Add(_publishes.Count, refused, repeated);
    }

    private byte[] Acknowledgements()
    {
        var packets = new byte[_acknowledge.Count * AcknowledgementWriter.MaxBytes];
        var written = 0;
        foreach (var id in _acknowledge)
        {
            written += AcknowledgementWriter.Write(packets.AsSpan(written), PacketType.PubAck, id, ReasonCode.Success, ProtocolVersion.V311);
        }

        return packets[..written];
    }

    /// <summary>Lets the broker hear from us, and notices when nothing is heard of it. Silence while we do not read is our own.</summary>
    private async Task KeepAliveAsync(CancellationTokenSource ending)
    {
        var period = session.KeepAlive / 2;
        using var timer = new PeriodicTimer(period < AnswerTimeout / 2 ? period : AnswerTimeout / 2, time);
        while (await timer.WaitForNextTickAsync(ending.Token).ConfigureAwait(false))
        {
            if (Volatile.Read(ref _reading) && time.GetElapsedTime(Interlocked.Read(ref _heard)) >= Silence)
            {
                await ending.CancelAsync().ConfigureAwait(false);
                return;
            }

            if (_subscribed)
            {
                await WriteAsync(ClientPackets.PingReq, ending.Token).ConfigureAwait(false);
            }
        }
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> packet, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await stream.WriteAsync(packet, cancellationToken).ConfigureAwait(false);
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }
}
