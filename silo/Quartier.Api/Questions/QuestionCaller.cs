using System.Net;
using System.Net.Sockets;
using Quartier.Api.Http;
using Quartier.Contracts.Principals;

namespace Quartier.Api.Questions;

/// <summary>Whose places a request takes.</summary>
/// <param name="Key">The account, whatever its keys and sessions, or the address.</param>
/// <param name="IsPublic">Whether it is nobody with an account.</param>
internal sealed record QuestionCaller(string Key, bool IsPublic)
{
    /// <summary>A network of IPv6 that one subscriber has to himself, in bytes: whoever has it has all its addresses (RFC 6177).</summary>
    private const int NetworkBytes = 8;

    /// <summary>Who sent a credential takes the places of its account, also when he asks to be shown what everybody sees.</summary>
    public static QuestionCaller Of(HttpContext context)
    {
        var caller = Caller.Of(context);
        var principal = caller.Credential?.Principal ?? caller.Principal;
        return principal.Kind == PrincipalKind.Public
            ? new(Network(Caller.Remote(context)), IsPublic: true)
            : new(principal.City is { } city ? $"{principal.Reference} of {city}" : principal.Reference, IsPublic: false);
    }

    /// <summary>The address, or the network of IPv6 of which a single caller has all.</summary>
    public static string Network(IPAddress? remote)
    {
        if (remote is null)
        {
            return "an unknown address";
        }

        var address = remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote;
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address))
        {
            return address.ToString();
        }

        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, NetworkBytes, bytes.Length - NetworkBytes);
        return $"{new IPAddress(bytes)}/{NetworkBytes * 8}";
    }
}
