using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Domain.Principals;

namespace Quartier.Api.Accounts;

/// <summary>API keys, for administrators.</summary>
internal static class KeyRoutes
{
    private const string Example = "{\"person\": \"a-meier\", \"until\": \"2027-06-30T00:00:00.000Z\"}";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/keys", ListAsync)
            .Describe("listKeys", "The API keys, never the secrets. For administrators.")
            .Answers<KeyItem[]>(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);
        api.MapPost("/keys", CreateAsync)
            .Describe("createKey", "Makes an API key for a person, or for a contract of a city; the answer shows it this once. For administrators.")
            .Accepts<KeyRequest>("application/json")
            .Answers<KeyCreated>(
                StatusCodes.Status400BadRequest,
                StatusCodes.Status401Unauthorized,
                StatusCodes.Status403Forbidden,
                StatusCodes.Status404NotFound,
                StatusCodes.Status409Conflict);
        api.MapDelete("/keys/{key}", RevokeAsync)
            .Describe("revokeKey", "Revokes an API key at once; what is open by it ends. For administrators.")
            .Answers<KeyItem>(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(HttpContext context, Keys keys, TimeProvider time, CancellationToken cancellationToken)
    {
        var caller = Caller.Of(context);
        if (Permission.Refuse(caller, Right.ChangeAccounts, caller.Principal.City) is { } refusal)
        {
            return refusal;
        }

        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var found = await keys.ListAsync(caller.Principal, cancellationToken).ConfigureAwait(false);
        return Results.Json([.. found.Select(k => KeyItem.Of(k, nowMs))], ApiJson.Api.KeyItemArray);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, Keys keys, TimeProvider time, CancellationToken cancellationToken)
    {
        var caller = Caller.Of(context);
        if (Permission.Refuse(caller, Right.ChangeAccounts, caller.Principal.City) is { } refusal)
        {
            return refusal;
        }

        var read = await JsonBody.ReadAsync(context.Request, ApiJson.Api.KeyRequest, Example, cancellationToken).ConfigureAwait(false);
        if (!read.TryGet(out var request, out var problem)
            || !(await keys.CreateAsync(caller.Principal, request, cancellationToken).ConfigureAwait(false)).TryGet(out var made, out problem))
        {
            return problem;
        }

        context.Response.Headers.CacheControl = "no-store";
        var item = KeyItem.Of(made.Key, time.GetUtcNow().ToUnixTimeMilliseconds());
        return Results.Json(new KeyCreated(made.Secret.Reveal(), item), ApiJson.Api.KeyCreated);
    }

    private static async Task<IResult> RevokeAsync(string key, HttpContext context, Keys keys, TimeProvider time, CancellationToken cancellationToken)
    {
        var caller = Caller.Of(context);
        if (Permission.Refuse(caller, Right.ChangeAccounts, caller.Principal.City) is { } refusal)
        {
            return refusal;
        }

        return (await keys.RevokeAsync(caller.Principal, key, cancellationToken).ConfigureAwait(false)).TryGet(out var revoked, out var problem)
            ? Results.Json(KeyItem.Of(revoked, time.GetUtcNow().ToUnixTimeMilliseconds()), ApiJson.Api.KeyItem)
            : problem;
    }
}
