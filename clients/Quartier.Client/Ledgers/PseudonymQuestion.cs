namespace Quartier.Client.Ledgers;

/// <summary>Asks who a pseudonym stands for.</summary>
/// <param name="Pseudonym">The pseudonym.</param>
internal sealed record PseudonymQuestion(string Pseudonym);
