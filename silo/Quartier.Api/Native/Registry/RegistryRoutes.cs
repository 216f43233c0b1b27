using System.Text;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Quartier.Api.Accounts;
using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Cities;
using Quartier.Contracts.Cities;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Registry;
using Quartier.Domain.Principals;
using Quartier.Domain.Registry;

namespace Quartier.Api.Native.Registry;

/// <summary>The registry file: what is in force, and a new one.</summary>
internal static class RegistryRoutes
{
    /// <summary>Greatest registry file in bytes, as docs/registry.md says.</summary>
    public const int FileMaxBytes = 16 * 1024 * 1024;

    /// <summary>Longest id, in characters.</summary>
    private const int IdMax = 64;

    private static readonly QueryParameter DryRun = new("dryRun", QueryKind.Flag, "Only says what would change.");

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/cities/{city}/registry", GetAsync)
            .Describe("getRegistry", "The registry file that is in force, for administrators. Answers 304 to a matching If-None-Match.")
            .Answers<string>(
                YamlBody.MediaType, StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
        api.MapGet("/cities/{city}/registry/additions", GetAdditions)
            .Describe("getRegistryAdditions", "What is registered beside the file, through the SensorThings API, as YAML; for administrators.")
            .Answers<string>(
                YamlBody.MediaType, StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
        api.MapPut("/cities/{city}/registry", PutAsync)
            .Describe("putRegistry", "Applies a registry file (YAML, at most 16 MiB); registers the city when it is new.", DryRun)
            .WithMetadata(new BodyLimit(FileMaxBytes), YamlBody.MediaTypes)
            .Answers<RegistryAnswer>(
                StatusCodes.Status400BadRequest,
                StatusCodes.Status401Unauthorized,
                StatusCodes.Status403Forbidden,
                StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status415UnsupportedMediaType,
                StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> GetAsync(
        string city, HttpContext context, CityDirectory directory, IRegistryStore store, CancellationToken cancellationToken)
    {
        // The file tells where everything is, also what policies tell their readers to be left out.
        if (!directory.City(city).TryGet(out _, out var problem)
            || (problem = Permission.Refuse(Caller.Of(context), Right.ApplyRegistry, city)) is not null)
        {
            return problem;
        }

        var documents = await store.LoadAllAsync(cancellationToken).ConfigureAwait(false);
        if (documents.FirstOrDefault(d => d.City == city) is not { } document)
        {
            return Problems.Unknown("registry file of city", city, [], $"PUT /api/cities/{city}/registry stores one.");
        }

        return EntityTags.Matches(context, document.Version)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Text(document.Yaml, YamlBody.MediaType, Encoding.UTF8);
    }

    private static IResult GetAdditions(string city, HttpContext context, CityDirectory directory, IRegistry registry)
    {
        if (!directory.City(city).TryGet(out _, out var problem)
            || (problem = Permission.Refuse(Caller.Of(context), Right.ApplyRegistry, city)) is not null)
        {
            return problem;
        }

        var snapshot = registry.Find(city)!;
        return EntityTags.Matches(context, snapshot.Version)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Text(AdditionsText.Yaml(snapshot), YamlBody.MediaType, Encoding.UTF8);
    }

    private static async Task<IResult> PutAsync(
        string city, HttpContext context, IGrainFactory grains, ILogger<RegistryAnswer> logger, CancellationToken cancellationToken)
    {
        var request = context.Request;
        if (Refuse(city, context) is { } refusal)
        {
            return refusal;
        }

        if (!QueryReader.Flag(request, DryRun).TryGet(out var dryRun, out var problem)
            || !(await RequestBody.ReadAsync(request, FileMaxBytes, cancellationToken).ConfigureAwait(false)).TryGet(out var body, out problem)
            || !YamlBody.Decode(body).TryGet(out var yaml, out problem))
        {
            return problem;
        }

        RequestContext.Set(LedgerContext.Who, Caller.Of(context).Principal.Reference);

        // Not cancelled with the request: once begun, a registry is applied whole.
        var result = await grains.GetGrain<ICityGrain>(city).Apply(yaml, dryRun).ConfigureAwait(false);
        if (!result.Problems.IsEmpty)
        {
            return Problems.UnsoundRegistry(result.Problems);
        }

        if (result.Applied)
        {
            Log.RegistryApplied(logger, city, result.Version, result.Changes.Length);
        }

        var changes = result.Changes.Select(c => new RegistryChangeItem(Words<RegistryAction>.Of(c.Action), c.What, c.Detail));
        return Results.Json(new RegistryAnswer(result.Version, result.Applied, [.. changes]), ApiJson.Api.RegistryAnswer);
    }

    private static ApiProblem? Refuse(string city, HttpContext context)
    {
        if (Permission.Refuse(Caller.Of(context), Right.ApplyRegistry, city) is { } refusal)
        {
            return refusal;
        }

        if (city.Length > IdMax || city.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-'))
        {
            return Problems.BadParameter("city", city, $"an id is lower-case letters, digits and '-', at most {IdMax}. Use the file's own 'city'.");
        }

        return YamlBody.Refuse(context.Request);
    }
}
