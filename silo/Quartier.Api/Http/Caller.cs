using System.Net;
using Quartier.Api.Accounts;
using Quartier.Contracts.Principals;
using Quartier.Domain.Principals;

namespace Quartier.Api.Http;

/// <summary>On whose behalf a request reads.</summary>
/// <param name="Principal">Who.</param>
/// <param name="Purpose">Id of the purpose that was stated; null when none was.</param>
internal sealed record Caller(Principal Principal, string? Purpose)
{
    public const string PurposeHeader = "Quartier-Purpose";

    private const string PublicWord = "public";
    private const string Scheme = "Bearer ";

    /// <summary>The credential that was sent; null when none was. Whatever stays open watches it by <see cref="CredentialWatch"/>.</summary>
    public CheckedCredential? Credential { get; init; }

    public static QueryParameter As { get; } = new("as", QueryKind.Word, "Shows what everybody sees, to somebody who may see more.")
    {
        Words = [PublicWord],
        Optional = true,
    };

    public static QueryParameter PurposeParameter { get; } = new(
        "purpose", QueryKind.Text, "Id of the purpose for which is read. The header Quartier-Purpose does the same.")
    {
        Maximum = PrincipalNames.IdMax,
    };

    /// <summary>The caller of a request that has passed the <see cref="RequestGate"/>.</summary>
    public static Caller Of(HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("The route does not pass the request gate.");

    /// <summary>Reads credential, purpose and 'as'. Without a credential it is the public; with one that is wrong or has ended it is a problem.</summary>
    public static async ValueTask<Outcome<Caller>> ReadAsync(HttpContext context, Authentication authentication)
    {
        if (!ReadPurpose(context.Request).TryGet(out var purpose, out var problem)
            || !QueryReader.Word(context.Request, As).TryGet(out var shownAs, out problem))
        {
            return problem;
        }

        var credential = await CheckAsync(context, authentication).ConfigureAwait(false);
        if (credential is { Fault: not CredentialFault.None })
        {
            return Problems.Credential(credential);
        }

        var principal = shownAs is null && credential is not null ? credential.Principal : Principal.Public;
        return new Caller(principal, purpose) { Credential = credential };
    }

    /// <summary>The same caller for the purpose that a part of the request states; for that of the whole request where it states none.</summary>
    public Outcome<Caller> For(string? purpose) => string.IsNullOrEmpty(purpose) ? this
        : PrincipalNames.IsId(purpose) ? this with { Purpose = purpose }
        : BadPurpose(PurposeHeader, purpose);

    private static ApiProblem BadPurpose(string where, string purpose) => Problems.BadParameter(
        where, purpose, $"the id of a purpose is lower-case letters, digits and '-', at most {PrincipalNames.IdMax}, as in the policy.");

    private static async ValueTask<CheckedCredential?> CheckAsync(HttpContext context, Authentication authentication)
    {
        var remote = Remote(context);
        var header = context.Request.Headers.Authorization.ToString();
        if (header.Length > 0)
        {
            // Another scheme is a wrong credential, not none.
            var key = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : string.Empty;
            return await authentication.CheckKeyAsync(key, remote, context.RequestAborted).ConfigureAwait(false);
        }

        return SessionCookie.Of(context.Request) is { } cookie
            ? await authentication.CheckSessionAsync(cookie, remote, context.RequestAborted).ConfigureAwait(false)
            : null;
    }

    public static IPAddress? Remote(HttpContext context) => context.Connection.RemoteIpAddress;

    private static Outcome<string?> ReadPurpose(HttpRequest request)
    {
        var header = request.Headers[PurposeHeader].ToString();
        var named = request.Query[PurposeParameter.Name].ToString();
        if (header.Length > 0 && named.Length > 0 && header != named)
        {
            return Problems.BadParameter(PurposeParameter.Name, named, $"the header {PurposeHeader} says '{Problems.Quote(header)}'. State one purpose.");
        }

        var purpose = named.Length > 0 ? named : header;
        return purpose.Length switch
        {
            0 => (string?)null,
            _ when PrincipalNames.IsId(purpose) => purpose,
            _ => BadPurpose(named.Length > 0 ? PurposeParameter.Name : PurposeHeader, purpose),
        };
    }
}
