using System.Net;
using Quartier.Api.Gateways;
using Quartier.Mqtt.Ingest;

namespace Quartier.Silo.Ingest;

/// <summary>By what a client proved itself, as text beside what it leaves on the disk: the credential's reference, or the address of a client that proved nothing.</summary>
internal static class ClientStanding
{
    /// <summary>What the standing of a client without proof begins with; no credential's reference does.</summary>
    private const string From = "from:";

    /// <summary>What the owner of a gateway's client begins with.</summary>
    private const string GatewayOwner = "gateway:";

    /// <summary>The standing of a client.</summary>
    public static string Of(ClientIdentity identity, EndPoint? remote) =>
        identity.Credential?.Reference ?? $"{From}{(remote as IPEndPoint)?.Address}";

    /// <summary>Whether the client proved nothing, and where it connected from then; null when that was not known.</summary>
    public static (bool IsUnproved, EndPoint? Remote) AddressOf(string standing)
    {
        if (!standing.StartsWith(From, StringComparison.Ordinal))
        {
            return (false, null);
        }

        return (true, IPAddress.TryParse(standing.AsSpan(From.Length), out var address) ? new IPEndPoint(address, 0) : null);
    }

    /// <summary>In whose books the client's refusals stand: the gateway's own, or the client's name for the city in which its principal counts.</summary>
    public static (string City, string Gateway) BooksOf(LostClient client)
    {
        if (client.Owner.StartsWith(GatewayOwner, StringComparison.Ordinal) && GatewayName.Parse(client.Owner[GatewayOwner.Length..]) is { } gateway)
        {
            return (gateway.City, gateway.Gateway);
        }

        return (client.Owner.LastIndexOf('@') is >= 0 and var at ? client.Owner[(at + 1)..] : string.Empty, client.ClientId);
    }
}
