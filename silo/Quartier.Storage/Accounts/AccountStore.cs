using Quartier.Contracts.Principals;
using Quartier.Storage.Cities;
using Quartier.Storage.Databases;

namespace Quartier.Storage.Accounts;

/// <summary>Persons, keys, sessions and sign-in links in city.db.</summary>
internal sealed class AccountStore(CityDatabase city) : IAccountStore
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Person>> ListPersonsAsync(CancellationToken cancellationToken) =>
        Read<IReadOnlyList<Person>>(PersonRows.List, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Person?> FindPersonAsync(string id, CancellationToken cancellationToken) =>
        Read(database => PersonRows.Find(database, id), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Person?> FindPersonBySubjectAsync(string issuer, string subject, CancellationToken cancellationToken) =>
        Read(database => PersonRows.BySubject(database, issuer, subject), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Person?> FindPersonByEmailAsync(string email, CancellationToken cancellationToken) =>
        Read(database => PersonRows.ByEmail(database, email), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<AccountOutcome> AddPersonAsync(Person person, CancellationToken cancellationToken) =>
        Write(database => PersonRows.Write(database, person, isNew: true), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<AccountOutcome> ChangePersonAsync(Person person, CancellationToken cancellationToken) =>
        Write(database => PersonRows.Write(database, person, isNew: false), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ApiKey>> ListKeysAsync(CancellationToken cancellationToken) =>
        Read<IReadOnlyList<ApiKey>>(KeyRows.List, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ApiKey?> FindKeyAsync(string id, CancellationToken cancellationToken) =>
        Read(database => KeyRows.Find(database, id), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<AccountOutcome> AddKeyAsync(ApiKey key, CancellationToken cancellationToken) =>
        Write(database => KeyRows.Add(database, key), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<AccountOutcome> RevokeKeyAsync(string id, long nowMs, CancellationToken cancellationToken) =>
        Write(database => KeyRows.Revoke(database, id, nowMs), cancellationToken);

    /// <inheritdoc/>
    public ValueTask NoteKeyUseAsync(string id, long day, CancellationToken cancellationToken) =>
        Do(database => database.Prepare("UPDATE api_key SET last_used_day = ? WHERE id = ?").Bind(1, day).Bind(2, id).Execute(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<SignInSession?> FindSessionAsync(string id, CancellationToken cancellationToken) =>
        Read(database => SignInRows.Session(database, id), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> AddSessionAsync(SignInSession session, CancellationToken cancellationToken) =>
        Write(database => SignInRows.Add(database, session), cancellationToken);

    /// <inheritdoc/>
    public ValueTask NoteSessionUseAsync(string id, long nowMs, CancellationToken cancellationToken) => Do(
        database => database.Prepare("UPDATE session SET seen_ms = max(seen_ms, ?) WHERE id = ?").Bind(1, nowMs).Bind(2, id).Execute(),
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask EndSessionAsync(string id, long nowMs, CancellationToken cancellationToken) =>
        Do(database => SignInRows.End(database, id, nowMs), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<SignInLink?> FindLinkAsync(string id, CancellationToken cancellationToken) =>
        Read(database => SignInRows.Link(database, id), cancellationToken);

    /// <inheritdoc/>
    public ValueTask AddLinkAsync(SignInLink link, CancellationToken cancellationToken) =>
        Do(database => SignInRows.Add(database, link), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> TakeLinkAsync(string id, long nowMs, CancellationToken cancellationToken) =>
        Write(database => SignInRows.Take(database, id, nowMs), cancellationToken);

    private ValueTask<T> Read<T>(Func<Database, T> query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(city.Read(query));
    }

    private ValueTask<T> Write<T>(Func<Database, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<T>(city.WriteAsync(work));
    }

    private ValueTask Do(Action<Database> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask(city.WriteAsync(database =>
        {
            work(database);
            return true;
        }));
    }
}
