using System.Net;
using System.Text;
using Quartier.Api.Accounts;
using Quartier.Api.Gateways;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;

namespace Quartier.Silo.Ingest;

/// <summary>
/// Finds out who an MQTT client is: by the certificate that it showed when TLS began, by an API key as its password with any user name, or by a gateway's password with
/// the gateway's user name. One that is wrong is refused, never taken for none.
/// </summary>
internal sealed class ClientCredentials(Authentication authentication, GatewayAuthentication gateways, CredentialWatch watch)
{
    private const string WhatIsTaken = "The user name is CITY/GATEWAY with the gateway's password, or anything with an API key as the password.";

    /// <summary>Whether the client sent anything to prove itself.</summary>
    public static bool IsSent(ConnectRequest request) => request.Certificate is not null || request.UserName is not null || !request.Password.IsEmpty;

    /// <summary>Who the client is, or why it may not connect.</summary>
    public ValueTask<(ClientIdentity? Identity, ConnectDecision? Refusal)> CheckAsync(ConnectRequest request, CancellationToken cancellationToken)
    {
        if (request.Certificate is not null)
        {
            return CheckCertificateAsync(request, cancellationToken);
        }

        // Longer than any credential, it is none; and nothing is worth hashing a megabyte.
        return GatewayName.Parse(request.UserName) is { } name && !request.Password.Span.StartsWith("qk_"u8)
            ? CheckPasswordAsync(name, request, cancellationToken)
            : CheckKeyAsync(request, cancellationToken);
    }

    /// <summary>Who a client of an earlier run is now, by the credential with which it had connected; or why it is nobody any more.</summary>
    public async ValueTask<(ClientIdentity? Identity, string Objection)> FindAgainAsync(LostClient client, CancellationToken cancellationToken)
    {
        ClientIdentity? identity;
        string objection;
        if (await gateways.FindAgainAsync(client.Standing, cancellationToken).ConfigureAwait(false) is { } proof)
        {
            (identity, objection) = (proof.Credential is null ? null : new ClientIdentity(watch.Watch(proof.Credential), proof.Name), proof.Detail);
        }
        else
        {
            var found = await authentication.FindAgainAsync(client.Standing, cancellationToken).ConfigureAwait(false);
            (identity, objection) = (found.Fault == CredentialFault.None ? new ClientIdentity(watch.Watch(found), null) : null, found.Detail);
        }

        if (identity is null || string.Equals(identity.Owner, client.Owner, StringComparison.Ordinal))
        {
            return (identity, objection);
        }

        identity.Credential?.Dispose();
        return (null, "Its credential is somebody else's now.");
    }

    private async ValueTask<(ClientIdentity? Identity, ConnectDecision? Refusal)> CheckCertificateAsync(ConnectRequest request, CancellationToken cancellationToken)
    {
        var proof = await gateways.CheckCertificateAsync(request.Certificate!, cancellationToken).ConfigureAwait(false);
        return proof.Fault == GatewayFault.None && request.UserName is { } user && user != proof.Name.ToString()
            ? (null, ConnectDecision.Refuse(ReasonCode.NotAuthorized, $"The certificate is that of {proof.Name}; the user name says otherwise. Leave it out."))
            : Answer(proof);
    }

    private async ValueTask<(ClientIdentity? Identity, ConnectDecision? Refusal)> CheckPasswordAsync(
        GatewayName name, ConnectRequest request, CancellationToken cancellationToken) =>
        Answer(await gateways.CheckPasswordAsync(name, request.Password, cancellationToken).ConfigureAwait(false));

    private async ValueTask<(ClientIdentity? Identity, ConnectDecision? Refusal)> CheckKeyAsync(ConnectRequest request, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetString(request.Password.Span);
        var remote = (request.RemoteEndPoint as IPEndPoint)?.Address;
        var found = await authentication.CheckKeyAsync(text, remote, cancellationToken).ConfigureAwait(false);
        return found.Fault switch
        {
            CredentialFault.None => (new ClientIdentity(watch.Watch(found), null), null),
            CredentialFault.TooMany => (null, ConnectDecision.Refuse(ReasonCode.ConnectionRateExceeded, found.Detail)),
            _ => (null, ConnectDecision.Refuse(ReasonCode.BadUserNameOrPassword, $"{found.Detail} {WhatIsTaken}")),
        };
    }

    private (ClientIdentity? Identity, ConnectDecision? Refusal) Answer(GatewayProof proof) => proof.Fault switch
    {
        GatewayFault.None => (new ClientIdentity(watch.Watch(proof.Credential), proof.Name), null),
        GatewayFault.Busy => (null, ConnectDecision.Refuse(ReasonCode.ServerBusy, proof.Detail)),
        GatewayFault.Ended => (null, ConnectDecision.Refuse(ReasonCode.NotAuthorized, proof.Detail)),
        _ => (null, ConnectDecision.Refuse(ReasonCode.BadUserNameOrPassword, proof.Detail)),
    };
}
