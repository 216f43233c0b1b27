using Quartier.Contracts.Readings;
using Quartier.Domain.Windows;

namespace Domain.Tests.Windows;

public sealed class LiveWindowsTests
{
    [Fact]
    public void Windows_agree_with_a_naive_summary_in_any_order() => Seeds.ForAll(random =>
    {
        var windows = default(LiveWindows);
        var all = new List<Reading>();
        var reported = new HashSet<long>();
        for (var i = 0; i < 80; i++)
        {
            var reading = new Reading(
                Definitions.Epoch + (i * random.Pick(10_000, 20_000, 600_000)) - random.Next(90_000), random.Next(100), random.Pick(Quality.Good, Quality.Late));
            var newest = all.Count == 0 ? long.MinValue : all.Max(r => r.TimeMs / 60_000);
            all.Add(reading);
            var closes = windows.Add(reading, out var closed);
            Assert.Equal(newest != long.MinValue && reading.TimeMs / 60_000 > newest && reported.Add(newest), closes);
            if (closes)
            {
                Assert.Equal(Naive(all.SkipLast(1), newest, 60_000), closed);
            }

            Assert.Equal(Naive(all, all.Max(r => r.TimeMs / 60_000), 60_000), windows.Minute);
            Assert.Equal(Naive(all, all.Max(r => r.TimeMs / 3_600_000), 3_600_000), windows.Hour);
            Assert.Equal(Naive(all, all.Max(r => r.TimeMs / 86_400_000), 86_400_000), windows.Day);
        }
    });

    [Fact]
    public void A_minute_is_closed_once_by_the_watermark_or_by_a_later_reading()
    {
        var windows = default(LiveWindows);
        Assert.False(windows.TryCloseMinute(long.MaxValue, out _));
        windows.Add(Definitions.At(Definitions.Epoch + 5, 1), out _);
        Assert.False(windows.TryCloseMinute(Definitions.Epoch + Definitions.Minute - 2, out _));
        Assert.True(windows.TryCloseMinute(Definitions.Epoch + Definitions.Minute - 1, out var closed));
        Assert.Equal((1, Definitions.Epoch), (closed.Count, closed.StartMs));
        Assert.False(windows.TryCloseMinute(long.MaxValue, out _));
        Assert.False(windows.Add(Definitions.At(Definitions.Epoch + Definitions.Minute, 1), out _));
        Assert.True(windows.Add(Definitions.At(Definitions.Epoch + (2 * Definitions.Minute), 1), out _));
    }

    [Fact]
    public void Windows_go_on_after_a_restart()
    {
        var windows = default(LiveWindows);
        windows.Add(Definitions.At(Definitions.Epoch, 1), out _);
        var restored = LiveWindows.Restore(windows.Minute, windows.Hour, windows.Day);
        Assert.False(restored.TryCloseMinute(long.MaxValue, out _));
        Assert.False(restored.Add(Definitions.At(Definitions.Epoch + Definitions.Minute, 3), out _));
        Assert.Equal((2, 4.0), (restored.Hour!.Value.Count, restored.Hour.Value.Sum));
    }

    private static AggregateRow Naive(IEnumerable<Reading> all, long window, long length)
    {
        var inside = all.Where(r => r.TimeMs / length == window).ToList();
        var lastMs = inside.Max(r => r.TimeMs);
        return new AggregateRow(
            window * length,
            (window + 1) * length,
            inside.Count,
            inside.Sum(r => r.Value),
            inside.Min(r => r.Value),
            inside.Max(r => r.Value),
            inside.Min(r => r.TimeMs),
            lastMs,
            inside.Last(r => r.TimeMs == lastMs).Value,
            inside.Count(r => r.Quality != Quality.Good));
    }
}
