using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Sessions;

/// <summary>The session that a client gets, or why it gets none.</summary>
/// <param name="Session">Null when refused.</param>
/// <param name="IsPresent">The server remembers the session [MQTT-3.2.2-3].</param>
/// <param name="Reason">Why not; success otherwise.</param>
/// <param name="Explanation">For people, when refused.</param>
internal sealed record SessionAdmission(ClientSession? Session, bool IsPresent, ReasonCode Reason, string? Explanation)
{
    /// <summary>The will of the last connection, which is not said because the client has come back in time [MQTT-3.1.3-9].</summary>
    public DelayedWill? Discarded { get; init; }

    /// <summary>What the client itself leaves to be said; null for nothing.</summary>
    public Testament? Will { get; init; }

    public static SessionAdmission Refuse(ReasonCode reason, string explanation) => new(null, IsPresent: false, reason, explanation);
}
