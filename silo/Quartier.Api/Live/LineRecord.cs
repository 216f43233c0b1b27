using System.Collections.Immutable;
using Quartier.Contracts.Ledgers;
using Quartier.Domain.Readings;

namespace Quartier.Api.Live;

/// <summary>What the ledger gets to know of one line: its start, once a minute what was delivered or denied, and its end.</summary>
internal sealed class LineRecord(ILedger ledger, TimeProvider time, string city, string who)
{
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly long _opened = time.GetTimestamp();
    private long _minutes;

    /// <summary>What has been delivered and denied since the last note.</summary>
    public ReadTally Tally { get; } = new();

    /// <summary>Notes that the line opens; false when the ledger cannot take it: then it must not.</summary>
    public bool TryOpen(string? purpose, ImmutableArray<string> streams) => ledger.TryNote(city, Entry("live-opened", purpose, streams));

    /// <summary>Notes what was delivered, once in each minute since the line opened; false when the ledger cannot take it.</summary>
    public bool TryNote()
    {
        var minutes = (long)(time.GetElapsedTime(_opened) / Period);
        if (minutes == _minutes)
        {
            return true;
        }

        _minutes = minutes;
        return Note();
    }

    /// <summary>Notes what is left, and that the line has ended. Nothing more can be held back then.</summary>
    public void Close(string? purpose, ImmutableArray<string> streams)
    {
        if (Note())
        {
            ledger.TryNote(city, Entry("live-ended", purpose, streams));
        }
    }

    private bool Note()
    {
        var taken = true;
        foreach (var entry in Tally.Take(who, NowMs(), LedgerEntryKind.Read, "live"))
        {
            taken &= ledger.TryNote(city, entry);
        }

        return taken;
    }

    private LedgerEntry Entry(string detail, string? purpose, ImmutableArray<string> streams) =>
        new(NowMs(), LedgerEntryKind.Read, who, null, purpose, streams, "raw", 0, 1, null, null, detail);

    private long NowMs() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
