using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Readings;
using Quartier.Domain.Principals;

namespace Quartier.Api.Accounts;

/// <summary>
/// Finds who a credential proves. Each is looked up anew, so that what was revoked is refused at once; what fails is counted, recorded and answered
/// with the remedy. The answer says "ended" only to whoever has the secret.
/// </summary>
public sealed class Authentication
{
    /// <summary>How old the note of a session's last use may be: a write for every request would be too many.</summary>
    private static readonly TimeSpan s_noteEvery = TimeSpan.FromMinutes(5);

    private const string KeyPrefix = "key:";

    private readonly IAccountStore _store;
    private readonly CredentialWatch _watch;
    private readonly FailedAttempts _failed;
    private readonly AccountRecord _record;
    private readonly TimeProvider _time;
    private readonly ILogger<Authentication> _logger;
    private readonly Secret? _localKey;

    internal Authentication(
        IAccountStore store,
        CredentialWatch watch,
        FailedAttempts failed,
        AccountRecord record,
        TimeProvider time,
        IOptions<QuartierApiOptions> options,
        ILogger<Authentication> logger)
    {
        (_store, _watch, _failed, _record, _time, _logger) = (store, watch, failed, record, time, logger);
        _localKey = options.Value.LocalKey;
    }

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Checks an API key, or the local key.</summary>
    /// <param name="text">As it was sent.</param>
    /// <param name="remote">Where from; null when that is not known.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public async ValueTask<CheckedCredential> CheckKeyAsync(string text, IPAddress? remote, CancellationToken cancellationToken)
    {
        var number = _watch.CheckNumber;
        if (Secret.Parse(SecretKind.Key, text) is not { } secret)
        {
            return Wrong(remote, "key", "The credential is not an API key (qk_… with 43 characters after the last '_'). Copy the key whole.");
        }

        if (_localKey is not null && secret.Id == _localKey.Id && secret.Proves(_localKey.Hash))
        {
            return Right(LocalAdministrator, CheckedCredential.LocalKey, number);
        }

        var key = await _store.FindKeyAsync(secret.Id, cancellationToken).ConfigureAwait(false);
        if (key is null || !secret.Proves(key.Hash))
        {
            return Wrong(remote, "key", "The API key is not known here. Copy it whole, or ask an administrator for a new one ('quartier key create').");
        }

        if (EndOf(key) is { } end)
        {
            return Ended("key", $"The API key {key.Id} {end}. Ask an administrator for a new one ('quartier key create').");
        }

        var principal = await PrincipalOfAsync(key, cancellationToken).ConfigureAwait(false);
        if (principal is null)
        {
            return Ended("key", $"The person to whom the API key {key.Id} belongs is disabled. Ask an administrator to enable them.");
        }

        NoteUse(key);
        return Right(principal, KeyPrefix + key.Id, number);
    }

    /// <summary>What an API key that was checked once is worth now; nothing is proved by it, and nothing is counted as an attempt.</summary>
    /// <param name="reference">As <see cref="CheckedCredential.Reference"/> named it.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public async ValueTask<CheckedCredential> FindAgainAsync(string reference, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var number = _watch.CheckNumber;
        if (_localKey is not null && reference == CheckedCredential.LocalKey)
        {
            return Right(LocalAdministrator, CheckedCredential.LocalKey, number);
        }

        var id = reference.StartsWith(KeyPrefix, StringComparison.Ordinal) ? reference[KeyPrefix.Length..] : string.Empty;
        if (id.Length == 0 || await _store.FindKeyAsync(id, cancellationToken).ConfigureAwait(false) is not { } key)
        {
            return Gone($"There is no API key {id} here.");
        }

        if (EndOf(key) is { } end)
        {
            return Gone($"The API key {key.Id} {end}.");
        }

        return await PrincipalOfAsync(key, cancellationToken).ConfigureAwait(false) is { } principal
            ? Right(principal, reference, number)
            : Gone($"The person to whom the API key {key.Id} belongs is disabled.");
    }

    /// <summary>Checks the cookie of a session.</summary>
    /// <param name="text">As it was sent.</param>
    /// <param name="remote">Where from; null when that is not known.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public async ValueTask<CheckedCredential> CheckSessionAsync(string text, IPAddress? remote, CancellationToken cancellationToken)
    {
        var number = _watch.CheckNumber;
        var secret = Secret.Parse(SecretKind.Session, text);
        var session = secret is null ? null : await _store.FindSessionAsync(secret.Id, cancellationToken).ConfigureAwait(false);
        if (session is null || !secret!.Proves(session.Hash))
        {
            return Wrong(remote, "session", "The session is not known here. Sign in again.");
        }

        var nowMs = NowMs;
        if (EndOf(session, nowMs) is { } end)
        {
            return Ended("session", $"The session {end}. Sign in again.");
        }

        if (await _store.FindPersonAsync(session.Person, cancellationToken).ConfigureAwait(false) is not { Enabled: true } person)
        {
            return Ended("session", "The session's person is disabled. Ask an administrator to enable them.");
        }

        if (nowMs - session.SeenMs > s_noteEvery.TotalMilliseconds)
        {
            _ = NotedAsync(_store.NoteSessionUseAsync(session.Id, nowMs, CancellationToken.None));
        }

        return Right(person.AsPrincipal(session.CreatedMs + (long)AccountLimits.SessionLife.TotalMilliseconds), "session:" + session.Id, number);
    }

    /// <summary>Answers a wrong sign-in link like every other wrong credential.</summary>
    internal CheckedCredential Wrong(IPAddress? remote, string kind, string detail)
    {
        if (!_failed.TryCount(remote, out var seconds))
        {
            return new(
                CredentialFault.TooMany,
                Principal.Public,
                null,
                $"More than {FailedAttempts.AttemptsMax} wrong credentials came from this address within {FailedAttempts.Window.TotalSeconds:0} s. Try again in {seconds} s with a right one.",
                seconds,
                0);
        }

        _record.NoteFailure($"refused: wrong {kind}");
        Log.CredentialRefused(_logger, kind, "wrong", remote?.ToString() ?? "the process itself");
        return new(CredentialFault.Wrong, Principal.Public, null, detail, 0, 0);
    }

    internal CheckedCredential Ended(string kind, string detail)
    {
        _record.NoteFailure($"refused: ended {kind}");
        return new(CredentialFault.Ended, Principal.Public, null, detail, 0, 0);
    }

    internal static string Day(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    // Whoever can read the data directory has the whole machine: the key adds no power, and saves the first sign-in for programs.
    private static Principal LocalAdministrator { get; } = new(
        PrincipalKind.Person,
        CheckedCredential.Administrator,
        "Administrator",
        [],
        [Role.Administrator, Role.Operator],
        null,
        long.MaxValue);

    private static CheckedCredential Right(Principal principal, string reference, long number) =>
        new(CredentialFault.None, principal, reference, string.Empty, 0, number);

    private static CheckedCredential Gone(string detail) => new(CredentialFault.Ended, Principal.Public, null, detail, 0, 0);

    private static string? EndOf(SignInSession session, long nowMs)
    {
        if (session.EndedMs is not null)
        {
            return "was ended by signing out, or by too many others of the same person";
        }

        if (nowMs - session.SeenMs >= AccountLimits.SessionIdle.TotalMilliseconds)
        {
            return $"was not used for {AccountLimits.SessionIdle.TotalHours:0} hours";
        }

        return nowMs - session.CreatedMs >= AccountLimits.SessionLife.TotalMilliseconds ? $"is older than {AccountLimits.SessionLife.TotalDays:0} days" : null;
    }

    private string? EndOf(ApiKey key)
    {
        if (key.RevokedMs is { } revoked)
        {
            return "was revoked on " + Day(revoked);
        }

        return key.UntilMs <= NowMs ? "ended on " + Day(key.UntilMs) : null;
    }

    private async ValueTask<Principal?> PrincipalOfAsync(ApiKey key, CancellationToken cancellationToken)
    {
        if (key.Contract is { } contract)
        {
            return new Principal(PrincipalKind.System, contract, contract, [], [], contract, key.UntilMs, key.City);
        }

        var person = await _store.FindPersonAsync(key.Person!, cancellationToken).ConfigureAwait(false);
        return person is { Enabled: true } ? person.AsPrincipal(key.UntilMs) : null;
    }

    private void NoteUse(ApiKey key)
    {
        var today = NowMs / (long)TimeSpan.FromDays(1).TotalMilliseconds;
        if (key.LastUsedDay != today)
        {
            _ = NotedAsync(_store.NoteKeyUseAsync(key.Id, today, CancellationToken.None));
        }
    }

    // A full disk must not keep anyone from reading: the note of use is lost, and the log says so.
    private async Task NotedAsync(ValueTask note)
    {
        try
        {
            await note.ConfigureAwait(false);
        }
        catch (StoreException failure)
        {
            Log.UseNotNoted(_logger, failure);
        }
    }
}
