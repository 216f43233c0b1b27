using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Principals;

namespace Quartier.Api.Accounts;

/// <summary>
/// Records in the ledger what happens to accounts: before it happens, so that nothing happens unrecorded. What concerns one city stands in its
/// ledger, everything else in the installation's. An entry's detail never names a person: only the pseudonymised principal does.
/// </summary>
internal sealed class AccountRecord(TimeProvider time, ILedger ledger, IAccountChanges changes)
{
    /// <summary>The ledger of what concerns no single city: an id that ledgers take, and that no city should choose.</summary>
    public const string Installation = "-installation";

    /// <summary>Records what somebody does to a key, or to themselves.</summary>
    public async Task AppendAsync(LedgerEntryKind kind, Principal who, string? city, string detail, CancellationToken cancellationToken) =>
        await ledger.AppendAsync(city ?? Installation, Entry(kind, who.Reference, detail), cancellationToken).ConfigureAwait(false);

    /// <summary>Records what somebody does to a person: one entry for who did it, one for whom it concerns.</summary>
    public async Task AppendAboutAsync(Principal who, Person whom, string detail, CancellationToken cancellationToken)
    {
        await AppendAsync(LedgerEntryKind.Key, who, whom.City, detail, cancellationToken).ConfigureAwait(false);
        await AppendAsync(LedgerEntryKind.Key, whom.AsPrincipal(long.MaxValue), whom.City, "concerned: " + detail, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same, for what lets somebody act as the person from then on: an approval by that person is held against it.</summary>
    public async Task AppendAccessAsync(Principal who, Person whom, string detail, CancellationToken cancellationToken)
    {
        await AppendAboutAsync(who, whom, detail, cancellationToken).ConfigureAwait(false);
        await changes.NoteAsync(new(whom.Id, who.Reference, time.GetUtcNow().ToUnixTimeMilliseconds()), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Notes a refused credential; like ones become one entry.</summary>
    public void NoteFailure(string detail) =>
        _ = ledger.TryNote(Installation, Entry(LedgerEntryKind.SignIn, Principal.Public.Reference, detail));

    private LedgerEntry Entry(LedgerEntryKind kind, string who, string detail) => new(
        time.GetUtcNow().ToUnixTimeMilliseconds(), kind, who, null, null, [], null, 0, 1, null, null, detail);
}
