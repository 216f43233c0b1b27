namespace Quartier.Client.Gateways;

/// <summary>A gateway of a city and how it proves itself.</summary>
/// <param name="Id">Id within the city.</param>
/// <param name="Name">For people; empty when it is registered no longer.</param>
/// <param name="Office">Id of the responsible office.</param>
/// <param name="Registered">False when only its credentials are left.</param>
/// <param name="UserName">What it sends as user name.</param>
/// <param name="State"><c>none</c>, <c>proves</c> or <c>ended</c>.</param>
/// <param name="Credentials">Those that it has and had, oldest first.</param>
public sealed record CityGateway(
    string Id, string Name, string Office, bool Registered, string UserName, string State, IReadOnlyList<GatewayCredential> Credentials);
