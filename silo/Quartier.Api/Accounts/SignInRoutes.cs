using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Contracts.Principals;
using Quartier.Domain.Principals;

namespace Quartier.Api.Accounts;

/// <summary>Signing in by a link, signing out, and who the caller is.</summary>
internal static class SignInRoutes
{
    /// <summary>The path of a link below the server's address. Behind the '#' nothing reaches a server or its log.</summary>
    public static string LinkPath(Secret link) => "/#/sign-in/" + link.Reveal();

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/me", Me)
            .Describe("getMe", "Who the caller is, and what their roles allow.")
            .Answers<MeItem>(StatusCodes.Status401Unauthorized);
        api.MapPost("/sign-in", SignInAsync)
            .Describe("signIn", "Signs in by a link's token, which works once; the session travels in a cookie.")
            .WithMetadata(OpenToAll.Route)
            .Accepts<SignInRequest>("application/json")
            .Answers<MeItem>(StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status429TooManyRequests);
        api.MapPost("/sign-out", SignOutAsync)
            .Describe("signOut", "Ends the session of the cookie, if there is one; the caller is the public then.")
            .WithMetadata(OpenToAll.Route)
            .Answers<MeItem>();
    }

    private static IResult Me(HttpContext context, IOptions<QuartierApiOptions> options)
    {
        var caller = Caller.Of(context);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(Show(caller.Principal, caller.Credential?.Reference, options.Value), ApiJson.Api.MeItem);
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, SignIns signIns, IOptions<QuartierApiOptions> options, CancellationToken cancellationToken)
    {
        var read = await JsonBody.ReadAsync(context.Request, ApiJson.Api.SignInRequest, "{\"token\": \"ql_…\"}", cancellationToken).ConfigureAwait(false);
        if (!read.TryGet(out var request, out var problem))
        {
            return problem;
        }

        var (found, cookie) = await signIns.ByLinkAsync(request.Token ?? string.Empty, Caller.Remote(context), cancellationToken).ConfigureAwait(false);
        if (cookie is null)
        {
            return Problems.Credential(found);
        }

        SessionCookie.Set(context, cookie);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(Show(found.Principal, found.Reference, options.Value), ApiJson.Api.MeItem);
    }

    private static async Task<IResult> SignOutAsync(
        HttpContext context, SignIns signIns, IOptions<QuartierApiOptions> options, CancellationToken cancellationToken)
    {
        if (SessionCookie.Of(context.Request) is { } cookie)
        {
            await signIns.EndAsync(cookie, cancellationToken).ConfigureAwait(false);
            SessionCookie.Remove(context);
        }

        return Results.Json(Show(Principal.Public, null, options.Value), ApiJson.Api.MeItem);
    }

    private static MeItem Show(Principal principal, string? reference, QuartierApiOptions options) => new(
        principal.Reference,
        principal.Name,
        [.. principal.Roles.Select(Words<Role>.Of)],
        principal.Offices,
        [.. Enum.GetValues<Right>().Where(r => Rights.Allows(principal, r, principal.City)).Select(Words<Right>.Of)],
        principal.Contract,
        principal.City,
        reference?.Split(':')[0] ?? "none",
        principal.UntilMs == long.MaxValue ? null : new UtcTime(principal.UntilMs),
        options.Oidc is not null);
}
