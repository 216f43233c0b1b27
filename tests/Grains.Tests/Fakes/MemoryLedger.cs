using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Readings;

namespace Grains.Tests.Fakes;

/// <summary>A ledger that remembers what was appended. Survives restarts of the grains.</summary>
internal sealed class MemoryLedger : ILedger
{
    public List<LedgerEntry> Entries { get; } = [];

    /// <summary>So many of the next entries are refused.</summary>
    public int FailNext { get; set; }

    /// <summary>Called before an entry is taken.</summary>
    public Action<LedgerEntry>? Appending { get; set; }

    public ValueTask<long> AppendAsync(string city, LedgerEntry entry, CancellationToken cancellationToken)
    {
        if (FailNext > 0)
        {
            FailNext--;
            throw new StoreException("the ledger says no");
        }

        Appending?.Invoke(entry);
        Entries.Add(entry);
        return new(Entries.Count - 1);
    }

    public bool TryNote(string city, LedgerEntry entry)
    {
        Entries.Add(entry);
        return true;
    }
}
