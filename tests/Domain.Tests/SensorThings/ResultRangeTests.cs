using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Domain.Tests.SensorThings;

/// <summary>What a filter says of results: never less than is sure, since readings are skipped by it.</summary>
public sealed class ResultRangeTests
{
    [Theory]
    [InlineData("result gt 5", 5, false)]
    [InlineData("result gt 5", 5.0000001, true)]
    [InlineData("result ge 5", 5, true)]
    [InlineData("5 le result", 5, true)]
    [InlineData("5 lt result", 5, false)]
    [InlineData("result lt 0", 0, false)]
    [InlineData("result le 0", 0, true)]
    [InlineData("result eq 3 and phenomenonTime gt 2020-01-01T00:00:00Z", 3, true)]
    [InlineData("result eq 3 and phenomenonTime gt 2020-01-01T00:00:00Z", 4, false)]
    [InlineData("result gt 1 and result lt 9", 9, false)]
    [InlineData("result gt 1 or result lt -9", 0, true)]
    [InlineData("not (result gt 1)", 0, true)]
    [InlineData("result ne 3", 3, true)]
    [InlineData("result eq null", 3, true)]
    [InlineData("result eq 'a'", 3, true)]
    [InlineData("result/0 gt 5", 3, true)]
    [InlineData("result add 1 gt 5", 3, true)]
    [InlineData("Datastream/id gt 5", 3, true)]
    public void Range_holds_what_may_pass_the_filter(string filter, double value, bool mayPass)
    {
        Assert.True(QueryUrl.Read("Observations", "$filter=" + Uri.EscapeDataString(filter), QueryLimits.Default).Try(out var read, out var problem), problem?.Text);
        Assert.Equal(mayPass, ResultRange.Of(read!.Options.Filter!).Meets(value, value));
    }

    [Fact]
    public void Range_of_a_filter_without_results_is_everything() =>
        Assert.True(ResultRange.Of(QueryUrl.Read("Observations", "$filter=id gt 3", QueryLimits.Default).Value!.Options.Filter!).IsAll);
}
