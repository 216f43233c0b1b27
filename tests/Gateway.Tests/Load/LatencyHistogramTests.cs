using Quartier.Gateway.Load;

namespace Gateway.Tests.Load;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(0.5, 500)]
    [InlineData(0.99, 990)]
    [InlineData(1, 1000)]
    [InlineData(0, 1)]
    public void Percentile_is_right_to_a_thirtysecond(double share, double expected)
    {
        var histogram = new LatencyHistogram(ticksPerSecond: 1_000_000);
        for (var ms = 1; ms <= 1000; ms++)
        {
            histogram.Record(ms * 1000L);
        }

        Assert.InRange(histogram.PercentileMs(share), expected, expected * 33 / 32);
    }

    [Fact]
    public void Sum_of_histograms_counts_all()
    {
        var one = new LatencyHistogram(1000);
        var other = new LatencyHistogram(1000);
        one.Record(1);
        other.Record(long.MaxValue);
        other.Record(-5);

        one.Add(other);

        Assert.Equal(3, one.Count);
        Assert.True(one.PercentileMs(1) >= long.MaxValue / 2.0);
        Assert.InRange(one.PercentileMs(0.3), 0, 1);
    }

    [Fact]
    public void Empty_histogram_has_no_latency() => Assert.Equal(0, new LatencyHistogram(1000).PercentileMs(0.99));
}
