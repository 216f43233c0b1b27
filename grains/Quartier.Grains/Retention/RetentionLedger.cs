using System.Collections.Immutable;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Retention;
using Quartier.Domain.Retention;

namespace Quartier.Grains.Retention;

/// <summary>Brings certificates into their city's ledger, each exactly once.</summary>
public sealed class RetentionLedger(ILedger ledger, ILedgerReader reader)
{
    /// <summary>Streams that an entry names; the certificate has them all.</summary>
    private const int MostStreams = 100;

    private const int PageEntries = 1_000;

    /// <summary>Entries of the city's ledger so far.</summary>
    internal long SizeOf(string city) => reader.Head(city).Size;

    /// <summary>Appends the certificate's entry, unless a run that was interrupted has done so.</summary>
    /// <param name="stored">The certificate.</param>
    /// <param name="by">Who asked for the run.</param>
    /// <param name="from">Entries before this one are older than the certificate.</param>
    /// <returns>The entry's index.</returns>
    internal async Task<long> AppendAsync(StoredCertificate stored, string by, long from)
    {
        var certificate = stored.Certificate;
        var detail = CertificateText.Entry(stored.Digest);
        return await FindAsync(certificate.City, detail, from) ?? await ledger.AppendAsync(
            certificate.City,
            new(
                certificate.SignedMs, LedgerEntryKind.Deletion, by, certificate.District.Length == 0 ? null : certificate.District, null,
                Names(certificate.Streams), null, certificate.Streams.Sum(s => s.Readings + s.RollUps), 1, certificate.PolicyVersion, null, detail),
            CancellationToken.None);
    }

    /// <summary>What is wrong with the certificate's entry; null when nothing is.</summary>
    internal async Task<string?> ProblemAsync(StoredCertificate stored)
    {
        var name = $"The certificate of {stored.Certificate.City}, district '{stored.Certificate.District}', {stored.Certificate.Night}";
        if (stored.LedgerIndex is not { } index)
        {
            return $"{name} is not in the ledger yet. Run the retention again.";
        }

        var page = await reader.RangeAsync(stored.Certificate.City, index, 1);
        if (await BrokenMsAsync(stored.Certificate.City) is { } brokenMs && stored.Certificate.SignedMs <= brokenMs)
        {
            // Its entry stands in the log that was kept aside; that the officer accepted.
            return null;
        }

        return page.Entries is [var found] && found.Index == index && found.Entry.Kind == LedgerEntryKind.Deletion
            && string.Equals(found.Entry.Detail, CertificateText.Entry(stored.Digest), StringComparison.Ordinal)
            ? null
            : $"{name} is not what entry {index} of the ledger records. Verify the ledger: one of both was changed.";
    }

    private async Task<long?> BrokenMsAsync(string city) =>
        (await reader.RangeAsync(city, 0, 1)).Entries is [{ Entry: { Kind: LedgerEntryKind.Break, TimeMs: var timeMs } }] ? timeMs : null;

    private async Task<long?> FindAsync(string city, string detail, long from)
    {
        var filter = new LedgerFilter(LedgerEntryKind.Deletion, null, null, null, null, null, null);
        for (long? next = from; next is { } start;)
        {
            var page = await reader.FindAsync(city, filter, start, PageEntries);
            if (page.Entries.FirstOrDefault(e => string.Equals(e.Entry.Detail, detail, StringComparison.Ordinal)) is { } found)
            {
                return found.Index;
            }

            next = page.Next;
        }

        return null;
    }

    private static ImmutableArray<string> Names(ImmutableArray<CertifiedStream> streams) => streams.Length <= MostStreams
        ? [.. streams.Select(s => s.Stream)]
        : [.. streams.Take(MostStreams).Select(s => s.Stream), FormattableString.Invariant($"+{streams.Length - MostStreams}")];
}
