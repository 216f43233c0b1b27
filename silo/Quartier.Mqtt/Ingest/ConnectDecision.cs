using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Ingest;

/// <summary>Whether a client may connect: a session, or a reason code from 0x80 with an explanation.</summary>
public sealed class ConnectDecision
{
    private ConnectDecision(ReasonCode reason, IIngestSession? session, string? explanation)
    {
        Reason = reason;
        Session = session;
        Explanation = explanation;
    }

    /// <summary><see cref="ReasonCode.Success"/>, or why not.</summary>
    public ReasonCode Reason { get; }

    /// <summary>The session; null when refused.</summary>
    public IIngestSession? Session { get; }

    /// <summary>Goes to MQTT 5 clients as reason string; null for none.</summary>
    public string? Explanation { get; }

    /// <summary>The client is accepted.</summary>
    public static ConnectDecision Accept(IIngestSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return new ConnectDecision(ReasonCode.Success, session, explanation: null);
    }

    /// <summary>The client is refused with a code from 0x80.</summary>
    public static ConnectDecision Refuse(ReasonCode reason, string? explanation = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan((byte)reason, (byte)ReasonCode.UnspecifiedError, nameof(reason));
        return new ConnectDecision(reason, session: null, explanation);
    }
}
