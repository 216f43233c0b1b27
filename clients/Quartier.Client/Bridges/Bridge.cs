namespace Quartier.Client.Bridges;

/// <summary>A bridge to another broker, and how it is doing.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">For people.</param>
/// <param name="Gateway">The gateway whose decoder and sensors its messages are.</param>
/// <param name="Broker">Host and port.</param>
/// <param name="Encrypted">False for a line that anybody on the way can read and change.</param>
/// <param name="Subscribed">Its filters.</param>
/// <param name="Connected">Null while it has not been started.</param>
/// <param name="Since">Since when that is so.</param>
/// <param name="LastError">Why it was not connected last.</param>
/// <param name="LastErrorTime">When that was.</param>
/// <param name="Messages">Taken since the program started.</param>
/// <param name="Refused">Those of which nothing could be taken; the books say why.</param>
/// <param name="Repeated">Those that the broker may have sent before.</param>
/// <param name="Retained">Passed over because the broker had kept them.</param>
/// <param name="LostSessions">How often the broker no longer knew the session.</param>
public sealed record Bridge(
    string Id,
    string Name,
    string Gateway,
    string Broker,
    bool Encrypted,
    IReadOnlyList<string> Subscribed,
    bool? Connected,
    DateTimeOffset? Since,
    string? LastError,
    DateTimeOffset? LastErrorTime,
    long Messages,
    long Refused,
    long Repeated,
    long Retained,
    long LostSessions);
