using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Readings;

namespace Grains.Tests.Fakes;

/// <summary>What grains recorded, in memory; refuses on demand.</summary>
internal sealed class MemoryLedger : ILedger
{
    public List<(string City, LedgerEntry Entry)> Entries { get; } = [];

    public List<(string City, LedgerEntry Entry)> Notes { get; } = [];

    public bool IsRefusing { get; set; }

    public ValueTask<long> AppendAsync(string city, LedgerEntry entry, CancellationToken cancellationToken)
    {
        if (IsRefusing)
        {
            throw new StoreException("The ledger refuses.");
        }

        Entries.Add((city, entry));
        return new(Entries.Count - 1);
    }

    public bool TryNote(string city, LedgerEntry entry)
    {
        if (!IsRefusing)
        {
            Notes.Add((city, entry));
        }

        return !IsRefusing;
    }
}
