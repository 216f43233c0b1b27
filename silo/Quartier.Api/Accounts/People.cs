using Quartier.Api.Http;
using Quartier.Contracts.Principals;
using Quartier.Domain.Principals;

namespace Quartier.Api.Accounts;

/// <summary>Adds and changes persons. An administrator of one city sees and changes that city's persons alone.</summary>
internal sealed class People(IAccountStore store, PersonForm form, CredentialWatch watch, AccountRecord record)
{
    public async Task<IReadOnlyList<Person>> ListAsync(Principal who, CancellationToken cancellationToken)
    {
        var persons = await store.ListPersonsAsync(cancellationToken).ConfigureAwait(false);
        return [.. persons.Where(p => Rights.Allows(who, Right.ChangeAccounts, p.City))];
    }

    /// <summary>The person, when the caller may change them; others are not told apart from unknown ones.</summary>
    public async Task<Outcome<Person>> FindAsync(Principal who, string id, CancellationToken cancellationToken)
    {
        var person = await store.FindPersonAsync(id, cancellationToken).ConfigureAwait(false);
        return person is not null && Rights.Allows(who, Right.ChangeAccounts, person.City) ? person : Unknown(id);
    }

    public async Task<Outcome<Person>> AddAsync(Principal who, PersonRequest request, CancellationToken cancellationToken)
    {
        if (!form.Read(null, request).TryGet(out var person, out var problem) || (problem = BeyondCity(who, person)) is not null)
        {
            return problem;
        }

        if (await store.FindPersonAsync(person.Id, cancellationToken).ConfigureAwait(false) is not null)
        {
            return Taken(AccountOutcome.Exists, person);
        }

        await record.AppendAccessAsync(who, person, $"person added: {Describe(person)}", cancellationToken).ConfigureAwait(false);
        var outcome = await store.AddPersonAsync(person, cancellationToken).ConfigureAwait(false);
        return outcome == AccountOutcome.Done ? person : Taken(outcome, person);
    }

    public async Task<Outcome<Person>> ChangeAsync(Principal who, string id, PersonRequest request, CancellationToken cancellationToken)
    {
        if (!(await FindAsync(who, id, cancellationToken).ConfigureAwait(false)).TryGet(out var before, out var problem)
            || !form.Read(before, request).TryGet(out var after, out problem)
            || (problem = BeyondCity(who, after)) is not null)
        {
            return problem;
        }

        await record.AppendAccessAsync(who, after, $"person changed: {Describe(after)}", cancellationToken).ConfigureAwait(false);
        var outcome = await store.ChangePersonAsync(after, cancellationToken).ConfigureAwait(false);
        if (outcome != AccountOutcome.Done)
        {
            return Taken(outcome, after);
        }

        watch.EndPerson(id);
        return after;
    }

    private static ApiProblem? BeyondCity(Principal who, Person person) => Rights.Allows(who, Right.ChangeAccounts, person.City)
        ? null
        : Problems.Forbidden($"You administer {who.City} alone: a person of {person.City ?? "all cities"} is beyond that. Give 'city': '{who.City}'.");

    private static ApiProblem Unknown(string id) => Problems.Unknown("person", id, [], "'quartier person list' shows all, 'quartier person add' adds one.");

    // Roles, offices and city are what others must be able to follow; name, subject and address are the person's own.
    private static string Describe(Person person) =>
        $"roles={string.Join(',', person.Roles)} offices={string.Join(',', person.Offices)} city={person.City ?? "all"} "
        + $"linked={(person.Subject is not null || person.Email is not null ? "yes" : "no")} enabled={(person.Enabled ? "yes" : "no")}";

    private static ApiProblem Taken(AccountOutcome outcome, Person person) => outcome switch
    {
        AccountOutcome.Exists => Problems.Conflict($"There is a person '{person.Id}' already. Choose another id, or change that one."),
        AccountOutcome.SubjectTaken => Problems.Conflict("Another person is linked to this issuer and subject. Take it from them first."),
        AccountOutcome.EmailTaken => Problems.Conflict("Another person has this e-mail address. Take it from them first."),
        AccountOutcome.Full => Problems.Conflict($"There are {AccountLimits.PersonsMax} persons, which is the limit. Divide the installation."),
        _ => Unknown(person.Id),
    };
}
