using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Domain.Tests.SensorThings;

/// <summary>What is written reads back to the same.</summary>
public sealed class QueryTextTests
{
    [Theory]
    [InlineData("$filter=name eq 'it''s' and not (id gt 3 or description eq null)")]
    [InlineData("$filter=Datastreams/Observations/result add 2 mul 3 sub 1 div 4 mod 5 ge -1.5")]
    [InlineData("$filter=-(id) lt 0")]
    [InlineData("$filter=substringof('a%26b',name) or startswith(tolower(name),'x')")]
    [InlineData("$filter=Datastreams/phenomenonTime lt 2026-07-01T02:00:00%2B02:00")]
    [InlineData("$filter=HistoricalLocations/time add duration'P1DT2H' gt now()")]
    [InlineData("$filter=time(HistoricalLocations/time) gt time'13:45:00'")]
    [InlineData("$filter=date(HistoricalLocations/time) eq date'2026-07-01'")]
    [InlineData("$filter=during(HistoricalLocations/time,2026-07-01T00:00:00Z/2026-07-02T00:00:00Z)")]
    [InlineData("$filter=st_within(Locations/location,geography'POLYGON((7 51,8 51,8 52,7 51))')")]
    [InlineData("$filter=properties/a/b eq true")]
    [InlineData("$orderby=properties/a desc,name&$top=5&$skip=3&$count=true&$select=name,properties/a,Datastreams&$resultFormat=CSV")]
    [InlineData("$expand=Datastreams($filter=name eq 'x;y)';$orderby=name desc;$top=1;$expand=Observations($orderby=phenomenonTime desc;$top=1),Sensor;$select=name),Locations")]
    public void Options_survive_being_written_and_read(string query)
    {
        var first = Read(query);
        var text = QueryText.Write(first);
        var second = QueryText.Write(Read(text));
        Assert.Equal(text, second);
        Assert.Equal(first.Expand.Length, Read(text).Expand.Length);
        Assert.Equal((first.Top, first.Skip, first.Count, first.Format, first.Filter is null), Rest(Read(text)));
    }

    [Fact]
    public void Expression_is_written_with_its_precedence()
    {
        var filter = Read("$filter=id eq 1 or id eq 2 and not (name eq 'a')").Filter!;
        Assert.Equal("((id eq 1) or ((id eq 2) and not ((name eq 'a'))))", QueryText.Write(filter));
    }

    private static (int?, long, bool, ResultFormat, bool) Rest(QueryOptions options) => (options.Top, options.Skip, options.Count, options.Format, options.Filter is null);

    private static QueryOptions Read(string query)
    {
        var outcome = QueryUrl.ReadOptions(EntityKind.Thing, query, QueryLimits.Default);
        Assert.True(outcome.Try(out var options, out var problem), $"{query}: {problem?.Text}");
        return options;
    }
}
