using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;
using Quartier.Mqtt.Sessions;
using Quartier.Mqtt.Topics;

namespace Quartier.Mqtt.Connections;

/// <summary>
/// All publications of one read of one socket, and the acknowledgements that wait for them. Pooled: a pipelining gateway
/// fills thousands a second, and an idle connection holds none.
/// </summary>
internal sealed class InboundBatch
{
    private const int InitialMessages = 16;

    private IncomingPublish[] _publishes = new IncomingPublish[InitialMessages];
    private ReasonCode[] _reasons = new ReasonCode[InitialMessages];
    private Acknowledgement[] _acknowledgements = new Acknowledgement[InitialMessages];

    /// <summary>Messages to hand over.</summary>
    public int Count { get; private set; }

    public int AcknowledgementCount { get; private set; }

    /// <summary>Bytes of topics, properties and payloads.</summary>
    public int Bytes { get; private set; }

    /// <summary>The ingest has said that all is safe.</summary>
    public bool IsCompleted { get; set; }

    /// <summary>The next batch of the same connection, in order of arrival.</summary>
    public InboundBatch? Next { get; set; }

    public ReadOnlySpan<IncomingPublish> Publishes => _publishes.AsSpan(0, Count);

    public Memory<ReasonCode> Reasons => _reasons.AsMemory(0, Count);

    public ReadOnlySpan<Acknowledgement> Acknowledgements => _acknowledgements.AsSpan(0, AcknowledgementCount);

    /// <summary>Room for matching, used while routing.</summary>
    public List<SubscriptionMatch<Subscriber>> Matches { get; } = [];

    /// <summary>Who got something and must be flushed.</summary>
    public List<Mailbox> Touched { get; } = [];

    /// <summary>What must be on the disk besides, before anything is acknowledged.</summary>
    public PendingWrites Pending { get; } = new();

    /// <summary>Something could not be made safe: nothing is acknowledged.</summary>
    public bool HasFailed { get; set; }

    public void Add(in IncomingPublish publish)
    {
        if (Count == _publishes.Length)
        {
            Array.Resize(ref _publishes, 2 * Count);
            Array.Resize(ref _reasons, 2 * Count);
        }

        if (publish.Qos != QualityOfService.AtMostOnce && publish.PacketId != 0)
        {
            var type = publish.Qos == QualityOfService.AtLeastOnce ? PacketType.PubAck : PacketType.PubRec;
            Acknowledge(new Acknowledgement(publish.PacketId, type, Count, ReasonCode.Success));
        }

        _publishes[Count] = publish;
        _reasons[Count] = ReasonCode.Success;
        Count++;
        Bytes += publish.Topic.Length + publish.Properties.Length + publish.Payload.Length;
    }

    public void Acknowledge(Acknowledgement acknowledgement)
    {
        if (AcknowledgementCount == _acknowledgements.Length)
        {
            Array.Resize(ref _acknowledgements, 2 * AcknowledgementCount);
        }

        _acknowledgements[AcknowledgementCount++] = acknowledgement;
    }

    /// <summary>Lets go of the socket's buffer; counts and reasons stay.</summary>
    public void ForgetBytes() => _publishes.AsSpan(0, Count).Clear();

    /// <summary>As good as new; the arrays stay.</summary>
    public void Reset()
    {
        ForgetBytes();
        Count = 0;
        AcknowledgementCount = 0;
        Bytes = 0;
        IsCompleted = false;
        HasFailed = false;
        Pending.Clear();
        Next = null;
        Matches.Clear();
        Touched.Clear();
    }
}
