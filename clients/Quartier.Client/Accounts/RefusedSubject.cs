namespace Quartier.Client.Accounts;

/// <summary>Somebody whom the identity provider vouched for, and whom no person is linked to.</summary>
/// <param name="Issuer">The identity provider.</param>
/// <param name="Subject">Their unchanging name there.</param>
/// <param name="Email">Their address there, when the provider has verified it.</param>
/// <param name="Last">When they tried last.</param>
/// <param name="Count">How often they tried.</param>
public sealed record RefusedSubject(string Issuer, string Subject, string? Email, DateTimeOffset Last, long Count);
