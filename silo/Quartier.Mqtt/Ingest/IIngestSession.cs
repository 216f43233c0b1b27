using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Ingest;

/// <summary>One accepted client. Calls for one session never overlap, except that completions of several reads may be pending.</summary>
public interface IIngestSession
{
    /// <summary>
    /// Who the client has proved to be; empty for nobody in particular. Client identifiers mean something within their owner alone: nobody takes over, or comes back to,
    /// a session of somebody else by calling himself like that.
    /// </summary>
    string Owner => string.Empty;

    /// <summary>
    /// By what the client has proved that, so that <see cref="IMqttIngest.ReturnAsync"/> can look at it again after a restart: a name that is no secret, for it is kept on the disk beside the
    /// client's will. Empty where nothing was proved.
    /// </summary>
    string Standing => string.Empty;

    /// <summary>Cancelled when the client may not stay: its credential was revoked or has expired. The connection is then closed (0x98).</summary>
    CancellationToken Ended => CancellationToken.None;

    /// <summary>Whether the client may see what the server says about itself below <c>$SYS</c>. Asked anew for each message.</summary>
    bool MayWatchServer { get; }

    /// <summary>
    /// What topics for answers begin with, for MQTT 5 clients that ask (section 3.1.2.11.7); null where clients have no topics of their own for that.
    /// </summary>
    string? ResponseInformation => null;

    /// <summary>
    /// Takes all messages that one read of the socket brought, in order of arrival. Everything in <paramref name="publishes"/>
    /// points into the socket's buffer: consume or copy it before returning.
    /// </summary>
    /// <param name="publishes">At least one message. A QoS 2 message is handed over once, however often it is repeated.</param>
    /// <param name="reasons">
    /// One for each message, all <see cref="ReasonCode.Success"/> at first. Write a code from 0x80 to refuse a message: it
    /// goes into PUBACK or PUBREC of MQTT 5 (3.1.1 knows none and gets the plain acknowledgement). May be written until the
    /// returned task completes; but what is to be kept from subscribers must be written before this method returns. What is taken and is for
    /// no subscriber is <see cref="ReasonCode.NoMatchingSubscribers"/> by then: it is neither routed nor retained.
    /// </param>
    /// <returns>
    /// Completes when all messages are safe; only then are they acknowledged. When it fails the connection is closed
    /// without acknowledgement, and the client will send again.
    /// </returns>
    ValueTask Accept(ReadOnlySpan<IncomingPublish> publishes, Memory<ReasonCode> reasons);

    /// <summary>
    /// What an MQTT 5 client is told beside the reason code of a refused message, in UTF-8 and at most 256 bytes; empty for the endpoint's own words. Says what to do
    /// about it, and nothing that the client may not know. Must not block.
    /// </summary>
    ReadOnlySpan<byte> Explanation(ReasonCode reason) => default;

    /// <summary>
    /// Whether the client may subscribe. Answers <see cref="ReasonCode.Success"/> (QoS 0), <see cref="ReasonCode.GrantedQos1"/>,
    /// <see cref="ReasonCode.GrantedQos2"/> (never more than <paramref name="wanted"/>) or a refusal from 0x80. Must not block.
    /// </summary>
    /// <param name="filter">A valid topic filter, wildcards included.</param>
    /// <param name="wanted">The quality of service that the client asks for.</param>
    ReasonCode MaySubscribe(string filter, QualityOfService wanted);

    /// <summary>
    /// The client has unsubscribed, and has no subscription with this filter any more, shared or not: what <see cref="MaySubscribe"/> took for it may be given back.
    /// Not called for what is left when the connection ends. Must not block.
    /// </summary>
    /// <param name="filter">The topic filter, without the name of a shared subscription.</param>
    void Unsubscribed(string filter)
    {
        // Most keep nothing for a subscription.
    }

    /// <summary>
    /// Whether this client may get a message now. Asked for each message right before it is sent, also for retained ones and for those that waited
    /// because the client reads slowly, so that what was permitted when a message came does not outlive the permission. Answers at once whenever it
    /// can: while it does not, all further messages to this client wait behind this one. Called under the lock of the client's messages: must not block.
    /// </summary>
    /// <param name="message">The message; it may be kept.</param>
    /// <param name="purpose">What SUBSCRIBE stated in the user property <c>purpose</c>; null when it stated none.</param>
    ValueTask<bool> MayReceive(OutgoingMessage message, string? purpose);

    /// <summary>
    /// How long the socket is to be left unread because the client sends too much; zero when it may go on. Asked before each read, by the read loop alone: before the first one too, or each new
    /// connection would bring one.
    /// Meanwhile silence is not held against the client, and TCP holds it back.
    /// </summary>
    /// <param name="bytes">What the last read brought; 0 before the first one.</param>
    TimeSpan ReadingPause(long bytes) => TimeSpan.Zero;

    /// <summary>The connection has ended; called once, after the last call of <see cref="Accept"/>. Completions may still be pending.</summary>
    void Closed();
}
