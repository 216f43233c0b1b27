using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Principals;

namespace Quartier.Api.Accounts;

/// <summary>Lets the first person in: where nobody has an account, the administrator gets one and a link to sign in by.</summary>
public sealed class FirstAdministrator
{
    private readonly IAccountStore _store;
    private readonly SignIns _signIns;
    private readonly AccountRecord _record;

    internal FirstAdministrator(IAccountStore store, SignIns signIns, AccountRecord record) => (_store, _signIns, _record) = (store, signIns, record);

    /// <summary>The path of the administrator's link below the server's address (<c>/#/sign-in/…</c>); null when there are persons already.</summary>
    /// <exception cref="Contracts.Readings.StoreException">The disk refused.</exception>
    public async Task<string?> LinkAsync(CancellationToken cancellationToken)
    {
        if ((await _store.ListPersonsAsync(cancellationToken).ConfigureAwait(false)).Count > 0)
        {
            return null;
        }

        var person = new Person(
            CheckedCredential.Administrator, "Administrator", [], [Role.Administrator, Role.Operator], null, null, null, null, Enabled: true);
        var principal = person.AsPrincipal(long.MaxValue);

        // The person comes last: a start that fails before is a first start again.
        await _record.AppendAsync(LedgerEntryKind.Key, principal, null, "first administrator added", cancellationToken).ConfigureAwait(false);
        var (secret, _) = await _signIns.CreateLinkAsync(principal, person, cancellationToken).ConfigureAwait(false);
        await _store.AddPersonAsync(person, cancellationToken).ConfigureAwait(false);
        return SignInRoutes.LinkPath(secret);
    }
}
