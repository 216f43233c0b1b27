using Quartier.Contracts.Ledgers;

namespace Quartier.Storage.Ledgers;

/// <summary>An entry that someone awaits.</summary>
internal sealed record WaitingAppend(string City, LedgerEntry Entry, TaskCompletionSource<long> Done);
