using Microsoft.Extensions.Options;
using Quartier.Api.Accounts.Oidc;
using Quartier.Api.Http;
using Quartier.Api.SensorThings.Description;
using Quartier.Api.SensorThings.Districts;
using Quartier.Api.SensorThings.Formats;
using Quartier.Api.SensorThings.Projection;
using Quartier.Api.SensorThings.Reading;
using Quartier.Api.SensorThings.Root;

namespace Quartier.Api.SensorThings;

/// <summary>The OGC SensorThings API 1.1 (OGC 18-088): its root, and everything that is read below it.</summary>
internal static class SensorThingsRoutes
{
    private const string Methods = "GET, HEAD, OPTIONS, POST, PATCH, PUT, DELETE";

    /// <summary>What the routes need; the host adds <see cref="Contracts.SensorThings.IEntityStore"/> and <see cref="Contracts.SensorThings.IObservationReader"/>.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<DatastreamNumbers>().AddSingleton<EntityProjection>().AddHostedService<ProjectionStart>();
        services.AddScoped<CityDesks>().AddScoped<ObservationAccess>().AddSingleton<ThingPlaces>().AddScoped<HiddenPlaces>().AddSingleton<NamingStreams>().AddScoped<SeenFeatures>().AddScoped<EntityReading>();
    }

    /// <summary>Maps <c>/v1.1</c>. Nothing below it is reached without a known caller, and nothing leaves it without a record.</summary>
    public static RouteGroupBuilder Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(EntityLinks.Path)
            .AddEndpointFilter<RouteGroupBuilder, RequestGate>()
            .AddEndpointFilter<RouteGroupBuilder, DeskGate>()
            .WithMetadata(OpenQuery.Route)
            .ExcludeFromDescription();
        group.MapGet("/", GetRoot);
        group.MapGet("/{**below}", GetAsync);
        routes.MapGet(EntityDescription.Address, (HttpRequest request) => Results.Text(
            EntityDescription.Write(EntityLinks.Of(request)).ToJsonString(), EntityAnswer.Json)).ExcludeFromDescription();
        routes.MapMethods(EntityLinks.Path, [HttpMethods.Options], Options).ExcludeFromDescription();
        routes.MapMethods($"{EntityLinks.Path}/{{**below}}", [HttpMethods.Options], Options).ExcludeFromDescription();
        return group;
    }

    private static IResult GetRoot(HttpRequest request, IOptions<QuartierApiOptions> options) =>
        new EntityAnswer(RootDocument.Write(EntityLinks.Of(request), options.Value.MqttEndpoint?.Invoke()), EntityAnswer.Json);

    private static Task<IResult> GetAsync(HttpContext context, EntityReading reading, CancellationToken cancellationToken) =>
        reading.AnswerAsync(context.Request, Below(context), cancellationToken);

    /// <summary>The path below the root as it was sent: a route value has lost which slashes were encoded.</summary>
    private static string Below(HttpContext context)
    {
        var target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        var end = target.IndexOf('?', StringComparison.Ordinal);
        var path = end < 0 ? target : target[..end];
        var root = path.IndexOf(EntityLinks.Path, StringComparison.Ordinal);
        return root >= 0 ? path[(root + EntityLinks.Path.Length)..] : context.Request.Path.Value![EntityLinks.Path.Length..];
    }

    private static IResult Options(HttpResponse response)
    {
        response.Headers.Allow = Methods;
        return Results.NoContent();
    }
}
