using System.Collections.Immutable;
using Quartier.Contracts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;

namespace Quartier.Silo.Ingest;

/// <summary>
/// Readings without a time, sent into a replay. The silo's clock has nothing to do with what is being replayed: a reading at its time would make every other sensor
/// silent, and what is still replayed for the same sensor late. They get the replay's own now, which only the district knows.
/// </summary>
internal sealed class TimelessReadings(GatewayIngest ingest, Route route, SampleBatch batch)
{
    private const string NoNow = "The reading has no time, and the replay has not begun, so that there is no now. Send the time (docs/payloads.md).";

    /// <summary>Whether some of the batch got the time of their arrival, in a city where that means nothing.</summary>
    public static bool AreIn(Route route, SampleBatch batch) =>
        route.Topic.Snapshot!.City.Clock == CityClock.Replay && AnyTimeless(batch); // Apart, so that nothing is allocated where nothing is replayed.

    /// <summary>Completes when the batch has been taken or noted as refused.</summary>
    /// <returns>The ticket for <see cref="IReadingStore.WhenDurable"/>.</returns>
    public async Task<long> TicketAsync()
    {
        var topic = route.Topic;
        var district = ingest.Grains.GetGrain<IDistrictGrain>(GrainKeys.District(topic.City, topic.Definition!.District));
        var most = batch.Samples.Where(IsTimeless).GroupBy(s => s.Datastream).Max(g => g.Count());
        var firstMs = await district.TakeNow(most).ConfigureAwait(false);
        var timed = firstMs > 0 ? Timed(firstMs) : [.. batch.Samples.Where(s => !IsTimeless(s))];
        if (timed.Length < batch.Samples.Length)
        {
            ingest.Refusals.Add(topic.City, topic.Gateway, topic.Sensor, RefusalReason.BadTime, batch.Samples.Length - timed.Length, NoNow);
        }

        if (timed.IsEmpty)
        {
            return 0;
        }

        var whole = batch with { Samples = timed };
        return await new Delivery(ingest, topic, whole, route.Grain.Ingest(whole)).TicketAsync().ConfigureAwait(false);
    }

    private static bool AnyTimeless(SampleBatch batch) => batch.Samples.Any(s => s.TimeMs == batch.ReceivedTimeMs);

    private bool IsTimeless(Sample sample) => sample.TimeMs == batch.ReceivedTimeMs;

    /// <summary>Several of one datastream follow each other; those of several that came together stay together.</summary>
    private ImmutableArray<Sample> Timed(long firstMs)
    {
        var next = new Dictionary<int, long>();
        var timed = ImmutableArray.CreateBuilder<Sample>(batch.Samples.Length);
        foreach (var sample in batch.Samples)
        {
            if (!IsTimeless(sample))
            {
                timed.Add(sample);
                continue;
            }

            var timeMs = next.GetValueOrDefault(sample.Datastream, firstMs);
            next[sample.Datastream] = timeMs + 1;
            timed.Add(sample with { TimeMs = timeMs });
        }

        return timed.MoveToImmutable();
    }
}
