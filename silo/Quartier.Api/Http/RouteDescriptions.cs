namespace Quartier.Api.Http;

/// <summary>Describes routes for the OpenAPI document and the <see cref="RequestGate"/>.</summary>
internal static class RouteDescriptions
{
    /// <summary>Names the route and the query parameters that it takes besides <c>as</c>.</summary>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string id, string summary, params QueryParameter[] parameters) =>
        route.WithName(id).WithSummary(summary).WithMetadata([.. parameters]);

    /// <summary>Says what the route answers: JSON of the type, and problems with these status codes.</summary>
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder route, params int[] problems) =>
        route.Answers<T>("application/json", problems);

    /// <summary>The same with another media type.</summary>
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder route, string contentType, params int[] problems)
    {
        route.Produces<T>(StatusCodes.Status200OK, contentType);
        foreach (var status in problems)
        {
            route.Produces<ProblemBody>(status, ApiProblem.ContentType);
        }

        return route;
    }
}
