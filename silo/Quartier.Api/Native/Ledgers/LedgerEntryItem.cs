using System.Collections.Immutable;
using Quartier.Api.Json;
using Quartier.Contracts.Ledgers;

namespace Quartier.Api.Native.Ledgers;

/// <summary>An entry, with the keys of its line (docs/ledger-format.md).</summary>
internal sealed record LedgerEntryItem(
    long Index,
    UtcTime Time,
    string Kind,
    string Who,
    string? District,
    string? Purpose,
    ImmutableArray<string> Streams,
    string? Resolution,
    long Rows,
    long Count,
    string? Policy,
    string? Grant,
    string? Detail)
{
    public static LedgerEntryItem Of(IndexedEntry indexed)
    {
        var e = indexed.Entry;
        return new(
            indexed.Index,
            new(e.TimeMs),
            Words<LedgerEntryKind>.Of(e.Kind),
            e.Who,
            e.District,
            e.Purpose,
            e.Streams,
            e.Resolution,
            e.Rows,
            e.Count,
            e.PolicyVersion,
            e.Grant,
            e.Detail);
    }
}
