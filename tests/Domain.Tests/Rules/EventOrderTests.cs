using Quartier.Contracts.Readings;
using Quartier.Domain.Rules;

namespace Domain.Tests.Rules;

public sealed class EventOrderTests
{
    [Fact]
    public void Order_agrees_with_a_naive_one_and_survives_a_restart_anywhere() => Seeds.ForAll(random =>
    {
        var definition = Definitions.Stream() with { LatenessMs = random.Pick(0, 5, 30) };
        var order = default(EventOrder);
        var released = new List<Reading>();
        var accepted = new SortedDictionary<long, Reading>();
        long? newest = null;
        for (var i = 0; i < 100; i++)
        {
            var reading = Definitions.At(1000 + i + random.Next(-20, 20), random.Next(3));
            var late = newest - definition.LatenessMs >= reading.TimeMs;
            Assert.Equal(late, order.IsLate(reading.TimeMs));
            var expected = late ? OrderOutcome.Late : accepted.ContainsKey(reading.TimeMs) ? OrderOutcome.Repeated : OrderOutcome.Taken;
            Assert.Equal(expected, order.Offer(definition, reading, released));
            if (!late)
            {
                newest = Math.Max(newest ?? 0, reading.TimeMs);
                accepted[reading.TimeMs] = accepted.TryGetValue(reading.TimeMs, out var known) && !known.Value.Equals(reading.Value)
                    ? Definitions.At(reading.TimeMs, Math.Max(known.Value, reading.Value)) with { Quality = Quality.Contradicted }
                    : known.Quality == Quality.Contradicted ? known : reading;
            }

            Assert.Equal(accepted.Values.Where(r => r.TimeMs <= newest - definition.LatenessMs), released);
            Assert.Equal(accepted.Count - released.Count, order.Waiting);
            if (random.Next(10) == 0)
            {
                order = EventOrder.Restore(order.Save());
            }
        }

        order.Advance(long.MaxValue - 1, released);
        Assert.Equal(accepted.Values, released);
        Assert.True(order.IsLate(5000));
    });

    [Fact]
    public void Order_is_that_of_event_time_for_any_arrival_within_the_lateness() => Seeds.ForAll(random =>
    {
        const int lateness = 50;
        var definition = Definitions.Stream() with { LatenessMs = lateness };
        var readings = Enumerable.Range(0, 100).Select(i => Definitions.At(i * 7, i)).ToList();
        var order = default(EventOrder);
        var released = new List<Reading>();
        foreach (var reading in readings.OrderBy(r => r.TimeMs + random.Next(lateness)))
        {
            Assert.Equal(OrderOutcome.Taken, order.Offer(definition, reading, released));
        }

        order.Advance(10_000, released);
        Assert.Equal(readings, released);
    });

    [Fact]
    public void Order_releases_early_when_too_many_wait()
    {
        var definition = Definitions.Stream() with { LatenessMs = Definitions.Day };
        var order = default(EventOrder);
        var released = new List<Reading>();
        for (var i = 0; i < EventOrder.MaxWaiting + 2; i++)
        {
            order.Offer(definition, Definitions.At(1000 + i, i), released);
        }

        Assert.Equal((EventOrder.MaxWaiting, 1001L), (order.Waiting, order.WatermarkMs));
        Assert.Equal([1000L, 1001L], released.Select(r => r.TimeMs));
        Assert.Equal(OrderOutcome.Late, order.Offer(definition, Definitions.At(1001, 5), released));
    }
}
