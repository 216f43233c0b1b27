using System.Text;
using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings;

/// <summary>URLs of the SensorThings API: read once, into immutable trees. Bad ones are answered by a problem, never by an exception.</summary>
public static class QueryUrl
{
    /// <summary>Reads path and options.</summary>
    /// <param name="path">Below the root, still percent-encoded, with or without a leading slash: <c>/Things(1)/Datastreams</c>.</param>
    /// <param name="query">Still percent-encoded, with or without the question mark; a plus is a blank.</param>
    /// <param name="limits">What it may cost to read.</param>
    public static QueryOutcome<ParsedQuery> Read(string path, string query, QueryLimits limits)
    {
        if (path.Length + query.Length > limits.UrlCharacters)
        {
            return new QueryProblem(
                QueryProblemKind.LimitExceeded, $"The URL has {path.Length + query.Length} characters, at most {limits.UrlCharacters} are read.", string.Empty, -1, "URL characters");
        }

        var budget = new QueryBudget(limits);
        if (Decode(path.AsSpan().Trim('/'), false, out var problem) is not { } decoded)
        {
            return problem with { Where = "path" };
        }

        var scan = new QueryScan(decoded, "path", budget);
        if (new PathReader(scan).Read() is not { } resource)
        {
            return scan.Problem!;
        }

        var outcome = Options(resource.Type, query, budget);
        return outcome.Try(out var options, out var flaw) ? Fit(resource, options) : flaw;
    }

    /// <summary>Reads options alone, of entities of the kind.</summary>
    public static QueryOutcome<QueryOptions> ReadOptions(EntityKind kind, string query, QueryLimits limits) =>
        Options(EntityTypes.Of(kind), query, new QueryBudget(limits));

    private static QueryOutcome<QueryOptions> Options(EntityType type, string query, QueryBudget budget)
    {
        var reader = new OptionsReader(type);
        foreach (var part in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var rawName = equals < 0 ? part : part[..equals];
            var rawValue = equals < 0 ? string.Empty : part[(equals + 1)..];
            if (Decode(rawName, true, out var problem) is not { } name || Decode(rawValue, true, out problem) is not { } value)
            {
                return problem with { Where = Shortened.Text(rawName) };
            }

            var scan = new QueryScan(value, Shortened.Text(name), budget);
            if (reader.Read(name, 0, scan))
            {
                scan.Blanks();
                _ = scan.AtEnd ? null : scan.Expected<object>("an operator or the end");
            }

            if (scan.Problem is { } flaw)
            {
                return flaw;
            }
        }

        return reader.Finish() is { } options ? options : reader.Flaw!;
    }

    private static QueryOutcome<ParsedQuery> Fit(ResourcePath path, QueryOptions options)
    {
        var isPage = options.Filter is not null || !options.OrderBy.IsEmpty || options.Top is not null || options.Skip > 0 || options.Count || options.After is not null;
        if (isPage && !path.IsSet)
        {
            return Misfit("$filter, $orderby, $top, $skip and $count belong to sets, and the path leads to one entity or property.");
        }

        var isShown = !options.Select.IsEmpty || !options.Expand.IsEmpty;
        return isShown && path.End != PathEnd.Entities
            ? Misfit("$select and $expand belong to entities, not to properties, $ref or $count.")
            : new ParsedQuery(path, options);
    }

    private static QueryProblem Misfit(string text) => new(QueryProblemKind.Syntax, text, string.Empty, -1, null);

    // RFC 3986, 2.1: bytes of UTF-8. In the query a plus is a blank, as HTML forms and most clients' libraries encode it.
    private static string? Decode(ReadOnlySpan<char> text, bool isQuery, out QueryProblem problem)
    {
        problem = new QueryProblem(QueryProblemKind.Syntax, "A percent sign needs two hexadecimal digits after it, and the bytes have to be UTF-8.", string.Empty, -1, null);
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = 0;
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '%')
            {
                if (at + 2 >= text.Length || !byte.TryParse(text.Slice(at + 1, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out bytes[length]))
                {
                    problem = problem with { Position = at };
                    return null;
                }

                (at, length) = (at + 3, length + 1);
                continue;
            }

            if (text[at] == '+' && isQuery)
            {
                (at, bytes[length++]) = (at + 1, (byte)' ');
                continue;
            }

            var plain = text[at..].IndexOfAny('%', '+') is var next && next < 0 ? text.Length - at : Math.Max(next, 1);
            length += Encoding.UTF8.GetBytes(text.Slice(at, plain), bytes.AsSpan(length));
            at += plain;
        }

        return System.Text.Unicode.Utf8.IsValid(bytes.AsSpan(0, length)) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }
}
