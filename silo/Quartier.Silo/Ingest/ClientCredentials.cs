using System.Net;
using System.Text;
using Quartier.Api.Accounts;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;

namespace Quartier.Silo.Ingest;

/// <summary>Checks what an MQTT client sends as its password: an API key, with any user name.</summary>
internal sealed class ClientCredentials(Authentication authentication, CredentialWatch watch)
{
    /// <summary>The client's credential, or why it may not connect.</summary>
    public async ValueTask<(WatchedCredential? Credential, ConnectDecision? Refusal)> CheckAsync(
        ConnectRequest request, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetString(request.Password.Span);
        var remote = (request.RemoteEndPoint as IPEndPoint)?.Address;
        var found = await authentication.CheckKeyAsync(text, remote, cancellationToken).ConfigureAwait(false);
        return found.Fault switch
        {
            CredentialFault.None => (watch.Watch(found), null),
            CredentialFault.TooMany => (null, ConnectDecision.Refuse(ReasonCode.ConnectionRateExceeded, found.Detail)),
            _ => (null, ConnectDecision.Refuse(
                ReasonCode.BadUserNameOrPassword, $"{found.Detail} An API key is sent as the password, with any user name.")),
        };
    }
}
