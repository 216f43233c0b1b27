using System.Globalization;
using Quartier.Domain.Time;

namespace Domain.Tests.Time;

public sealed class TimeTests
{
    [Theory]
    [InlineData("2026-07-01T00:00:00Z", 1782864000000)]
    [InlineData("2026-07-01T00:00Z", 1782864000000)]
    [InlineData("2026-07-01T02:00:00+02:00", 1782864000000)]
    [InlineData("2026-07-01T02:00:00+0200", 1782864000000)]
    [InlineData("2026-07-01T02:00:00+02", 1782864000000)]
    [InlineData("2026-06-30T18:30:00.000-05:30", 1782864000000)]
    [InlineData("2026-07-01t00:00:00.1239999z", 1782864000123)]
    [InlineData("2026-07-01 00:00:00,5Z", 1782864000500)]
    [InlineData("2024-02-29T00:00:00Z", 1709164800000)]
    public void IsoTime_reads_instants(string text, long expected)
    {
        Assert.True(IsoTime.TryParse(text, out var ms));
        Assert.Equal(expected, ms);
    }

    [Theory]
    [InlineData("2026-07-01T00:00:00")]
    [InlineData("2026-07-01")]
    [InlineData("2026-02-29T00:00:00Z")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-07-01T24:00:00Z")]
    [InlineData("2026-07-01T00:00:60Z")]
    [InlineData("2026-07-01T00:00:00.Z")]
    [InlineData("2026-07-01T00:00:00+2")]
    [InlineData("2026-07-01T00:00:00+02:")]
    [InlineData("2026-07-01T00:00:00+02:0")]
    [InlineData("2026-07-01T00:00:00+19:00")]
    [InlineData("2026-07-01T00:00:00Z ")]
    [InlineData("2026-07-01T00:00:00ZZ")]
    [InlineData("+026-07-01T00:00:00Z")]
    [InlineData("2026-07-01T0٣:00:00Z")]
    [InlineData("")]
    public void IsoTime_refuses_what_is_no_instant(string text) => Assert.False(IsoTime.TryParse(text, out _));

    [Fact]
    public void IsoTime_reads_what_it_writes() => Seeds.ForAll(random =>
    {
        var ms = random.NextInt64(-62_135_596_800_000, 253_402_300_800_000);
        var text = IsoTime.Format(ms);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), text);
        Assert.True(IsoTime.TryParse(text, out var back));
        Assert.Equal(ms, back);
        Assert.Equal(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(), back);
    });

    [Theory]
    [InlineData("PT15M", 900_000)]
    [InlineData("P1D", 86_400_000)]
    [InlineData("P1DT12H", 129_600_000)]
    [InlineData("P2W", 1_209_600_000)]
    [InlineData("PT0.5S", 500)]
    [InlineData("PT0S", 0)]
    [InlineData("PT1H0.5M", 3_630_000)]
    public void IsoDuration_reads_durations(string text, long expected)
    {
        Assert.True(IsoDuration.TryParse(text, out var ms));
        Assert.Equal(expected, ms);
    }

    [Theory]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("PT1M1H")]
    [InlineData("PT1H1H")]
    [InlineData("PT0.5H1M")]
    [InlineData("-PT1H")]
    [InlineData("PT1")]
    [InlineData("PT.H")]
    [InlineData("PT0.0001S")]
    [InlineData("P99999999999D")]
    [InlineData("1H")]
    public void IsoDuration_refuses_the_rest(string text) => Assert.False(IsoDuration.TryParse(text, out _));

    [Fact]
    public void IsoDuration_reads_what_it_writes() => Seeds.ForAll(random =>
    {
        var ms = random.NextInt64(0, 400 * Definitions.Day);
        Assert.True(IsoDuration.TryParse(IsoDuration.Format(ms), out var back));
        Assert.Equal(ms, back);
    });

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/Sao_Paulo")]
    [InlineData("Africa/Cairo")]
    [InlineData("Asia/Beirut")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("America/Havana")]
    [InlineData("UTC")]
    public void LocalDays_agree_with_a_scan_of_the_wall_clock(string id)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        const long quarter = 15 * Definitions.Minute;
        var from = DateTimeOffset.Parse("2017-01-01T00:00Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
        var to = from + (730 * Definitions.Day);
        var scanned = new List<long>();
        var latest = DateOnly.FromDateTime(LocalDays.ToLocal(zone, from));
        for (var ms = from + quarter; ms <= to; ms += quarter)
        {
            // A day that begins twice (clocks put back over midnight) begins the first time.
            var day = DateOnly.FromDateTime(LocalDays.ToLocal(zone, ms));
            if (day > latest)
            {
                scanned.Add(ms);
                latest = day;
            }
        }

        var edges = LocalDays.Edges(zone, from, to);
        Assert.True(edges[0] <= from && edges[^1] >= to);
        Assert.Equal(scanned, edges.Where(e => e > from && e <= scanned[^1]));
    }

    [Fact]
    public void LocalDays_have_23_and_25_hours_when_the_clocks_change()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        Assert.True(IsoTime.TryParse("2026-03-28T23:00Z", out var spring));
        Assert.True(IsoTime.TryParse("2026-10-24T22:00Z", out var autumn));
        Assert.Equal([spring, spring + (23 * Definitions.Hour)], LocalDays.Edges(zone, spring, spring + 1));
        Assert.Equal([autumn, autumn + (25 * Definitions.Hour)], LocalDays.Edges(zone, autumn, autumn + 1));
    }
}
