using Microsoft.Extensions.DependencyInjection;
using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Domain.Principals;

namespace Quartier.Api.Accounts.Oidc;

/// <summary>The two stations of a sign-in by OpenID Connect, and who was refused.</summary>
internal static class OidcRoutes
{
    private const string StartPath = "/sign-in/oidc/start";
    private const string CallbackPath = "/sign-in/oidc/callback";

    /// <summary>Ties a sign-in to the browser that began it. Lax: the provider's page leads back here.</summary>
    private const string Cookie = "quartier-oidc";

    private static readonly QueryParameter Code = new("code", QueryKind.Text, "From the provider.") { Maximum = 4_096 };
    private static readonly QueryParameter State = new("state", QueryKind.Text, "From the provider.");
    private static readonly QueryParameter Error = new("error", QueryKind.Text, "From the provider.");

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet(StartPath, StartAsync).WithMetadata(OpenToAll.Route).ExcludeFromDescription();
        api.MapGet(CallbackPath, CallbackAsync).WithMetadata(OpenToAll.Route, OpenQuery.Route).ExcludeFromDescription();
        api.MapGet("/sign-in/refused", ListRefused)
            .Describe("listRefused", "Who signed in at the identity provider and is linked to no person; kept in memory only. For administrators.")
            .Answers<RefusedItem[]>(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);
    }

    private static async Task<IResult> StartAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.RequestServices.GetService<OidcSignIn>() is not { } oidc)
        {
            return NotOffered();
        }

        var request = context.Request;
        var redirectUri = $"{request.Scheme}://{request.Host}/api{CallbackPath}";
        if (!(await oidc.StartAsync(redirectUri, cancellationToken).ConfigureAwait(false)).TryGet(out var start, out var problem))
        {
            return problem;
        }

        context.Response.Cookies.Append(Cookie, start.Browser, Options(context, PendingSignIns.Life));
        context.Response.Headers.CacheControl = "no-store";
        return Results.Redirect(start.Address.AbsoluteUri);
    }

    private static async Task<IResult> CallbackAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.RequestServices.GetService<OidcSignIn>() is not { } oidc)
        {
            return NotOffered();
        }

        if (!QueryReader.Text(context.Request, Error).TryGet(out var error, out var problem)
            || !QueryReader.Text(context.Request, State).TryGet(out var state, out problem)
            || !QueryReader.Text(context.Request, Code).TryGet(out var code, out problem))
        {
            return problem;
        }

        var browser = context.Request.Cookies[Cookie];
        context.Response.Cookies.Append(Cookie, string.Empty, Options(context, TimeSpan.Zero));
        context.Response.Headers.CacheControl = "no-store";
        if (error is not null)
        {
            return oidc.Refused(error);
        }

        var finished = await oidc.FinishAsync(state ?? string.Empty, code ?? string.Empty, browser, cancellationToken).ConfigureAwait(false);
        if (!finished.TryGet(out var session, out problem))
        {
            return problem;
        }

        SessionCookie.Set(context, session);
        return Results.Redirect("/#/");
    }

    private static IResult ListRefused(HttpContext context, RefusedSubjects refused) =>
        Permission.Refuse(Caller.Of(context), Right.ChangeAccounts, null) is { } refusal
            ? refusal
            : Results.Json([.. refused.List()], ApiJson.Api.RefusedItemArray);

    private static ApiProblem NotOffered() => Problems.Create(
        StatusCodes.Status404NotFound,
        "not-found",
        "Not found",
        "No identity provider is configured. Start the server with --oidc-issuer and --oidc-client-id, or sign in by a link ('quartier sign-in link PERSON').");

    private static CookieOptions Options(HttpContext context, TimeSpan life) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Path = "/api/sign-in/oidc",
        Secure = context.Request.IsHttps,
        MaxAge = life,
        IsEssential = true,
    };
}
