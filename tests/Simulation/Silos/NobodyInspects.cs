using Quartier.Contracts.Ledgers;

namespace Quartier.Simulation.Silos;

/// <summary>A ledger that nobody will read.</summary>
internal sealed class NobodyInspects : ILedger
{
    private long _entries;

    public ValueTask<long> AppendAsync(string city, LedgerEntry entry, CancellationToken cancellationToken) => new(_entries++);

    public bool TryNote(string city, LedgerEntry entry) => true;
}
