using Quartier.Gateway.Load;

namespace Gateway.Tests.Load;

public sealed class RangeSetTests
{
    [Theory]
    [InlineData(new long[] { 0, 1, 2 }, "0-2")]
    [InlineData(new long[] { 2, 0, 1 }, "0-2")]
    [InlineData(new long[] { 5, 1, 3 }, "1-1 3-3 5-5")]
    [InlineData(new long[] { 5, 1, 3, 4, 2 }, "1-5")]
    [InlineData(new long[] { 1, 1, 1 }, "1-1")]
    [InlineData(new long[] { 10, 11, 9, 13 }, "9-11 13-13")]
    public void Ranges_are_sorted_and_joined(long[] numbers, string ranges)
    {
        var set = new RangeSet();
        foreach (var number in numbers)
        {
            set.Add(number);
        }

        Assert.Equal(ranges, string.Join(' ', set.Ranges.Select(range => $"{range.First}-{range.Last}")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Set_agrees_with_a_hash_set_whatever_the_order(int seed)
    {
        var random = new Random(seed);
        var set = new RangeSet();
        var model = new HashSet<long>();
        for (var step = 0; step < 2000; step++)
        {
            var number = random.Next(1000);
            Assert.Equal(model.Add(number), set.Add(number));
        }

        Assert.Equal(model.Count, set.Count);
        Assert.All(Enumerable.Range(0, 1000), number => Assert.Equal(model.Contains(number), set.Contains(number)));
        Assert.Equal(model.Count, set.Ranges.Sum(range => range.Last - range.First + 1));
    }

    [Theory]
    [InlineData(4, 5)]
    [InlineData(9, 8)]
    public void Range_that_is_empty_or_touches_another_is_refused(long first, long last)
    {
        var set = new RangeSet();
        set.AppendRange(1, 3);

        Assert.Throws<ArgumentException>(() => set.AppendRange(first, last));
    }
}
