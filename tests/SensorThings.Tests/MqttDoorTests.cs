using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Quartier.Api.SensorThings.Subscriptions;
using Quartier.Contracts.Readings;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;
using Quartier.Silo.Ingest;
using Quartier.Silo.SensorThings;

namespace SensorThings.Tests;

/// <summary>The ways to the SensorThings topics beside a living client of MQTT 5: 3.1.1, wills, bridges. And how many topics one account may hold.</summary>
public sealed class MqttDoorTests : IAsyncLifetime
{
    private const byte Failure311 = 0x80;
    private const byte QuotaExceeded = 0x97;
    private const string Oven = """{"name":"Ofen","description":"Backt","properties":{"district":"mitte"}}""";
    private const string Kettle = """{"name":"Kessel","description":"Heizt","properties":{"district":"mitte"}}""";

    private readonly StaCity _city = new();

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task Client_of_311_is_told_what_the_public_may_know()
    {
        using var reader = await MqttPeer.ConnectAsync(_city.Silo.Mqtt, is311: true);
        Assert.Equal(Failure311, await reader.SubscribeAsync("v1.1/#"));
        Assert.Equal(Failure311, await reader.SubscribeAsync("v1.1/Nothings"));
        Assert.Equal(0, await reader.SubscribeAsync("v1.1/Observations"));
        await _city.IngestAsync("laerm-1", new Sample(0, CityReadings.At(60 * 24, 4), 71)); // internal
        await _city.IngestAsync("rad-1", new Sample(0, CityReadings.At(60 * 24, 4), 51));
        var (topic, told) = await reader.NextAsync();
        Assert.Equal("v1.1/Observations", topic);
        Assert.True(JsonNode.DeepEquals(await _city.Public.JsonAsync($"Observations({told.Id()})"), told));
        Assert.Equal(51, told["result"]!.GetValue<double>());
    }

    [Fact]
    public async Task Client_of_311_creates_with_its_key_alone_and_what_is_refused_creates_nothing()
    {
        using var anybody = await MqttPeer.ConnectAsync(_city.Silo.Mqtt, is311: true);
        using var office = await MqttPeer.ConnectAsync(_city.Silo.Mqtt, _city.Key, is311: true);
        Assert.Equal(0, await anybody.PublishAsync("v1.1/Things", Kettle)); // 3.1.1 cannot be told
        Assert.Equal(0, await office.PublishAsync("v1.1/Things", Oven));
        Assert.Single(await NamedAsync("Ofen"));
        Assert.Empty(await NamedAsync("Kessel"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Will_creates_by_the_rights_of_whoever_left_it(bool is311)
    {
        using var reader = await MqttPeer.ConnectAsync(_city.Silo.Mqtt);
        await _city.Public.JsonAsync("Things"); // The file's entities are there from then on.
        Assert.Equal(0, await reader.SubscribeAsync("v1.1/Things"));
        var anybody = await MqttPeer.ConnectAsync(_city.Silo.Mqtt, is311: is311, will: ("v1.1/Things", Kettle));
        anybody.Vanish();
        await RefusedAsync();
        var office = await MqttPeer.ConnectAsync(_city.Silo.Mqtt, _city.Key, is311: is311, will: ("v1.1/Things", Oven));
        office.Vanish();
        Assert.Equal("Ofen", (await reader.NextAsync()).Payload.Name());
        Assert.Empty(await NamedAsync("Kessel"));
    }

    [Fact]
    public async Task What_a_bridge_fetched_is_the_gateways_and_creates_nothing()
    {
        var ingest = _city.Silo.Services.GetRequiredService<GatewayIngest>();
        var session = new GatewaySession(ingest, "bridge b") { Origin = new(StaCity.City, "g") };
        IncomingPublish[] fetched =
        [
            new("v1.1/Things"u8.ToArray(), Encoding.UTF8.GetBytes(Kettle), default, 1, QualityOfService.AtLeastOnce, Retain: false, Duplicate: false),
        ];
        var reasons = new ReasonCode[1];
        await session.Accept(fetched, reasons);
        session.Closed();
        Assert.True(reasons[0] >= ReasonCode.UnspecifiedError, $"{reasons[0]}");
        Assert.Empty(await NamedAsync("Kessel"));
    }

    [Fact]
    public async Task Account_holds_its_share_of_the_topics_and_unsubscribing_gives_a_place_back_at_once()
    {
        var clients = new List<MqttPeer>();
        for (var n = 0; n < SubscribedTopics.MostOfOne; n++)
        {
            if (n % EntitySubscriptions.Most == 0)
            {
                clients.Add(await MqttPeer.ConnectAsync(_city.Silo.Mqtt, _city.Key));
            }

            Assert.Equal(0, await clients[^1].SubscribeAsync($"v1.1/Things({n + 1})"));
        }

        using var another = await MqttPeer.ConnectAsync(_city.Silo.Mqtt, _city.Key);
        using var anybody = await MqttPeer.ConnectAsync(_city.Silo.Mqtt);
        Assert.Equal(QuotaExceeded, await clients[^1].SubscribeAsync("v1.1/Sensors"));
        Assert.Equal(QuotaExceeded, await another.SubscribeAsync("v1.1/Sensors"));
        Assert.Equal(0, await another.SubscribeAsync("v1.1/Things(1)")); // the account has it already
        Assert.Equal(0, await anybody.SubscribeAsync("v1.1/Sensors"));
        await clients[0].UnsubscribeAsync("v1.1/Things(2)");
        Assert.Equal(0, await another.SubscribeAsync("v1.1/Sensors"));
        await clients[0].UnsubscribeAsync("v1.1/Things(1)"); // the other client still has it
        Assert.Equal(QuotaExceeded, await another.SubscribeAsync("v1.1/Things"));
        clients.ForEach(client => client.Dispose());
    }

    private Task<JsonNode[]> NamedAsync(string name) => _city.Public.ValuesAsync($"Things?$filter=name eq '{name}'");

    /// <summary>Waits until the books count a refusal.</summary>
    private async Task RefusedAsync()
    {
        while ((await _city.Operator.JsonAsync("/api/cities/stadt/books"))["strangers"]!.AsArray().Count == 0)
        {
            StaCity.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
