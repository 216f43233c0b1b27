namespace Quartier.Api.Native.Ledgers;

/// <summary>Who a pseudonym stands for.</summary>
/// <param name="Pseudonym">The pseudonym.</param>
/// <param name="Person"><c>person:ID</c>; null when nobody can tell: there is no such pseudonym, or the person was forgotten.</param>
internal sealed record ResolveAnswer(string Pseudonym, string? Person);
