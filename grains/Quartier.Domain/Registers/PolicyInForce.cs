namespace Quartier.Domain.Registers;

/// <summary>By which policy a district is governed.</summary>
/// <param name="Id">Id of the district.</param>
/// <param name="Name">For people.</param>
/// <param name="Version">Versions of the documents in force; null without a policy: everything measured there is in quarantine.</param>
public sealed record PolicyInForce(string Id, string Name, string? Version);
