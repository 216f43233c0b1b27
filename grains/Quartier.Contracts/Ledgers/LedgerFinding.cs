namespace Quartier.Contracts.Ledgers;

/// <summary>Something about a ledger that an operator should know.</summary>
/// <param name="City">Whose ledger.</param>
/// <param name="IsBroken">True when nothing can be recorded, and so nothing read, until someone acts.</param>
/// <param name="Message">What was found where, and the remedy.</param>
public sealed record LedgerFinding(string City, bool IsBroken, string Message);
