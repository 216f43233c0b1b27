using System.Collections.Concurrent;
using Quartier.Contracts.Principals;

namespace Api.Tests.Fakes;

/// <summary>Accounts in memory, as the contract says.</summary>
internal sealed class FakeAccounts : IAccountStore
{
    private readonly Lock _gate = new();

    public ConcurrentDictionary<string, Person> Persons { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, ApiKey> Keys { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, SignInSession> Sessions { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, SignInLink> Links { get; } = new(StringComparer.Ordinal);

    public ValueTask<IReadOnlyList<Person>> ListPersonsAsync(CancellationToken cancellationToken) =>
        new([.. Persons.Values.OrderBy(p => p.Id, StringComparer.Ordinal)]);

    public ValueTask<Person?> FindPersonAsync(string id, CancellationToken cancellationToken) => new(Persons.GetValueOrDefault(id));

    public ValueTask<Person?> FindPersonBySubjectAsync(string issuer, string subject, CancellationToken cancellationToken) =>
        new(Persons.Values.FirstOrDefault(p => p.Issuer == issuer && p.Subject == subject));

    public ValueTask<Person?> FindPersonByEmailAsync(string email, CancellationToken cancellationToken) =>
        new(Persons.Values.FirstOrDefault(p => string.Equals(p.Email, email, StringComparison.OrdinalIgnoreCase)));

    public ValueTask<AccountOutcome> AddPersonAsync(Person person, CancellationToken cancellationToken) =>
        new(Clash(person) ?? (Persons.TryAdd(person.Id, person) ? AccountOutcome.Done : AccountOutcome.Exists));

    public ValueTask<AccountOutcome> ChangePersonAsync(Person person, CancellationToken cancellationToken)
    {
        if (!Persons.ContainsKey(person.Id))
        {
            return new(AccountOutcome.Unknown);
        }

        if (Clash(person) is { } clash)
        {
            return new(clash);
        }

        Persons[person.Id] = person;
        return new(AccountOutcome.Done);
    }

    public ValueTask<IReadOnlyList<ApiKey>> ListKeysAsync(CancellationToken cancellationToken) => new([.. Keys.Values.OrderBy(k => k.CreatedMs)]);

    public ValueTask<ApiKey?> FindKeyAsync(string id, CancellationToken cancellationToken) => new(Keys.GetValueOrDefault(id));

    public ValueTask<AccountOutcome> AddKeyAsync(ApiKey key, CancellationToken cancellationToken) =>
        new(Keys.TryAdd(key.Id, key) ? AccountOutcome.Done : AccountOutcome.Exists);

    public ValueTask<AccountOutcome> RevokeKeyAsync(string id, long nowMs, CancellationToken cancellationToken)
    {
        Keys[id] = Keys[id] with { RevokedMs = nowMs };
        return new(AccountOutcome.Done);
    }

    public ValueTask NoteKeyUseAsync(string id, long day, CancellationToken cancellationToken)
    {
        Keys[id] = Keys[id] with { LastUsedDay = day };
        return default;
    }

    public ValueTask<SignInSession?> FindSessionAsync(string id, CancellationToken cancellationToken) => new(Sessions.GetValueOrDefault(id));

    public ValueTask<IReadOnlyList<string>> AddSessionAsync(SignInSession session, CancellationToken cancellationToken)
    {
        Sessions[session.Id] = session;
        return new([]);
    }

    public ValueTask NoteSessionUseAsync(string id, long nowMs, CancellationToken cancellationToken)
    {
        Sessions[id] = Sessions[id] with { SeenMs = nowMs };
        return default;
    }

    public ValueTask EndSessionAsync(string id, long nowMs, CancellationToken cancellationToken)
    {
        Sessions[id] = Sessions[id] with { EndedMs = nowMs };
        return default;
    }

    public ValueTask<SignInLink?> FindLinkAsync(string id, CancellationToken cancellationToken) => new(Links.GetValueOrDefault(id));

    public ValueTask AddLinkAsync(SignInLink link, CancellationToken cancellationToken)
    {
        Links[link.Id] = link;
        return default;
    }

    public ValueTask<bool> TakeLinkAsync(string id, long nowMs, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Links[id].UsedMs is not null)
            {
                return new(false);
            }

            Links[id] = Links[id] with { UsedMs = nowMs };
            return new(true);
        }
    }

    private AccountOutcome? Clash(Person person)
    {
        var others = Persons.Values.Where(p => p.Id != person.Id).ToList();
        if (person.Subject is not null && others.Any(p => p.Issuer == person.Issuer && p.Subject == person.Subject))
        {
            return AccountOutcome.SubjectTaken;
        }

        return person.Email is not null && others.Any(p => string.Equals(p.Email, person.Email, StringComparison.OrdinalIgnoreCase))
            ? AccountOutcome.EmailTaken
            : null;
    }
}
