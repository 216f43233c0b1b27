namespace Quartier.Contracts.Bridges;

/// <summary>How a bridge is doing.</summary>
/// <param name="Bridge">Its id.</param>
/// <param name="Connected">Whether the broker has granted the subscriptions and the connection stands.</param>
/// <param name="SinceMs">Since when that is so, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="LastError">Why it was not connected last; null when it always was.</param>
/// <param name="LastErrorMs">When that was; 0 for never.</param>
/// <param name="Messages">Messages taken since the program started.</param>
/// <param name="Refused">Those of which nothing could be taken; the books say why.</param>
/// <param name="Repeated">Those that the broker says it may have sent before.</param>
/// <param name="Retained">Messages that the broker had kept: passed over, as nobody knows when they were measured.</param>
/// <param name="LostSessions">How often the broker no longer knew the session, so that messages sent in between never came.</param>
public sealed record BridgeStatus(
    string Bridge,
    bool Connected,
    long SinceMs,
    string? LastError,
    long LastErrorMs,
    long Messages,
    long Refused,
    long Repeated,
    long Retained,
    long LostSessions);
