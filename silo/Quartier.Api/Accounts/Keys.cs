using System.Security.Cryptography;
using Quartier.Api.Http;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Registry;
using Quartier.Domain.Principals;

namespace Quartier.Api.Accounts;

/// <summary>Makes and revokes API keys.</summary>
internal sealed class Keys(
    IAccountStore store, People people, IRegistry registry, CredentialWatch watch, AccountRecord record, RandomNumberGenerator random, TimeProvider time)
{
    private const string ForWhom = "Say for whom: {\"person\": \"a-meier\"} or {\"contract\": \"weather-service\", \"city\": \"muenster\"}, and 'until'.";

    public async Task<IReadOnlyList<ApiKey>> ListAsync(Principal who, CancellationToken cancellationToken)
    {
        var keys = await store.ListKeysAsync(cancellationToken).ConfigureAwait(false);
        var persons = (await people.ListAsync(who, cancellationToken).ConfigureAwait(false)).Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        return [.. keys.Where(k => k.Person is { } person ? persons.Contains(person) : Rights.Allows(who, Right.ChangeAccounts, k.City))];
    }

    /// <summary>Makes a key; the secret is in the answer and nowhere else.</summary>
    public async Task<Outcome<(Secret Secret, ApiKey Key)>> CreateAsync(Principal who, KeyRequest request, CancellationToken cancellationToken)
    {
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (ObjectionToEnd(request, nowMs) is { } objection)
        {
            return objection;
        }

        if (!(await HolderCityAsync(who, request, cancellationToken).ConfigureAwait(false)).TryGet(out var holder, out var problem))
        {
            return problem;
        }

        var secret = Secret.New(SecretKind.Key, random);
        var key = new ApiKey(secret.Id, secret.Hash, request.Person, request.City, request.Contract, nowMs, request.Until!.Value.Ms, null, null);
        await RecordAsync(who, key, holder, $"key {key.Id} created until {Authentication.Day(key.UntilMs)}", isMade: true, cancellationToken).ConfigureAwait(false);
        var outcome = await store.AddKeyAsync(key, cancellationToken).ConfigureAwait(false);
        return outcome == AccountOutcome.Done
            ? (secret, key)
            : Problems.Conflict($"There are {AccountLimits.KeysMax} keys, which is the limit. Revoked ones are forgotten after {AccountLimits.Remembered.TotalDays:0} days.");
    }

    /// <summary>Revokes a key; what is open by it ends at once.</summary>
    public async Task<Outcome<ApiKey>> RevokeAsync(Principal who, string id, CancellationToken cancellationToken)
    {
        var keys = await ListAsync(who, cancellationToken).ConfigureAwait(false);
        if (keys.FirstOrDefault(k => k.Id == id) is not { } key)
        {
            return Problems.Unknown("API key", id, keys.Select(k => k.Id), "'quartier key list' shows all.");
        }

        if (key.RevokedMs is not null)
        {
            return key;
        }

        var holder = key.Person is { } person ? await store.FindPersonAsync(person, cancellationToken).ConfigureAwait(false) : null;
        await RecordAsync(who, key, holder, $"key {key.Id} revoked", isMade: false, cancellationToken).ConfigureAwait(false);
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        await store.RevokeKeyAsync(id, nowMs, cancellationToken).ConfigureAwait(false);
        watch.End("key:" + id);
        return key with { RevokedMs = nowMs };
    }

    private static ApiProblem? ObjectionToEnd(KeyRequest request, long nowMs)
    {
        if (request.Person is null == request.Contract is null || request.Contract is null != request.City is null)
        {
            return Problems.BadBody(ForWhom);
        }

        var lastMs = nowMs + (long)AccountLimits.KeyLife.TotalMilliseconds;
        return request.Until is { } until && until.Ms > nowMs && until.Ms <= lastMs
            ? null
            : Problems.BadBody(
                $"'until' is {(request.Until is { } given ? Authentication.Day(given.Ms) : "missing")}: a key ends after now and at the latest on {Authentication.Day(lastMs)}.");
    }

    /// <summary>The person who will hold the key; null for a contract.</summary>
    private async Task<Outcome<Person?>> HolderCityAsync(Principal who, KeyRequest request, CancellationToken cancellationToken)
    {
        if (request.Person is { } id)
        {
            return (await people.FindAsync(who, id, cancellationToken).ConfigureAwait(false)).TryGet(out var person, out var problem) ? person : problem;
        }

        if (registry.Find(request.City!) is null)
        {
            return Problems.Unknown("city", request.City!, registry.Cities, "A contract belongs to a registered city.");
        }

        if (!PrincipalNames.IsId(request.Contract!))
        {
            return Problems.BadBody($"'contract' is '{Problems.Quote(request.Contract!)}': an id is lower-case letters, digits and '-', as in the city's policy.");
        }

        return Rights.Allows(who, Right.ChangeAccounts, request.City)
            ? (Person?)null
            : Problems.Forbidden($"You administer {who.City} alone, not {request.City}.");
    }

    private Task RecordAsync(Principal who, ApiKey key, Person? holder, string detail, bool isMade, CancellationToken cancellationToken) => holder is null
        ? record.AppendAsync(LedgerEntryKind.Key, who, key.City, $"{detail} for contract {key.Contract}", cancellationToken)
        : isMade ? record.AppendAccessAsync(who, holder, detail, cancellationToken)
        : record.AppendAboutAsync(who, holder, detail, cancellationToken);
}
