namespace Quartier.Api.Gateways;

/// <summary>A gateway and how it proves itself.</summary>
/// <param name="Id">Id within the city.</param>
/// <param name="Name">For people; empty when the registry does not know it any more.</param>
/// <param name="Office">Id of the responsible office.</param>
/// <param name="Registered">False when only its credentials are left.</param>
/// <param name="UserName">What it sends as user name.</param>
/// <param name="State"><c>none</c>: without a credential; <c>proves</c>: has a valid one; <c>ended</c>: had one, and can no longer connect.</param>
/// <param name="Credentials">Those that it has and had, oldest first.</param>
internal sealed record GatewayItem(
    string Id, string Name, string Office, bool Registered, string UserName, string State, GatewayCredentialItem[] Credentials);
