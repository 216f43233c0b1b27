using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Policies;
using Quartier.Domain.Time;

namespace Quartier.Grains.Policies;

/// <summary>How the ledger words what happens to a policy.</summary>
internal static class PolicyRecord
{
    /// <summary>Who brings approved versions into force: the program, by the clock.</summary>
    private const string Clock = "system:clock";

    public static LedgerEntry Proposed(PolicyDocument document) =>
        Entry(document, document.ProposedMs, document.ProposedBy, $"proposed to take effect {IsoTime.Format(document.EffectiveMs)}");

    public static LedgerEntry Approved(PolicyDocument document) =>
        Entry(document, document.DecidedMs, document.DecidedBy!, $"approved to take effect {IsoTime.Format(document.EffectiveMs)}{Doubt(document)}");

    public static LedgerEntry Withdrawn(PolicyDocument document) => Entry(
        document,
        document.DecidedMs,
        document.DecidedBy!,
        document.ApprovedBy is not null ? $"approved version withdrawn before {IsoTime.Format(document.EffectiveMs)}, when it would have taken effect"
            : string.Equals(document.DecidedBy, document.ProposedBy, StringComparison.Ordinal) ? "withdrawn" : "rejected");

    public static LedgerEntry Entered(PolicyDocument document, long nowMs) =>
        Entry(document, nowMs, Clock, $"in force since {IsoTime.Format(document.EffectiveMs)}");

    // No reference of a person: pseudonyms stand in the entry's principal alone.
    private static string Doubt(PolicyDocument document) =>
        document.Independence == ApproverIndependence.Doubtful ? ", by an approver who is not independent of the proposer" : string.Empty;

    /// <summary>SHA-256 of the text, by which an entry names it.</summary>
    public static string Digest(PolicyDocument document) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document.Yaml)));

    private static LedgerEntry Entry(PolicyDocument document, long timeMs, string who, string action) => new(
        timeMs,
        LedgerEntryKind.Policy,
        who,
        document.District,
        null,
        [],
        null,
        0,
        1,
        string.Create(CultureInfo.InvariantCulture, $"{(document.District is null ? "city" : "district")} {document.Version}"),
        null,
        $"{action}; sha256 {Digest(document)}");
}
