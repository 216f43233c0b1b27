namespace Quartier.Client.Ledgers;

/// <summary>Who a pseudonym stands for.</summary>
/// <param name="Pseudonym">The pseudonym.</param>
/// <param name="Person"><c>person:ID</c>; null when nobody can tell.</param>
public sealed record ResolvedPseudonym(string Pseudonym, string? Person);
