using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Domain.Principals;

namespace Quartier.Api.Accounts;

/// <summary>Persons, for administrators.</summary>
internal static class PersonRoutes
{
    private const string Example = "{\"id\": \"a-meier\", \"name\": \"A. Meier\", \"roles\": [\"operator\"], \"offices\": [\"mobilitaet\"]}";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/persons", ListAsync)
            .Describe("listPersons", "The persons with an account. For administrators.")
            .Answers<PersonItem[]>(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);
        api.MapPost("/persons", AddAsync)
            .Describe("addPerson", "Adds a person. For administrators.")
            .Accepts<PersonRequest>("application/json")
            .Answers<PersonItem>(
                StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status409Conflict);
        api.MapPatch("/persons/{person}", ChangeAsync)
            .Describe("changePerson", "Changes a person; what is absent stays, an empty text takes a value away. What is open by their credentials ends.")
            .Accepts<PersonRequest>("application/json")
            .Answers<PersonItem>(
                StatusCodes.Status400BadRequest,
                StatusCodes.Status401Unauthorized,
                StatusCodes.Status403Forbidden,
                StatusCodes.Status404NotFound,
                StatusCodes.Status409Conflict);
        api.MapPost("/persons/{person}/sign-in-link", LinkAsync)
            .Describe("createSignInLink", "Makes a link that signs the person in once within an hour. For administrators.")
            .Answers<LinkCreated>(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(HttpContext context, People people, CancellationToken cancellationToken)
    {
        var caller = Caller.Of(context);
        if (Permission.Refuse(caller, Right.ChangeAccounts, caller.Principal.City) is { } refusal)
        {
            return refusal;
        }

        var persons = await people.ListAsync(caller.Principal, cancellationToken).ConfigureAwait(false);
        return Results.Json([.. persons.Select(PersonItem.Of)], ApiJson.Api.PersonItemArray);
    }

    private static async Task<IResult> AddAsync(HttpContext context, People people, CancellationToken cancellationToken)
    {
        var caller = Caller.Of(context);
        if (Permission.Refuse(caller, Right.ChangeAccounts, caller.Principal.City) is { } refusal)
        {
            return refusal;
        }

        var read = await JsonBody.ReadAsync(context.Request, ApiJson.Api.PersonRequest, Example, cancellationToken).ConfigureAwait(false);
        if (!read.TryGet(out var request, out var problem)
            || !(await people.AddAsync(caller.Principal, request, cancellationToken).ConfigureAwait(false)).TryGet(out var person, out problem))
        {
            return problem;
        }

        return Results.Json(PersonItem.Of(person), ApiJson.Api.PersonItem);
    }

    private static async Task<IResult> ChangeAsync(string person, HttpContext context, People people, CancellationToken cancellationToken)
    {
        var caller = Caller.Of(context);
        if (Permission.Refuse(caller, Right.ChangeAccounts, caller.Principal.City) is { } refusal)
        {
            return refusal;
        }

        var read = await JsonBody.ReadAsync(context.Request, ApiJson.Api.PersonRequest, Example, cancellationToken).ConfigureAwait(false);
        if (!read.TryGet(out var request, out var problem)
            || !(await people.ChangeAsync(caller.Principal, person, request, cancellationToken).ConfigureAwait(false)).TryGet(out var changed, out problem))
        {
            return problem;
        }

        return Results.Json(PersonItem.Of(changed), ApiJson.Api.PersonItem);
    }

    private static async Task<IResult> LinkAsync(
        string person, HttpContext context, People people, SignIns signIns, CancellationToken cancellationToken)
    {
        var caller = Caller.Of(context);
        if (Permission.Refuse(caller, Right.ChangeAccounts, caller.Principal.City) is { } refusal)
        {
            return refusal;
        }

        if (!(await people.FindAsync(caller.Principal, person, cancellationToken).ConfigureAwait(false)).TryGet(out var found, out var problem))
        {
            return problem;
        }

        var (secret, untilMs) = await signIns.CreateLinkAsync(caller.Principal, found, cancellationToken).ConfigureAwait(false);
        context.Response.Headers.CacheControl = "no-store";
        var request = context.Request;
        return Results.Json(
            new LinkCreated($"{request.Scheme}://{request.Host}{SignInRoutes.LinkPath(secret)}", new(untilMs)), ApiJson.Api.LinkCreated);
    }
}
