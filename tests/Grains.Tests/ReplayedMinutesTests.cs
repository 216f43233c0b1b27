using Quartier.Contracts.Districts;
using Quartier.Grains.Districts;
using Quartier.Grains.Sensors;

namespace Grains.Tests;

public sealed class ReplayedMinutesTests
{
    [Fact]
    public void A_district_that_hears_the_last_hours_at_once_knows_what_it_would_know_of_all_minutes() => Seeds.ForAll(Compare, 100);

    [Fact]
    public void Years_of_minutes_become_some_hours()
    {
        const int year = 525_600;
        var minutes = new ReplayedMinutes();
        for (var minute = 0; minute < year; minute++)
        {
            minutes.Take([Closed("rain", minute)]);
        }

        List<PropertyAggregate> left = [];
        minutes.PutInto(left);
        Assert.Equal(Enumerable.Range(year - 240, 240).Select(m => m * 60_000L), left.Select(m => m.Row.StartMs));
    }

    private static void Compare(int seed)
    {
        var random = new Random(seed);
        var (all, some, minutes) = (new DistrictHours(), new DistrictHours(), new ReplayedMinutes());
        List<PropertyAggregate> last = [];
        long now = 0;
        for (var i = 0; i < 6_000; i++)
        {
            now += random.Next(100) == 0 ? random.Next(3_000) : 1;
            var closed = Closed(random.Next(3) == 0 ? "rain" : "level", now - random.Next(3));
            all.Add(closed.Property, closed.Row);
            minutes.Take([closed]);
        }

        minutes.PutInto(last);
        foreach (var (property, row) in last)
        {
            some.Add(property, row);
        }

        foreach (var at in new[] { now, now - 30, now - 90, now + 61 })
        {
            Assert.Equal(all.LastComplete(at * 60_000), some.LastComplete(at * 60_000));
        }
    }

    private static PropertyAggregate Closed(string property, long minute) =>
        new(property, new(minute * 60_000, (minute + 1) * 60_000, 1, minute % 7, minute % 7, minute % 7, minute * 60_000, minute * 60_000, minute % 7, 0));
}
