using System.Text;
using Quartier.Contracts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Live;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Sensors;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;
using Quartier.Silo.Live;
using Quartier.Silo.SensorThings;

namespace Grains.Tests.Ingest;

/// <summary>What the city itself publishes: to whom the districts permit it, as long as they do, and to nobody else.</summary>
public sealed class LiveTopicTests
{
    private const string V = "v1/town/live/mitte/sensor/g/s/v";
    private const string Occupied = "v1/town/live/mitte/asset/a/value/occupied";
    private const string Status = "v1/town/live/mitte/asset/a/status";

    [Theory]
    [InlineData(V, true)]
    [InlineData("v1/town/live/mitte/sensor/g/s/w", false)] // not granted
    [InlineData("v1/town/live/west/sensor/g/s/v", false)] // another district's
    [InlineData("v1/town/live/mitte/sensor/g/s/x", false)]
    [InlineData("v1/town/live/mitte/sensor/g/x/v", false)]
    [InlineData("v1/town/live/mitte/sensor/g/s", false)]
    [InlineData("v1/elsewhere/live/mitte/sensor/g/s/v", false)]
    [InlineData("v1/town/live/mitte", false)]
    [InlineData(Occupied, true)] // follows from v alone
    [InlineData(Status, false)] // follows from w too
    [InlineData("v1/town/live/west/asset/a/status", false)]
    [InlineData("v1/town/live/mitte/asset/b/status", false)]
    [InlineData("v1/town/live/mitte/asset/a/value/unheard-of", false)]
    public async Task Message_is_delivered_only_when_all_that_it_follows_from_is_permitted(string topic, bool expected)
    {
        using var reader = new Reader(SubscriberTests.Policy(SubscriberTests.Grant()), city: WithCarPark());
        Assert.Equal(expected, await reader.AskAsync(topic, "{}"));
    }

    [Fact]
    public async Task Status_is_delivered_with_every_grant_and_all_its_streams_are_recorded()
    {
        using var reader = new Reader(SubscriberTests.Policy(SubscriberTests.Grant() with { Streams = ["v", "w"] }), city: WithCarPark());
        Assert.True(await reader.AskAsync(Status, "{}"));
        reader.Session.Closed();
        var read = reader.Host.Ledger.Entries.Where(e => e.Kind == LedgerEntryKind.Read && e.Rows > 0).ToList();
        Assert.Equal(["g/s/v", "g/s/w"], read.SelectMany(e => e.Streams).Order(StringComparer.Ordinal));
        Assert.Equal(2, read.Sum(e => e.Rows));
    }

    [Fact]
    public async Task Who_may_not_know_the_quality_gets_no_message_that_tells_it()
    {
        using var reader = new Reader(SubscriberTests.Policy(SubscriberTests.Grant() with { Redactions = Redactions.Quality }), city: WithCarPark());
        Assert.False(await reader.AskAsync(V, "{}"));
    }

    [Theory]
    [InlineData("v", false, true)]
    [InlineData("v", true, false)] // tells the quality, which is redacted
    [InlineData("w", false, false)] // not granted
    [InlineData("x", false, false)]
    public async Task Notice_of_an_earlier_run_is_judged_by_what_was_kept_with_it(string property, bool holdsQuality, bool expected)
    {
        using var reader = new Reader(SubscriberTests.Policy(SubscriberTests.Grant() with { Redactions = Redactions.Quality }), city: WithCarPark());
        Assert.Equal(expected, await reader.AskAsync("v1.1/Observations", "{}", source: NoticeParts.Write(new("town", "g", "s", [property], holdsQuality))));
        Assert.False(await reader.AskAsync("v1.1/Observations", "{}"));
    }

    [Fact]
    public async Task Notice_for_everybody_waits_for_a_minute_and_no_longer()
    {
        using var reader = new Reader(SubscriberTests.Policy(SubscriberTests.Grant()));
        var message = new OutgoingMessage("v1.1/Things"u8.ToArray(), "{}"u8.ToArray(), default) { Note = OpenNotice.At(reader.Host.Driver.Clock) };
        Assert.True(await reader.Session.MayReceive(message, null));
        reader.Host.Advance(TimeSpan.FromSeconds(60));
        Assert.False(await reader.Session.MayReceive(message, null));
    }

    [Fact]
    public async Task Delivery_ends_with_the_grant()
    {
        using var reader = new Reader(SubscriberTests.Policy(SubscriberTests.Grant() with { UntilMs = Town.T0 + 60_000 }), city: WithCarPark());
        Assert.True(await reader.AskAsync(V, "{}"));
        Assert.True(await reader.AskAsync(Occupied, "{}"));
        reader.Host.Advance(TimeSpan.FromSeconds(60));
        Assert.False(await reader.AskAsync(V, "{}"));
        Assert.False(await reader.AskAsync(Occupied, "{}"));
    }

    [Theory]
    [InlineData(V, "{\"v\":1}")]
    [InlineData("v1/town/live/s", "{\"v\":1}")]
    [InlineData("v1/town/live/mitte/asset/a/status", "x")]
    public async Task Nobody_publishes_where_the_city_does(string topic, string payload)
    {
        using var endpoint = new Endpoint(Town.City(Town.Sensor()));
        Assert.Equal([ReasonCode.NotAuthorized], await endpoint.AcceptAsync((topic, payload)));
        Assert.Equal(RefusalReason.BadTopic, Assert.Single(endpoint.Noted()).Reason);
    }

    [Theory]
    [InlineData("v1/town/live/#", true)]
    [InlineData("v1/town/live/mitte/#", true)]
    [InlineData("v1/+/live/+/asset/a/#", true)]
    [InlineData("+/town/+/+/+", true)]
    [InlineData("#", true)]
    [InlineData("v1/town/#", true)]
    [InlineData("v1/town/live", false)]
    [InlineData("v1/town/g/+", false)]
    [InlineData("v1/other/live/#", false)]
    [InlineData("v1/+", false)]
    public void Filters_that_may_match_let_the_city_publish(string filter, bool expected) => Assert.Equal(expected, LiveTopic.IsWanted(filter, "town"));

    [Fact]
    public async Task City_publishes_what_is_new_and_nothing_twice()
    {
        using var host = new CityHost(WithCarPark());
        var published = new List<string>();
        var publisher = new LivePublisher(
            host.Registry, host.Grains, (topic, payload) => published.Add($"{Encoding.UTF8.GetString(topic.Span)} {Encoding.UTF8.GetString(payload.Span)}"), "town");
        await PumpAsync(host, publisher.PublishAsync(["sensor/g/s", "asset/a", "sensor/g/gone", "alert/mitte/x"], false));
        Assert.Equal([$$"""{{Status}} {"asset":"a","status":null}"""], published);
        published.Clear();
        var sensor = host.Grains.GetGrain<ISensorGrain>(GrainKeys.Sensor("town", "g", "s"));
        await PumpAsync(host, sensor.Ingest(new(1, Town.T0, [Town.Sample(0, 50)])));
        await PumpAsync(host, publisher.PublishAsync(["sensor/g/s", "asset/a"], false));
        Assert.Contains($$"""{{V}} {"sensor":"g/s","property":"v","time":"2026-01-01T00:00:00.000Z","value":50,"unit":"Cel","quality":[]}""", published);
        Assert.Contains($$"""{{Occupied}} {"asset":"a","name":"occupied","time":"2026-01-01T00:00:00.000Z","value":150,"unit":"{space}","quality":[]}""", published);
        published.Clear();
        await PumpAsync(host, publisher.PublishAsync([], true));
        Assert.Empty(published);
    }

    [Fact]
    public async Task City_is_watched_while_somebody_subscribes_and_not_longer()
    {
        using var host = new CityHost(WithCarPark());
        var watch = new CountingWatch();
        await using var topics = new LiveTopics(
            host.Registry, host.Grains, watch, () => throw new InvalidOperationException("nothing is published here"), host.Driver.Clock,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<LiveTopics>.Instance);
        var one = new LiveSubscriptions(topics);
        var other = new LiveSubscriptions(topics);
        one.Add("v1/town/g/s");
        Assert.Equal(0, topics.Lines);
        one.Add("v1/town/live/#");
        one.Add("#");
        other.Add("v1/+/live/#");
        Assert.Equal(1, topics.Lines);
        one.Dispose();
        Assert.Equal(1, topics.Lines);
        other.Dispose();
        Assert.Equal(0, topics.Lines);
    }

    private static async Task PumpAsync(CityHost host, Task task)
    {
        while (!task.IsCompleted)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            host.Driver.RunUntilIdle();
            await Task.Yield();
        }

        await task;
        host.Driver.RunUntilIdle();
    }

    private static CityDefinition WithCarPark() => Town.City(Town.Sensor("s", Town.Stream("v"), Town.Stream("w")) with { Asset = "a" }) with
    {
        Assets = [Town.Asset(Town.CarPark, ("free", "v"), ("state", "w"))],
    };

    private sealed class CountingWatch : ILiveWatch
    {
        public async Task<bool> WatchAsync(string city, Func<IReadOnlyCollection<string>, bool, Task> onChanged, CancellationToken cancellationToken)
        {
            await new TaskCompletionSource<bool>().Task.WaitAsync(cancellationToken);
            return true;
        }
    }
}
