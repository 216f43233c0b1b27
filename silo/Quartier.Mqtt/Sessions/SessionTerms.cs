using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Sessions;

/// <summary>What session a client wants.</summary>
/// <param name="ClientId">Its client identifier.</param>
/// <param name="Owner">Whose client it is.</param>
/// <param name="Version">Its protocol.</param>
/// <param name="CleanStart">It wants to begin anew.</param>
/// <param name="ExpirySeconds">For how long the session shall outlive the connection, as far as the server grants it.</param>
internal sealed record SessionTerms(string ClientId, string Owner, ProtocolVersion Version, bool CleanStart, uint ExpirySeconds)
{
    /// <summary>What it leaves to be said; null for nothing.</summary>
    public Testament? Will { get; init; }

    /// <summary>What tells sessions apart: the identifier within its owner, neither of which can contain U+0000.</summary>
    public string Key { get; } = KeyOf(Owner, ClientId);

    /// <summary>The key of a session.</summary>
    public static string KeyOf(string owner, string clientId) => $"{owner}\0{clientId}";
}
