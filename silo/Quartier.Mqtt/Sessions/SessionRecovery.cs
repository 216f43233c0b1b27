using System.Buffers.Binary;
using System.Text;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Messages;
using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Sessions;

/// <summary>Brings back what an earlier run of the endpoint left in the session store.</summary>
internal sealed class SessionRecovery(MqttEndpoint endpoint)
{
    private static readonly Message s_nothing = new([], [], []) { Qos = QualityOfService.ExactlyOnce, Retain = false, ExpiresAtMs = long.MaxValue, KeepUntilMs = long.MaxValue };

    private readonly Dictionary<long, ClientSession> _sessions = [];
    private readonly Dictionary<long, long> _sentBelow = [];
    private readonly HashSet<long> _orphans = [];
    private readonly List<StoredChange> _wills = [];

    /// <summary>Reads all records.</summary>
    /// <exception cref="InvalidDataException">The store holds what this program does not understand.</exception>
    public void Run(ISessionStore store)
    {
        var records = store.Read(endpoint.UtcNowMs);
        foreach (var record in records.Where(r => r.Key.Span[0] == SessionRecords.Session))
        {
            RestoreSession(record);
        }

        // In the order of their keys, which is that of the messages.
        foreach (var record in records.OrderBy(r => r.Key, KeyOrder.Instance))
        {
            Restore(record);
        }

        foreach (var session in _sessions.Values)
        {
            endpoint.Sessions.Restore(session);
        }

        if (_wills.Count > 0)
        {
            endpoint.Later!.Now(_wills); // With the time at which each is due, or a second restart would let its delay begin anew.
        }

        if (_orphans.Count > 0)
        {
            endpoint.Later!.Now([.. _orphans.SelectMany(SessionRecords.RemoveAll)]);
        }
    }

    private void RestoreSession(in StoredRecord record)
    {
        var number = Number(record);
        var reader = new RecordReader(record.Value.Span, endpoint.FromUtcMs);
        var version = (ProtocolVersion)reader.ReadByte();
        var expiry = (uint)reader.ReadInt64();
        var ends = reader.ReadTime();
        var sentBelow = reader.ReadInt64();
        _sentBelow[number] = ends == long.MaxValue ? long.MaxValue : sentBelow; // What a crash left may all have been sent.
        var clientId = reader.ReadText();
        if (ends == long.MaxValue)
        {
            // Whoever was connected then has been gone for at most as long as the endpoint has; its time begins now.
            ends = endpoint.NowMs + (1000L * expiry);
        }

        if (ends <= endpoint.NowMs)
        {
            _orphans.Add(number);
            return;
        }

        _sessions[number] = new ClientSession(clientId, reader.ReadText(), number, version, isLasting: true) { ExpirySeconds = expiry, IsStored = true, EndsAtMs = ends };
    }

    private void Restore(in StoredRecord record)
    {
        var key = record.Key.Span;
        if (key[0] == SessionRecords.Retained)
        {
            var reader = new RecordReader(record.Value.Span, endpoint.FromUtcMs);
            endpoint.Retained.TrySet(reader.ReadMessage(), endpoint.NowMs);
        }
        else if (key[0] == SessionRecords.Will)
        {
            RestoreWill(record);
        }
        else if (!_sessions.TryGetValue(Number(record), out var session))
        {
            _orphans.Add(Number(record));
        }
        else
        {
            RestorePart(session, key[0], record);
        }
    }

    private void RestoreWill(in StoredRecord record)
    {
        var reader = new RecordReader(record.Value.Span, endpoint.FromUtcMs);
        _sessions.TryGetValue(reader.ReadInt64(), out var session);
        var delaySeconds = (uint)reader.ReadInt64();
        var dueMs = reader.ReadTime();
        var message = reader.ReadWill(delaySeconds);
        var client = new LostClient(reader.ReadText(), reader.ReadText(), reader.ReadText());
        _wills.Add(endpoint.Wills.Restore(new Testament(Number(record), message, client), session, dueMs));
    }

    private void RestorePart(ClientSession session, byte kind, in StoredRecord record)
    {
        var rest = record.Key.Span[(1 + sizeof(long))..];
        var reader = new RecordReader(record.Value.Span, endpoint.FromUtcMs);
        switch (kind)
        {
            case SessionRecords.SubscriptionKind:
                endpoint.SessionSubscriptions.Set(session, Encoding.UTF8.GetString(rest), reader.ReadTerms());
                break;
            case SessionRecords.Receiving:
                session.Receiving.Add(BinaryPrimitives.ReadUInt16BigEndian(rest));
                break;
            case SessionRecords.Outgoing:
                RestoreOutgoing(session, BinaryPrimitives.ReadInt64BigEndian(rest), reader);
                break;
            default:
                break; // The session itself.
        }
    }

    private void RestoreOutgoing(ClientSession session, long sequence, RecordReader reader)
    {
        session.Mailbox ??= new Mailbox(endpoint, session);
        var state = (OutgoingState)reader.ReadByte();
        var flags = reader.ReadByte();
        var delivery = state == OutgoingState.PubComp
            ? new Delivery(s_nothing, QualityOfService.ExactlyOnce, Retain: false, [], Purpose: null)
            : ReadDelivery((QualityOfService)(flags & 3), (flags & 4) != 0, ref reader);
        session.Mailbox.Restore(new OutgoingEntry(session.Mailbox, delivery, sequence)
        {
            State = state,
            IsReady = true,
            IsStored = true,
            MayHaveBeenSent = sequence < _sentBelow[session.Number],
        });
    }

    private static Delivery ReadDelivery(QualityOfService qos, bool retain, ref RecordReader reader)
    {
        var identifiers = reader.ReadIdentifiers();
        var purpose = reader.ReadText();
        return new Delivery(reader.ReadMessage(), qos, retain, identifiers, purpose.Length == 0 ? null : purpose);
    }

    private static long Number(in StoredRecord record) => BinaryPrimitives.ReadInt64BigEndian(record.Key.Span[1..]);

    private sealed class KeyOrder : IComparer<ReadOnlyMemory<byte>>
    {
        public static KeyOrder Instance { get; } = new();

        public int Compare(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceCompareTo(y.Span);
    }
}
