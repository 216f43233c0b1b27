using Quartier.Api.Http;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Quartier.Api.SensorThings.Reading;

/// <summary>What a request addresses.</summary>
/// <param name="Path">Below the root, as it was sent.</param>
/// <param name="Query">The options as they were sent, without what belongs to the caller and not to the query.</param>
/// <param name="Parsed">Both, read.</param>
internal sealed record EntityAddress(string Path, string Query, ParsedQuery Parsed)
{
    /// <summary>Who asks, for what, and what browsers add so that nothing is taken from a cache.</summary>
    private static readonly string[] Others = [Caller.As.Name, Caller.PurposeParameter.Name, "_"];

    public static Outcome<EntityAddress> Read(HttpRequest request, string below, QueryLimits limits)
    {
        var query = string.Join('&', (request.QueryString.Value ?? string.Empty).TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries).Where(p => !Others.Contains(Name(p), StringComparer.Ordinal)));
        var outcome = QueryUrl.Read(below, query, limits);
        return outcome.Try(out var parsed, out var problem) ? new EntityAddress(below, query, parsed) : EntityProblems.Of(problem);
    }

    /// <summary>The query as it was sent, for addresses of next pages: the purpose goes with it.</summary>
    public static string Whole(HttpRequest request) => request.QueryString.Value ?? string.Empty;

    private static string Name(string part)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? part : part[..equals];
    }
}
