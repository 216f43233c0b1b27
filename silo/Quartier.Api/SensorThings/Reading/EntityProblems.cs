using Quartier.Api.Http;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Reading;

/// <summary>Answers to requests that cannot be carried out.</summary>
internal static class EntityProblems
{
    public static ApiProblem Of(QueryProblem problem)
    {
        var where = problem.Position >= 0 ? $"{problem.Where}, character {problem.Position + 1}: "
            : problem.Where.Length > 0 ? $"{problem.Where}: "
            : string.Empty;
        return Problems.Create(Status(problem), Type(problem), Title(problem), where + problem.Text);
    }

    public static ApiProblem NotFound(string detail) => Problems.Create(StatusCodes.Status404NotFound, "not-found", "Not found", detail);

    public static ApiProblem BadFormat(string detail) => Problems.Create(StatusCodes.Status400BadRequest, "bad-query", "The address cannot be read", detail);

    private static int Status(QueryProblem problem) => problem.Kind switch
    {
        QueryProblemKind.NotFound => StatusCodes.Status404NotFound,
        QueryProblemKind.NotSupported => StatusCodes.Status501NotImplemented,
        QueryProblemKind.LimitExceeded when problem.Limit is "URL characters" => StatusCodes.Status414UriTooLong,
        QueryProblemKind.LimitExceeded when problem.Limit is "time" => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status400BadRequest,
    };

    private static string Type(QueryProblem problem) => problem.Kind switch
    {
        QueryProblemKind.NotFound => "not-found",
        QueryProblemKind.NotSupported => "not-supported",
        QueryProblemKind.LimitExceeded => "query-limit",
        _ => "bad-query",
    };

    private static string Title(QueryProblem problem) => problem.Kind switch
    {
        QueryProblemKind.NotFound => "Not found",
        QueryProblemKind.NotSupported => "Not done here",
        QueryProblemKind.LimitExceeded => "The query costs too much",
        _ => "The address cannot be read",
    };
}
