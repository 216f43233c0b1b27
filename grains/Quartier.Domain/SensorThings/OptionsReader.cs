using System.Collections.Immutable;
using System.Globalization;
using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings;

/// <summary>Query options, of a URL or within <c>$expand</c> (OGC 18-088, 9.3). The text of each is read by a scan of its own or of the expand.</summary>
internal sealed class OptionsReader(EntityType type)
{
    private static readonly string[] s_names =
        ["$filter", "$orderby", "$select", "$expand", "$top", "$skip", "$count", "$resultFormat", "$skiptoken"];

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private QueryOptions _options = QueryOptions.None;
    private (QueryScan Scan, string Text)? _token;

    /// <summary>Why they do not fit together.</summary>
    public QueryProblem? Flaw => _token?.Scan.Problem;

    /// <summary>Reads one option; false when there is a problem.</summary>
    /// <param name="name">With its <c>$</c>.</param>
    /// <param name="start">Where the name stands in the scan, for messages.</param>
    /// <param name="scan">Its value begins here.</param>
    public bool Read(string name, int start, QueryScan scan)
    {
        if (!s_names.Contains(name, StringComparer.Ordinal))
        {
            return Refuse(scan, start, $"There is no option '{Shortened.Text(name)}'.{NearestName.Hint(name, s_names)}");
        }

        if (!_seen.Add(name))
        {
            return Refuse(scan, start, $"{name} is given twice.");
        }

        return name switch
        {
            "$filter" => Set(new ExpressionReader(scan, type).Condition(), (o, filter) => o with { Filter = filter }),
            "$orderby" => Set(List(scan, OrderTerm), (o, terms) => o with { OrderBy = terms.Items }),
            "$select" => Set(List(scan, Selected), (o, paths) => o with { Select = paths.Items }),
            "$expand" => Set(List(scan, Expanded), (o, relations) => o with { Expand = Merge(relations.Items) }),
            _ => ReadPlain(name, scan),
        };
    }

    /// <summary>The options, or null when they do not fit together.</summary>
    public QueryOptions? Finish()
    {
        if (_token is not var (scan, text))
        {
            return _options;
        }

        return PagePositionText.Read(text, _options.OrderBy.Length) is { } after
            ? _options with { After = after }
            : scan.Fail<QueryOptions>(0, "The position is none that this server gave out for this order. Begin again without $skiptoken.");
    }

    private bool ReadPlain(string name, QueryScan scan)
    {
        scan.Blanks();
        var start = scan.Position;
        var word = scan.Name();
        switch (name)
        {
            case "$top" or "$skip":
                if (!long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                {
                    return Refuse(scan, start, $"{name} is a number from 0, found '{Shortened.Text(word)}'.");
                }

                _options = name is "$top" ? _options with { Top = (int)Math.Min(number, QueryLimits.MostTop) } : _options with { Skip = number };
                return true;
            case "$count":
                _options = _options with { Count = word is "true" };
                return word is "true" or "false" || Refuse(scan, start, $"$count is true or false, found '{Shortened.Text(word)}'.");
            case "$skiptoken":
                _token = (scan, word);
                return true;
            default:
                return Enum.TryParse<ResultFormat>(word, true, out var format) && char.IsAsciiLetter(word[0])
                    ? Set(scan, o => o with { Format = format })
                    : Refuse(scan, start, $"$resultFormat is dataArray, CSV or GeoJSON, found '{Shortened.Text(word)}'.");
        }
    }

    private static bool Refuse(QueryScan scan, int at, string text) => scan.Fail<object>(at, text) is not null;

    private bool Set(QueryScan scan, Func<QueryOptions, QueryOptions> change)
    {
        _options = change(_options);
        return scan.Problem is null;
    }

    private bool Set<T>(T? read, Func<QueryOptions, T, QueryOptions> change)
        where T : class
    {
        if (read is null)
        {
            return false;
        }

        _options = change(_options, read);
        return true;
    }

    private static Sequence<T>? List<T>(QueryScan scan, Func<QueryScan, T?> read)
        where T : class
    {
        var items = ImmutableArray.CreateBuilder<T>();
        do
        {
            scan.Blanks();
            if (!scan.Count() || read(scan) is not { } item)
            {
                return null;
            }

            items.Add(item);
            scan.Blanks();
        }
        while (scan.Take(','));
        return new Sequence<T>(items.ToImmutable());
    }

    private OrderTerm? OrderTerm(QueryScan scan)
    {
        var start = scan.Position;
        if (new ExpressionReader(scan, type).Value() is not { } by)
        {
            return null;
        }

        if (Paths.All(by).Any(p => p.Steps.Any(s => s.Many)))
        {
            return scan.Fail<OrderTerm>(start, "An order needs one value, and the path leads to many entities. Order by properties of the entity or of one it belongs to.");
        }

        if (Typing.Of(by) == ValueKind.Geometry)
        {
            return scan.Fail<OrderTerm>(start, "Geometries have no order. Order by geo.distance or another number.");
        }

        scan.Blanks();
        var isDescending = scan.TakeWord("desc");
        _ = !isDescending && scan.TakeWord("asc");
        return new OrderTerm(by, isDescending);
    }

    private SelectedPath? Selected(QueryScan scan)
    {
        var start = scan.Position;
        var name = scan.Name();
        if (PropertyReader.Find(type, name) is { } property)
        {
            return new PropertyReader(scan, type).Inside(property) is { } names ? new SelectedPath(property, [.. names], null) : null;
        }

        if (type.Navigation(name) is { } relation)
        {
            return new SelectedPath(null, [], relation);
        }

        PropertyReader.Unknown(scan, type, name, start);
        return null;
    }

    private ExpandedRelation? Expanded(QueryScan scan)
    {
        var start = scan.Position;
        var name = scan.Name();
        if (type.Navigation(name) is not { } relation)
        {
            var known = type.Navigations.Select(n => n.Name).ToList();
            return scan.Fail<ExpandedRelation>(start, $"{type.Name} has no relation '{Shortened.Text(name)}'.{NearestName.Hint(name, known)} It has {string.Join(", ", known)}.");
        }

        if (!scan.Enter())
        {
            return null;
        }

        var target = new OptionsReader(EntityTypes.Of(relation.Target));
        var options = Nested(scan, target);
        scan.Budget.Leave();
        return options is null ? null : new ExpandedRelation(relation, options);
    }

    private static QueryOptions? Nested(QueryScan scan, OptionsReader target)
    {
        if (scan.Take('/'))
        {
            return target.Expanded(scan) is { } inner ? QueryOptions.None with { Expand = [inner] } : null;
        }

        if (!scan.Take('('))
        {
            return QueryOptions.None;
        }

        do
        {
            scan.Blanks();
            var start = scan.Position;
            var name = scan.Take('$') ? "$" + scan.Name() : scan.Name();
            if (!scan.Take('='))
            {
                return scan.Expected<QueryOptions>("an option such as $top=1");
            }

            if (name is "$resultFormat")
            {
                return scan.Fail<QueryOptions>(start, "$resultFormat is for the whole answer. Give it outside of $expand.");
            }

            if (!target.Read(name, start, scan))
            {
                return null;
            }

            scan.Blanks();
        }
        while (scan.Take(';') || scan.Take('&'));
        return scan.Take(')') ? target.Finish() : scan.Expected<QueryOptions>("';' and an option, or ')'");
    }

    // $expand=A/B,A/C means A with B and C.
    private static ImmutableArray<ExpandedRelation> Merge(ImmutableArray<ExpandedRelation> relations) =>
    [
        .. relations.GroupBy(r => r.Relation).Select(same => same.Aggregate((one, other) => new ExpandedRelation(
            one.Relation,
            (IsPlain(one.Options) ? other.Options : one.Options) with
            {
                Expand = Merge(one.Options.Expand.AddRange(other.Options.Expand)),
            }))),
    ];

    private static bool IsPlain(QueryOptions options) => options with { Expand = [] } == QueryOptions.None with { Expand = [] };

    private sealed record Sequence<T>(ImmutableArray<T> Items);
}
