namespace Quartier.Contracts.Principals;

/// <summary>
/// The port behind which persons, keys, sessions and sign-in links rest. It holds digests, never secrets. Every change is durable on return and
/// seen by the next read.
/// </summary>
public interface IAccountStore
{
    /// <summary>All persons in order of their ids; at most <see cref="AccountLimits.PersonsMax"/>.</summary>
    ValueTask<IReadOnlyList<Person>> ListPersonsAsync(CancellationToken cancellationToken);

    /// <summary>The person, or null.</summary>
    ValueTask<Person?> FindPersonAsync(string id, CancellationToken cancellationToken);

    /// <summary>The person who is linked to the subject, or null.</summary>
    ValueTask<Person?> FindPersonBySubjectAsync(string issuer, string subject, CancellationToken cancellationToken);

    /// <summary>The person with the address, whatever its case; or null.</summary>
    ValueTask<Person?> FindPersonByEmailAsync(string email, CancellationToken cancellationToken);

    /// <summary>Adds a person.</summary>
    /// <exception cref="Readings.StoreException">The disk refused; nothing was changed. So with every other change.</exception>
    ValueTask<AccountOutcome> AddPersonAsync(Person person, CancellationToken cancellationToken);

    /// <summary>Replaces a person.</summary>
    ValueTask<AccountOutcome> ChangePersonAsync(Person person, CancellationToken cancellationToken);

    /// <summary>All keys in order of their making; at most <see cref="AccountLimits.KeysMax"/>.</summary>
    ValueTask<IReadOnlyList<ApiKey>> ListKeysAsync(CancellationToken cancellationToken);

    /// <summary>The key, or null.</summary>
    ValueTask<ApiKey?> FindKeyAsync(string id, CancellationToken cancellationToken);

    /// <summary>Adds a key, and forgets those that ended <see cref="AccountLimits.Remembered"/> ago.</summary>
    ValueTask<AccountOutcome> AddKeyAsync(ApiKey key, CancellationToken cancellationToken);

    /// <summary>Revokes a key; one that is revoked already stays so.</summary>
    ValueTask<AccountOutcome> RevokeKeyAsync(string id, long nowMs, CancellationToken cancellationToken);

    /// <summary>Notes the day on which a key was used.</summary>
    ValueTask NoteKeyUseAsync(string id, long day, CancellationToken cancellationToken);

    /// <summary>The session, or null.</summary>
    ValueTask<SignInSession?> FindSessionAsync(string id, CancellationToken cancellationToken);

    /// <summary>
    /// Adds a session; ends the person's oldest beyond <see cref="AccountLimits.SessionsPerPersonMax"/>; forgets those that ended
    /// <see cref="AccountLimits.Remembered"/> ago.
    /// </summary>
    /// <returns>Ids of the sessions that ended by this.</returns>
    ValueTask<IReadOnlyList<string>> AddSessionAsync(SignInSession session, CancellationToken cancellationToken);

    /// <summary>Notes that a session was used.</summary>
    ValueTask NoteSessionUseAsync(string id, long nowMs, CancellationToken cancellationToken);

    /// <summary>Ends a session; one that has ended already stays so.</summary>
    ValueTask EndSessionAsync(string id, long nowMs, CancellationToken cancellationToken);

    /// <summary>The sign-in link, or null.</summary>
    ValueTask<SignInLink?> FindLinkAsync(string id, CancellationToken cancellationToken);

    /// <summary>Adds a link; the person's oldest beyond <see cref="AccountLimits.LinksPerPersonMax"/> are forgotten.</summary>
    ValueTask AddLinkAsync(SignInLink link, CancellationToken cancellationToken);

    /// <summary>Uses a link up.</summary>
    /// <returns>True for the one caller who was first.</returns>
    ValueTask<bool> TakeLinkAsync(string id, long nowMs, CancellationToken cancellationToken);
}
