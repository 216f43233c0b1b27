using Quartier.Contracts.Ledgers;

namespace Quartier.Storage.Ledgers;

/// <summary>Like events that will become one entry.</summary>
internal sealed class Note(LedgerEntry first)
{
    private long _rows = first.Rows;
    private long _count = first.Count;

    /// <summary>The entry.</summary>
    public LedgerEntry Entry => first with { Rows = _rows, Count = _count };

    /// <summary>Adds another event.</summary>
    public void Add(LedgerEntry entry)
    {
        _rows += entry.Rows;
        _count += entry.Count;
    }
}
