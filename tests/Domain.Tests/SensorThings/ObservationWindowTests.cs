using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Domain.Tests.SensorThings;

/// <summary>What a filter says of times: never less than is sure, since only that time is read. Observations may be spans.</summary>
public sealed class ObservationWindowTests
{
    [Theory]
    [InlineData("phenomenonTime ge 2026-01-01T02:00:00Z", 1, 3, false)]
    [InlineData("phenomenonTime ge 2026-01-01T02:00:00Z", 2, 3, true)]
    [InlineData("phenomenonTime le 2026-01-01T02:00:00Z", 2, 2, true)]
    [InlineData("phenomenonTime le 2026-01-01T02:00:00Z", 3, 3, false)]
    [InlineData("2026-01-01T02:00:00Z le phenomenonTime", 1, 3, true)] // ends no earlier, and begins before it
    [InlineData("2026-01-01T01:00:00Z/2026-01-01T02:00:00Z le phenomenonTime", 0, 3, true)]
    [InlineData("2026-01-01T02:00:00Z ge phenomenonTime", 2, 3, true)] // begins no later, and ends after it
    [InlineData("2026-01-01T02:00:00Z ge phenomenonTime", 3, 3, false)]
    [InlineData("2026-01-01T02:00:00Z lt phenomenonTime", 1, 3, false)]
    [InlineData("2026-01-01T02:00:00Z lt phenomenonTime", 3, 3, true)]
    [InlineData("2026-01-01T02:00:00Z gt phenomenonTime", 1, 1, true)]
    [InlineData("during(phenomenonTime,2026-01-01T01:00:00Z/2026-01-01T03:00:00Z)", 0, 2, false)]
    public void Window_holds_what_may_pass_the_filter(string filter, int fromHour, int toHour, bool isWithin)
    {
        Assert.True(QueryUrl.Read("Observations", "$filter=" + Uri.EscapeDataString(filter), QueryLimits.Default).Try(out var read, out var problem), problem?.Text);
        var (from, to) = (At(fromHour), At(toHour));
        var time = to > from ? EntityValue.Interval(from, to) : EntityValue.Instant(from);
        var window = ObservationWindow.Of(read!.Options.Filter, hasResultTimes: true);
        Assert.Equal(isWithin, window.FromMs <= from && from < window.ToMs);
        var passes = new ExpressionEvaluator(part => part is Expression.Property ? time : null, 0).Holds(read.Options.Filter!);
        Assert.True(isWithin || !passes, "what passes is within");
    }

    private static long At(int hour) => new DateTimeOffset(2026, 1, 1, hour, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
}
