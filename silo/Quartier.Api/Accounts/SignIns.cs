using System.Net;
using System.Security.Cryptography;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Principals;
using Quartier.Domain.Principals;

namespace Quartier.Api.Accounts;

/// <summary>Links that sign in once, and the sessions that begin by them.</summary>
internal sealed class SignIns(
    IAccountStore store, Authentication authentication, CredentialWatch watch, AccountRecord record, RandomNumberGenerator random, TimeProvider time)
{
    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Makes a link for a person.</summary>
    /// <param name="who">Who asks for it.</param>
    /// <param name="person">For whom.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<(Secret Secret, long UntilMs)> CreateLinkAsync(Principal who, Person person, CancellationToken cancellationToken)
    {
        var secret = Secret.New(SecretKind.Link, random);
        var untilMs = NowMs + (long)AccountLimits.LinkLife.TotalMilliseconds;
        await record.AppendAccessAsync(who, person, $"sign-in link {secret.Id} made", cancellationToken).ConfigureAwait(false);
        await store.AddLinkAsync(new(secret.Id, secret.Hash, person.Id, untilMs, null), cancellationToken).ConfigureAwait(false);
        return (secret, untilMs);
    }

    /// <summary>Uses a link up: a person and the cookie of their new session, or what is wrong with the link.</summary>
    public async Task<(CheckedCredential Checked, Secret? Cookie)> ByLinkAsync(string token, IPAddress? remote, CancellationToken cancellationToken)
    {
        var secret = Secret.Parse(SecretKind.Link, token);
        var link = secret is null ? null : await store.FindLinkAsync(secret.Id, cancellationToken).ConfigureAwait(false);
        if (link is null || !secret!.Proves(link.Hash))
        {
            return (authentication.Wrong(remote, "link", "The sign-in link is not known here. Open it whole, or ask an administrator for a new one ('quartier sign-in link PERSON')."), null);
        }

        var person = await store.FindPersonAsync(link.Person, cancellationToken).ConfigureAwait(false);
        if (person is not { Enabled: true })
        {
            return (authentication.Ended("link", "The link's person is disabled. Ask an administrator to enable them."), null);
        }

        if (link.UntilMs <= NowMs || !await store.TakeLinkAsync(link.Id, NowMs, cancellationToken).ConfigureAwait(false))
        {
            return (authentication.Ended("link", "The sign-in link was used already or is older than an hour. Ask an administrator for a new one ('quartier sign-in link PERSON')."), null);
        }

        return await BeginAsync(person, $"signed in by link {link.Id}", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Begins a session for a person who has proved who they are.</summary>
    public async Task<(CheckedCredential Checked, Secret Cookie)> BeginAsync(Person person, string how, CancellationToken cancellationToken)
    {
        var nowMs = NowMs;
        var number = watch.CheckNumber;
        var cookie = Secret.New(SecretKind.Session, random);
        var principal = person.AsPrincipal(nowMs + (long)AccountLimits.SessionLife.TotalMilliseconds);
        await record.AppendAsync(LedgerEntryKind.SignIn, principal, person.City, how, cancellationToken).ConfigureAwait(false);
        var ended = await store.AddSessionAsync(new(cookie.Id, cookie.Hash, person.Id, nowMs, nowMs, null), cancellationToken).ConfigureAwait(false);
        foreach (var id in ended)
        {
            watch.End("session:" + id);
        }

        return (new(CredentialFault.None, principal, "session:" + cookie.Id, string.Empty, 0, number), cookie);
    }

    /// <summary>Ends the session of the cookie, if it is one.</summary>
    public async Task EndAsync(string text, CancellationToken cancellationToken)
    {
        if (Secret.Parse(SecretKind.Session, text) is not { } secret
            || await store.FindSessionAsync(secret.Id, cancellationToken).ConfigureAwait(false) is not { EndedMs: null } session
            || !secret.Proves(session.Hash))
        {
            return;
        }

        if (await store.FindPersonAsync(session.Person, cancellationToken).ConfigureAwait(false) is { } person)
        {
            await record.AppendAsync(LedgerEntryKind.SignIn, person.AsPrincipal(long.MaxValue), person.City, "signed out", cancellationToken).ConfigureAwait(false);
        }

        await store.EndSessionAsync(session.Id, NowMs, cancellationToken).ConfigureAwait(false);
        watch.End("session:" + session.Id);
    }
}
