using Quartier.Api.Accounts;

namespace Quartier.Api.Gateways;

/// <summary>What a gateway's credential proved.</summary>
/// <param name="Fault">What is wrong with it.</param>
/// <param name="Name">Which gateway it is; meaningless when there is a fault.</param>
/// <param name="Detail">What was wrong, and the remedy. Never the credential.</param>
/// <param name="Credential">What the connection is open by; null when there is a fault.</param>
public sealed record GatewayProof(GatewayFault Fault, GatewayName Name, string Detail, CheckedCredential? Credential);
