using Microsoft.Net.Http.Headers;
using Quartier.Api.Http;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Ledgers;
using Quartier.Domain.Readings;

namespace Quartier.Api.Native.Districts;

/// <summary>What one request reads and what it is denied, until the ledger has taken it.</summary>
internal sealed class ReadRecord(ILedger ledger, TimeProvider time)
{
    public const string PolicyHeader = "Quartier-Policy";
    public const string GrantHeader = "Quartier-Grant";

    /// <summary>Policies, grants and purposes named in the headers of an answer that rests on many.</summary>
    private const int NamedMax = 16;

    private const string Varies = "Accept-Language, Authorization, Cookie, Quartier-As, Quartier-Purpose";

    private readonly ReadTally _tally = new();
    private readonly Lock _gate = new();
    private readonly HashSet<(string Policy, string? Grant, string? Purpose)> _permits = [];
    private bool _any;

    /// <summary>What a permitted read is in the ledger.</summary>
    public LedgerEntryKind Kind { get; set; } = LedgerEntryKind.Read;

    /// <summary>By which way was read; null for an ordinary answer.</summary>
    public string? Detail { get; set; }

    /// <summary>Whether nothing has been decided.</summary>
    public bool IsEmpty => !Volatile.Read(ref _any);

    /// <summary>Adds a decision.</summary>
    public void Add(string district, string stream, Resolution resolution, ReadDecision decision, long rows)
    {
        _tally.Add(district, stream, resolution, decision, rows);
        Note(decision);
    }

    /// <summary>Adds one decision for many datastreams whose values come together in one row.</summary>
    public void Add(string district, AlikeDecision alike, Resolution resolution)
    {
        _tally.Add(district, alike, resolution);
        Note(alike.Decision);
    }

    /// <summary>Hands everything to the ledger; false when it cannot take it: then nothing may be answered.</summary>
    public bool TryNote(string city, Caller caller)
    {
        var taken = true;
        foreach (var entry in _tally.Take(caller.Principal.Reference, time.GetUtcNow().ToUnixTimeMilliseconds(), Kind, Detail))
        {
            taken &= ledger.TryNote(city, entry);
        }

        return taken;
    }

    /// <summary>Says on what the answer rests, beside what the head names already, and that nobody may keep it for others.</summary>
    public void SetHeaders(IHeaderDictionary headers)
    {
        headers.CacheControl = "no-store";
        if (!headers[HeaderNames.Vary].Contains(Varies))
        {
            headers.Append(HeaderNames.Vary, Varies);
        }

        lock (_gate)
        {
            headers[PolicyHeader] = Named(headers[PolicyHeader].Concat(_permits.Select(p => p.Policy)));
            headers[GrantHeader] = Named(headers[GrantHeader].Concat(_permits.Select(p => p.Grant)));
            headers[Caller.PurposeHeader] = Named(headers[Caller.PurposeHeader].Concat(_permits.Select(p => p.Purpose)));
        }
    }

    private void Note(ReadDecision decision)
    {
        Volatile.Write(ref _any, true);
        if (decision.Permitted)
        {
            lock (_gate)
            {
                _permits.Add((decision.PolicyVersion, decision.Grant, decision.Purpose));
            }
        }
    }

    private static string[] Named(IEnumerable<string?> names) =>
        [.. names.OfType<string>().Where(n => n.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(NamedMax)];
}
