using System.Collections.Concurrent;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Readings;

namespace Api.Tests.Fakes;

/// <summary>Remembers what was recorded; refuses on demand.</summary>
internal sealed class FakeLedger : ILedger
{
    public ConcurrentQueue<(string City, LedgerEntry Entry)> Entries { get; } = new();

    public bool Refuses { get; set; }

    public ValueTask<long> AppendAsync(string city, LedgerEntry entry, CancellationToken cancellationToken)
    {
        if (Refuses)
        {
            throw new StoreException("The disk is full.");
        }

        Entries.Enqueue((city, entry));
        return ValueTask.FromResult(Entries.Count - 1L);
    }

    public bool TryNote(string city, LedgerEntry entry)
    {
        Entries.Enqueue((city, entry));
        return !Refuses;
    }
}
