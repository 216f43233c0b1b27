using Quartier.Api.Http;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>What the address of a change leads to.</summary>
internal static class WriteTarget
{
    /// <summary>The path below the root.</summary>
    public static Outcome<ResourcePath> Read(string path)
    {
        var outcome = QueryUrl.Read(path, string.Empty, QueryLimits.Default);
        if (!outcome.Try(out var query, out var problem))
        {
            return problem.Kind == QueryProblemKind.NotFound
                ? Problems.Create(StatusCodes.Status404NotFound, "unknown", "No such resource", problem.Text)
                : WriteProblems.Bad(problem.Text);
        }

        return query.Path is { End: PathEnd.Entities, Property: null }
            ? query.Path
            : Problems.Create(
                StatusCodes.Status405MethodNotAllowed, "method", "The method is not for this resource", "Entities and sets are changed. Change a property by PATCH of its entity.");
    }

    /// <summary>The entity to which a path leads.</summary>
    public static ValueTask<Outcome<Entity>> FindAsync(WritePorts ports, ResourcePath path, CancellationToken cancellationToken) =>
        FindAsync(ports, path, EntitySight.Entities, cancellationToken);

    /// <summary>The same for whoever sees some entities only.</summary>
    public static async ValueTask<Outcome<Entity>> FindAsync(WritePorts ports, ResourcePath path, EntitySight sight, CancellationToken cancellationToken)
    {
        var query = new EntityQuery(path, QueryOptions.None, ports.NowMs, sight, QueryLimits.Default);
        var outcome = await ports.Entities.FindAsync(query, cancellationToken).ConfigureAwait(false);
        return outcome.Value?.Entities is [var entity]
            ? entity
            : Problems.Create(
                StatusCodes.Status404NotFound, "unknown", "No such entity", outcome.Problem?.Text ?? "The path leads to no entity. GET the set to see which there are.");
    }

    /// <summary>The path to the entity whose set the last step is.</summary>
    public static ResourcePath Parent(ResourcePath path) => path with { Steps = path.Steps[..^1] };
}
