namespace Quartier.Client.Ledgers;

/// <summary>Why the break of a ledger is accepted.</summary>
/// <param name="Because">10 … 150 characters; it stands in the first entry of the log that follows.</param>
public sealed record BreakReason(string Because);
