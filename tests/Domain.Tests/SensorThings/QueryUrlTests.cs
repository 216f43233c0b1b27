using System.Text;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Domain.Tests.SensorThings;

/// <summary>URLs: what is read, how it is understood, and what the messages say.</summary>
public sealed class QueryUrlTests
{
    [Theory]
    [InlineData("Things", 1, PathEnd.Entities)]
    [InlineData("/Things(1)", 1, PathEnd.Entities)]
    [InlineData("Things('1')/Datastreams", 2, PathEnd.Entities)]
    [InlineData("Things(1)/Datastreams(2)/Sensor", 3, PathEnd.Entities)]
    [InlineData("Things(1)/name", 1, PathEnd.Property)]
    [InlineData("Things(1)/name/$value", 1, PathEnd.Value)]
    [InlineData("Things(1)/properties/a/b/$value", 1, PathEnd.Value)]
    [InlineData("Things(1)/Datastreams/$ref", 2, PathEnd.References)]
    [InlineData("Things/$count", 1, PathEnd.Count)]
    [InlineData("Things%281%29/name", 1, PathEnd.Property)]
    [InlineData("Observations(8589934594)/FeatureOfInterest", 2, PathEnd.Entities)]
    public void A_path_is_read(string path, int steps, PathEnd end)
    {
        var read = Read(path, "");
        Assert.Equal((steps, end), (read.Path.Steps.Length, read.Path.End));
    }

    [Theory]
    [InlineData("Thing", "", QueryProblemKind.NotFound, "Did you mean 'Things'?")]
    [InlineData("Things(x)", "", QueryProblemKind.Syntax, "a number in parentheses")]
    [InlineData("Things/name", "", QueryProblemKind.NotFound, "is a set")]
    [InlineData("Things(1)/nam", "", QueryProblemKind.NotFound, "Did you mean 'name'?")]
    [InlineData("Things(1)/name/$ref", "", QueryProblemKind.Syntax, "$ref")]
    [InlineData("Things(1)", "$filter=id eq 1", QueryProblemKind.Syntax, "belong to sets")]
    [InlineData("Things", "$filter=nme eq 'a'", QueryProblemKind.Syntax, "Did you mean 'name'?")]
    [InlineData("Things", "$filter=name eq 5", QueryProblemKind.Syntax, "a text and a number")]
    [InlineData("Things", "$filter=name eq 'a", QueryProblemKind.Syntax, "does not end")]
    [InlineData("Things", "$filter=name", QueryProblemKind.Syntax, "Expected a condition")]
    [InlineData("Things", "$filter=(name eq 'a'", QueryProblemKind.Syntax, "')'")]
    [InlineData("Things", "$filter=startwith(name,'a')", QueryProblemKind.Syntax, "Did you mean 'startswith'?")]
    [InlineData("Things", "$filter=startswith(name)", QueryProblemKind.Syntax, "needs 2")]
    [InlineData("Things", "$filter=length(id) eq 1", QueryProblemKind.Syntax, "Argument 1 of length is a text")]
    [InlineData("Locations", "$filter=st_within(location, geography'POLYGON((0 0))')", QueryProblemKind.Syntax, "ring")]
    [InlineData("Locations", "$filter=location eq geography'POINT(0 0)'", QueryProblemKind.Syntax, "st_equals")]
    [InlineData("Things", "$orderby=Datastreams/name", QueryProblemKind.Syntax, "leads to many")]
    [InlineData("Things", "$top=-1", QueryProblemKind.Syntax, "from 0")]
    [InlineData("Things", "$fliter=id eq 1", QueryProblemKind.Syntax, "Did you mean '$filter'?")]
    [InlineData("Things", "$top=1&$top=2", QueryProblemKind.Syntax, "given twice")]
    [InlineData("Things", "$expand=Locations($top=1", QueryProblemKind.Syntax, "')'")]
    [InlineData("Things", "$expand=Datastreams($resultFormat=CSV)", QueryProblemKind.Syntax, "outside of $expand")]
    [InlineData("Things", "$skiptoken=abc", QueryProblemKind.Syntax, "$skiptoken")]
    [InlineData("Things", "$filter=name eq '%C3%28'", QueryProblemKind.Syntax, "UTF-8")]
    [InlineData("Things", "$filter=name eq '%00'", QueryProblemKind.Syntax, "U+0000")]
    [InlineData("Things", "$filter=HistoricalLocations/time gt 2026-02-30T00:00:00Z", QueryProblemKind.Syntax, "Expected a time")]
    public void A_mistake_is_named_with_its_place_and_the_remedy(string path, string query, QueryProblemKind kind, string text)
    {
        var problem = QueryUrl.Read(path, query, QueryLimits.Default).Problem;
        Assert.NotNull(problem);
        Assert.Equal(kind, problem.Kind);
        Assert.Contains(text, problem.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id eq 1 or id eq 2 and id eq 3", "(or (eq id 1) (and (eq id 2) (eq id 3)))")]
    [InlineData("(id eq 1 or id eq 2) and id eq 3", "(and (or (eq id 1) (eq id 2)) (eq id 3))")]
    [InlineData("id add 2 mul 3 eq 7", "(eq (add id (mul 2 3)) 7)")]
    [InlineData("id sub 2 sub 3 eq 7", "(eq (sub (sub id 2) 3) 7)")]
    [InlineData("-id lt 2", "(lt (- id) 2)")]
    [InlineData("not id eq 1", "(not (eq id 1))")]
    [InlineData("not startswith(name,'a') and id eq 1", "(and (not (startswith name a)) (eq id 1))")]
    [InlineData("id gt 1 eq true", "(eq (gt id 1) True)")]
    [InlineData("id mod 2 eq 1 and name ne 'it''s'", "(and (eq (mod id 2) 1) (ne name it's))")]
    [InlineData("properties/a/b eq 'x'", "(eq properties/a/b x)")]
    [InlineData("Datastreams/Sensor/@iot.id eq '4'", "(eq Datastreams/Sensor/id 4)")]
    [InlineData("name+eq+'a+b%2Bc'", "(eq name a b+c)")]
    public void Precedence_and_literals_are_those_of_the_standard(string filter, string tree) =>
        Assert.Equal(tree, Show(Read("Things", "$filter=" + filter).Options.Filter!));

    [Theory]
    [InlineData("2026-11-28T12:00:00Z", 1795867200000, 1795867200000)]
    [InlineData("2026-11-28T13:00:00%2B01:00", 1795867200000, 1795867200000)]
    [InlineData("2026-11-28T13:00:00+01:00", 1795867200000, 1795867200000)]
    [InlineData("2026-11-28T12:00:00.250Z", 1795867200250, 1795867200250)]
    [InlineData("2026-11-28", 1795824000000, 1795824000000)]
    [InlineData("2026-11-28T12:00:00Z/2026-11-28T13:00:00Z", 1795867200000, 1795870800000)]
    [InlineData("2026-11-28T12:00:00Z/PT1H", 1795867200000, 1795870800000)]
    public void Times_are_read_with_any_offset_and_as_intervals(string literal, long start, long end)
    {
        var filter = (Expression.Binary)Read("Observations", "$filter=phenomenonTime ge " + literal).Options.Filter!;
        var value = ((Expression.Literal)filter.Right).Value;
        Assert.Equal((start, end), (value.Start, value.End));
    }

    [Fact]
    public void Expands_nest_with_options_and_merge()
    {
        var options = Read("Things", "$select=name,properties/a&$expand=Datastreams($top=2;$filter=id gt 1;$expand=Observations($orderby=phenomenonTime desc;$top=1)),Locations/HistoricalLocations,Locations/Things&$count=true&$resultFormat=dataArray").Options;
        Assert.Equal(["Datastreams", "Locations"], options.Expand.Select(e => e.Relation.Name));
        Assert.Equal(2, options.Expand[0].Options.Top);
        Assert.Equal(1, options.Expand[0].Options.Expand[0].Options.Top);
        Assert.Equal(["HistoricalLocations", "Things"], options.Expand[1].Options.Expand.Select(e => e.Relation.Name));
        Assert.Equal(["a"], options.Select[1].Inside);
        Assert.True(options.Count);
        Assert.Equal(ResultFormat.DataArray, options.Format);
    }

    [Fact]
    public void Limits_are_named_when_they_are_exceeded()
    {
        Assert.Equal("depth", Limit("$filter=" + new string('(', 500) + "id eq 1" + new string(')', 500)));
        Assert.Equal("depth", Limit("$filter=" + string.Concat(Enumerable.Repeat("not ", 500)) + "id eq 1"));
        Assert.Equal("depth", Limit("$expand=" + string.Concat(Enumerable.Repeat("Datastreams/Thing/", 40)) + "Datastreams"));
        Assert.Equal("nodes", Limit("$filter=" + string.Join(" or ", Enumerable.Repeat("id eq 1", 700))));
        Assert.Equal("URL characters", Limit("$filter=name eq '" + new string('a', 20_000) + "'"));
        Assert.Equal("path steps", Limit("$filter=" + string.Concat(Enumerable.Repeat("Datastreams/Thing/", 7)) + "id eq 1"));
    }

    [Fact]
    public void Every_function_of_the_table_is_read()
    {
        foreach (var row in FunctionTable.All)
        {
            var arguments = row.Parameters.Select(p => p switch
            {
                ValueKind.Text => "name",
                ValueKind.Number => "1",
                ValueKind.Interval => "2026-01-01T00:00:00Z",
                _ => "geography'POINT(1 2)'",
            });
            var call = $"{row.Name}({string.Join(',', arguments)})";
            var filter = row.Result == ValueKind.Boolean ? call : $"{call} ne null";
            Assert.True(QueryUrl.Read("Things", "$filter=" + filter, QueryLimits.Default).Problem is null, filter);
        }
    }

    [Fact]
    public void Positions_survive_as_text()
    {
        var position = new PagePosition(
            [EntityValue.Null, EntityValue.Of(5L), EntityValue.Of(0.1), EntityValue.Of("ä'\""), EntityValue.Instant(-5), EntityValue.Interval(1, 2), EntityValue.Of(true)], 42);
        var read = PagePositionText.Read(PagePositionText.Write(position), 7);
        Assert.Equal(position.Values, read!.Values);
        Assert.Equal(42, read.Id);
        Assert.Null(PagePositionText.Read(PagePositionText.Write(position), 6));
    }

    [Fact]
    public void Ids_of_Observations_go_both_ways() => Seeds.ForAll(
        random =>
    {
        var number = random.Next(1, 1 << 19);
        var timeMs = random.NextInt64(0, 4_000_000_000_000) / (random.Next(2) == 0 ? 1 : 1000);
        timeMs = random.Next(2) == 0 ? timeMs / 1000 * 1000 : timeMs;
        var id = ObservationId.Of(number, timeMs)!.Value;
        Assert.True(ObservationId.TryRead(id, out var n, out var t));
        Assert.Equal((number, timeMs), (n, t));
        Assert.True(timeMs % 1000 != 0 || id < 1L << 53);
    },
        2_000);

    [Fact]
    public void No_text_makes_the_reader_throw_or_hang() => Seeds.ForAll(
        random =>
    {
        var text = Mutated(random);
        var outcome = QueryUrl.Read(random.Next(4) == 0 ? text : "Datastreams", text, QueryLimits.Default);
        Assert.True(outcome.Value is null != outcome.Problem is null);
        _ = WktReader.Read(text, out _, out _);
        _ = GeoJson.Read(text, out _);
        var token = Encoding.UTF8.GetBytes("[1,4,\"" + text + "\"]");
        _ = PagePositionText.Read(System.Buffers.Text.Base64Url.EncodeToString(token), 1);
    },
        20_000);

    [Theory]
    [InlineData("{\"type\":\"\\ud800\",\"coordinates\":[0,0]}")]
    [InlineData("{\"type\":\"Point\",\"coordinates\":[1e999,0]}")]
    [InlineData("{\"type\":\"Point\",\"coordinates\":[]}")]
    [InlineData("{\"type\":\"0\",\"coordinates\":[1,1]}")]
    [InlineData("[]")]
    public void What_is_no_GeoJSON_is_refused(string json)
    {
        Assert.Null(GeoJson.Read(json, out var problem));
        Assert.NotEmpty(problem);
        Assert.Null(PagePositionText.Read(System.Buffers.Text.Base64Url.EncodeToString("[1,4,\"\\ud800\"]"u8), 1));
    }

    private static readonly string[] s_seeds =
    [
        "$filter=name eq 'it''s' and (id add 2 mul 3 gt 7 or not startswith(tolower(name),'a'))", "$filter=phenomenonTime gt 2026-11-28T12:00:00.5%2B01:00/PT1H",
        "$filter=st_within(Thing/Locations/location, geography'MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))')", "$expand=Thing($select=name,properties/a;$expand=Locations($top=1;$skip=2)),Sensor/Datastreams",
        "$orderby=Thing/name desc,length(name)&$top=10&$skip=5&$count=true&$resultFormat=CSV", "$filter=duration'P1DT2H' ge duration'-PT5M' and date(now()) eq 2026-01-01 and time(now()) lt 12:30:01.5",
        "Things(1)/Datastreams('2')/Thing/properties/a/0/$value", "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]}", "SRID=4326;GEOMETRYCOLLECTION(POINT Z(1 2 3),LINESTRING(0 0,1 1))",
    ];

    private static string Mutated(Random random)
    {
        var text = new StringBuilder(s_seeds[random.Next(s_seeds.Length)]);
        for (var i = random.Next(6); i > 0 && text.Length > 0; i--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(5))
            {
                case 0:
                    text.Remove(at, Math.Min(random.Next(1, 5), text.Length - at));
                    break;
                case 1:
                    text.Insert(at, "()'/,;$=&%+-.:P0TZ \0\uD800e9"[random.Next(23)]);
                    break;
                case 2:
                    text.Insert(at, text.ToString(at, Math.Min(random.Next(20), text.Length - at)));
                    break;
                case 3:
                    text[at] = (char)random.Next(0, 0x300);
                    break;
                default:
                    text.Insert(at, s_seeds[random.Next(s_seeds.Length)].AsSpan(0, 10));
                    break;
            }
        }

        return text.ToString();
    }

    private static string? Limit(string query) => QueryUrl.Read("Things", query, QueryLimits.Default).Problem?.Limit;

    private static ParsedQuery Read(string path, string query)
    {
        var outcome = QueryUrl.Read(path, query, QueryLimits.Default);
        Assert.True(outcome.Problem is null, outcome.Problem?.Text);
        return outcome.Value!;
    }

    private static string Show(Expression expression) => expression switch
    {
        Expression.Literal { Value: { Kind: ValueKind.Boolean } value } => (value.Start == 1).ToString(),
        Expression.Literal literal => literal.Value.Text ?? literal.Value.Real.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Expression.Property property => string.Join('/', [.. property.Steps.Select(s => s.Name), property.Of.Name, .. property.Inside]),
        Expression.Unary unary => $"({(unary.Operator == Operator.Not ? "not" : "-")} {Show(unary.Operand)})",
        Expression.Binary binary => $"({Word(binary.Operator)} {Show(binary.Left)} {Show(binary.Right)})",
        Expression.Call call => $"({FunctionTable.Of(call.Function).Name} {string.Join(' ', call.Arguments.Select(Show))})",
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression, "Not a kind of expression."),
    };

    private static string Word(Operator op) => op switch
    {
        Operator.Equal => "eq",
        Operator.NotEqual => "ne",
        Operator.Greater => "gt",
        Operator.GreaterOrEqual => "ge",
        Operator.Less => "lt",
        Operator.LessOrEqual => "le",
        Operator.Subtract => "sub",
        Operator.Multiply => "mul",
        Operator.Modulo => "mod",
        _ => op.ToString().ToLowerInvariant(),
    };
}
