using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;
using Quartier.Api.Http;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Principals;
using Quartier.Domain.Principals;

namespace Quartier.Api.Accounts.Oidc;

/// <summary>
/// Signs persons in by OpenID Connect: authorization code with PKCE, state and nonce. The provider says who somebody is; only the administrator
/// says that this is a person here.
/// </summary>
internal sealed class OidcSignIn(
    OidcProvider provider,
    IAccountStore store,
    SignIns signIns,
    PendingSignIns pending,
    RefusedSubjects refused,
    AccountRecord record,
    TimeProvider time,
    ILogger<OidcSignIn> logger) : IDisposable
{
    private const int RetrySeconds = 30;

    private readonly IdTokens _tokens = new(provider, time);

    /// <summary>Where the browser goes to sign in, and the cookie that it comes back with.</summary>
    public async Task<Outcome<(Uri Address, string Browser)>> StartAsync(string redirectUri, CancellationToken cancellationToken)
    {
        try
        {
            var metadata = await provider.MetadataAsync(isKeyUnknown: false, cancellationToken).ConfigureAwait(false);
            var (state, browser, begun) = pending.Begin(redirectUri);
            var query = new QueryBuilder
            {
                { "response_type", "code" },
                { "client_id", provider.Settings.ClientId },
                { "redirect_uri", redirectUri },
                { "scope", "openid email" },
                { "state", state },
                { "nonce", begun.Nonce },
                { "code_challenge", PendingSignIns.Challenge(begun.Verifier) },
                { "code_challenge_method", "S256" },
            };
            var separator = metadata.Authorization.Query.Length > 0 ? "&" : "?";
            return (new Uri(metadata.Authorization.AbsoluteUri + separator + query.ToQueryString().Value![1..]), browser);
        }
        catch (OidcException failure)
        {
            return Unusable(failure);
        }
    }

    /// <summary>Ends a sign-in that came back with a code: the cookie of the person's session.</summary>
    public async Task<Outcome<Secret>> FinishAsync(string state, string code, string? browser, CancellationToken cancellationToken)
    {
        if (pending.Take(state, browser) is not { } begun)
        {
            return Refuse("its state is unknown, used, older than ten minutes, or of another browser", "The sign-in was not begun in this browser within the last ten minutes, or has been used. Begin it again.");
        }

        try
        {
            var token = await provider.ExchangeAsync(code, begun.Verifier, begun.RedirectUri, cancellationToken).ConfigureAwait(false);
            var identity = await _tokens.ReadAsync(token, begun.Nonce, cancellationToken).ConfigureAwait(false);
            return await EnterAsync(identity, cancellationToken).ConfigureAwait(false);
        }
        catch (OidcException failure)
        {
            return Refuse(failure.Message, "The identity provider did not prove who you are; the server's log says why. Begin the sign-in again.");
        }
    }

    /// <summary>What the answer is to a sign-in that the provider itself refused.</summary>
    public ApiProblem Refused(string error) => Refuse($"the provider says '{Problems.Quote(error)}'", "The identity provider refused the sign-in. Begin it again, or ask its administrator.");

    public void Dispose() => provider.Dispose();

    private async Task<Outcome<Secret>> EnterAsync(OidcIdentity identity, CancellationToken cancellationToken)
    {
        var issuer = provider.Settings.Issuer;
        var person = await store.FindPersonBySubjectAsync(issuer, identity.Subject, cancellationToken).ConfigureAwait(false)
            ?? await LinkByEmailAsync(issuer, identity, cancellationToken).ConfigureAwait(false);
        if (person is not { Enabled: true })
        {
            refused.Add(issuer, identity, time.GetUtcNow().ToUnixTimeMilliseconds());
            record.NoteFailure("refused: OpenID Connect, no enabled person is linked");
            return Problems.Forbidden(
                "The identity provider knows you, but no enabled person here is linked to you. Ask an administrator: 'quartier sign-in refused' lists you.");
        }

        var (_, cookie) = await signIns.BeginAsync(person, "signed in by OpenID Connect", cancellationToken).ConfigureAwait(false);
        return cookie;
    }

    // The address links only once: from then on the subject counts, which the provider never gives to somebody else.
    private async Task<Person?> LinkByEmailAsync(string issuer, OidcIdentity identity, CancellationToken cancellationToken)
    {
        if (identity.Email is not { } email
            || await store.FindPersonByEmailAsync(email, cancellationToken).ConfigureAwait(false) is not { Subject: null, Enabled: true } person
            || (person.Issuer is not null && person.Issuer != issuer))
        {
            return null;
        }

        var linked = person with { Issuer = issuer, Subject = identity.Subject };
        await record.AppendAsync(LedgerEntryKind.Key, person.AsPrincipal(long.MaxValue), person.City, "linked to a subject by verified e-mail address", cancellationToken)
            .ConfigureAwait(false);
        return await store.ChangePersonAsync(linked, cancellationToken).ConfigureAwait(false) == AccountOutcome.Done ? linked : null;
    }

    private ApiProblem Unusable(OidcException failure)
    {
        Log.IssuerUnusable(logger, provider.Settings.Issuer, failure.Message);
        return Problems.Unavailable("The identity provider cannot be used at present; the server's log says why.", RetrySeconds);
    }

    private ApiProblem Refuse(string reason, string detail)
    {
        Log.SignInRefused(logger, provider.Settings.Issuer, reason);
        record.NoteFailure("refused: OpenID Connect");
        return Problems.Create(StatusCodes.Status401Unauthorized, "wrong-credential", "The credential is wrong", detail);
    }
}
