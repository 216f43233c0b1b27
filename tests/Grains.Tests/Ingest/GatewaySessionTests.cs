using Quartier.Contracts.Cities;
using Quartier.Contracts.Readings;
using Quartier.Mqtt.Packets;

namespace Grains.Tests.Ingest;

public sealed class GatewaySessionTests
{
    private const string S = "v1/town/g/s";
    private const string T = "v1/town/g/t";

    [Fact]
    public async Task Empty_retained_message_takes_the_retained_one_away_and_is_no_refused_reading()
    {
        using var endpoint = new Endpoint(Town.City(Town.Sensor()));
        Assert.Equal(ReasonCode.Success, await endpoint.RetainAsync("v1/town/g/s", """{"v": 1}"""));
        Assert.Equal(ReasonCode.Success, await endpoint.RetainAsync("v1/town/g/s", string.Empty)); // [MQTT-3.3.1-6]: below 0x80 the endpoint removes it.
        Assert.Empty(endpoint.Noted());
        Assert.Equal(ReasonCode.NotAuthorized, await endpoint.RetainAsync("v1/town/g/nobody", string.Empty));
        Assert.Equal([ReasonCode.PayloadFormatInvalid], await endpoint.AcceptAsync(("v1/town/g/s", string.Empty)));
    }

    [Fact]
    public async Task Messages_of_one_read_reach_each_sensor_in_order_however_they_are_mixed()
    {
        using var endpoint = new Endpoint(Town.City(Town.Sensor(), Town.Sensor("t")));
        var codes = await endpoint.AcceptAsync(
            (S, Payload(0, 1)), (T, Payload(0, 10)), (S, Payload(1, 2)), (T, Payload(1, 20)), (T, Payload(2, 30)), (S, Payload(2, 3)));
        Assert.All(codes, c => Assert.Equal(ReasonCode.Success, c));
        Assert.Equal([1.0, 2.0, 3.0], endpoint.Host.Store.Of("town/g/s", "v").Select(r => r.Value));
        Assert.Equal([10.0, 20.0, 30.0], endpoint.Host.Store.Of("town/g/t", "v").Select(r => r.Value));
        Assert.Equal((0, 0), (endpoint.Host.State().Late, endpoint.Host.State(0, "g/t").Late));
        Assert.Empty(endpoint.Noted());
    }

    [Fact]
    public async Task A_second_read_brings_only_what_is_new()
    {
        using var endpoint = new Endpoint(Town.City(Town.Sensor(), Town.Sensor("t")));
        await endpoint.AcceptAsync((S, Payload(0, 1)), (T, Payload(0, 1)));
        await endpoint.AcceptAsync((T, Payload(1, 2)));
        await endpoint.AcceptAsync((S, Payload(1, 2)));
        Assert.Equal((2L, 2L), (endpoint.Host.Books().Received, endpoint.Host.Books("g/t").Received));
    }

    [Fact]
    public async Task Nothing_is_acknowledged_before_the_disk_has_it()
    {
        using var endpoint = new Endpoint(Town.City(Town.Sensor()));
        endpoint.Host.Store.Hold();
        var (done, _) = endpoint.Begin((S, Payload(0, 1)));
        endpoint.Host.Driver.RunUntilIdle();
        Assert.False(done.IsCompleted);
        endpoint.Host.Store.Release();
        await endpoint.FinishAsync(done);
        Assert.Equal(1, endpoint.Host.Store.Count);
    }

    [Theory]
    [InlineData("v1/elsewhere/g/s", RefusalReason.UnknownCity, "g", "s", "'elsewhere'")]
    [InlineData("v1/town/x/s", RefusalReason.UnknownGateway, "x", "s", "'x'")]
    [InlineData("v1/town/g/x", RefusalReason.UnknownSensor, "g", "x", "'x'")]
    [InlineData("v1/town/h/s", RefusalReason.UnknownSensor, "h", "s", "'s'")]
    [InlineData("v1/town/g", RefusalReason.BadTopic, "client-7", "", "'v1/town/g'")]
    [InlineData("v2/town/g/s", RefusalReason.BadTopic, "client-7", "", "'v2/town/g/s'")]
    [InlineData("v1/town//s", RefusalReason.BadTopic, "client-7", "", "'v1/town//s'")]
    [InlineData("v1/town/g/s/x", RefusalReason.BadTopic, "g", "", "'v1/town/g/s/x'")]
    public async Task A_topic_that_leads_nowhere_is_refused_and_noted(string topic, RefusalReason reason, string gateway, string sensor, string named)
    {
        using var endpoint = new Endpoint(Town.City(Town.Sensor()));
        var codes = await endpoint.AcceptAsync((topic, Payload(0, 1)), (S, Payload(0, 1)), (topic, Payload(1, 1)));
        Assert.Equal([ReasonCode.NotAuthorized, ReasonCode.Success, ReasonCode.NotAuthorized], codes);
        var noted = Assert.Single(endpoint.Noted());
        Assert.Equal((gateway, sensor, reason, 2L), (noted.Gateway, noted.Sensor, noted.Reason, noted.Count));
        Assert.Contains(named, noted.Detail, StringComparison.Ordinal);
        Assert.Equal(1, endpoint.Host.Store.Count);
    }

    [Fact]
    public async Task A_payload_that_cannot_be_read_is_refused_and_one_with_a_bad_part_is_taken_without_it()
    {
        using var endpoint = new Endpoint(Town.City(Town.Sensor()));
        var codes = await endpoint.AcceptAsync((S, "nonsense"), (S, "{\"t\":\"2026-01-01T00:00:00Z\",\"v\":1,\"other\":2}"));
        Assert.Equal([ReasonCode.PayloadFormatInvalid, ReasonCode.Success], codes);
        var noted = endpoint.Noted().OrderBy(r => r.Reason).ToList();
        Assert.Equal([RefusalReason.BadPayload, RefusalReason.UnknownProperty], noted.Select(r => r.Reason));
        Assert.All(noted, r => Assert.Equal(("g", "s", 1L), (r.Gateway, r.Sensor, r.Count)));
        Assert.All(noted, r => Assert.NotEmpty(r.Detail));
        Assert.Equal(1, endpoint.Host.Books().Stored);
    }

    [Fact]
    public async Task A_sensor_is_found_again_when_the_registry_changes_between_two_reads()
    {
        using var endpoint = new Endpoint(Town.City(Town.Sensor()));
        await endpoint.AcceptAsync((S, Payload(0, 1)));
        Assert.Equal([ReasonCode.NotAuthorized], await endpoint.AcceptAsync((T, Payload(0, 1))));
        endpoint.Host.Registry.Publish(new(Town.City(Town.Sensor("s", Town.Stream("w"), Town.Stream()), Town.Sensor("t")), 2));
        await endpoint.AcceptAsync((S, Payload(1, 2)), (T, Payload(1, 1)));
        Assert.Equal((2L, 1L), (endpoint.Host.Books().Stored, endpoint.Host.Books("g/t").Stored));
        endpoint.Host.Registry.Publish(new(Town.City(Town.Sensor("t")), 3));
        Assert.Equal([ReasonCode.NotAuthorized], await endpoint.AcceptAsync((S, Payload(2, 2))));
    }

    [Fact]
    public async Task What_was_read_by_a_registry_that_is_replaced_meanwhile_is_not_lost()
    {
        using var endpoint = new Endpoint(Town.City(Town.Sensor("s", Town.Stream("v"), Town.Stream("gone"))));
        await endpoint.AcceptAsync((S, Payload(0, 1)));
        var registry = endpoint.Host.Registry;
        var before = registry.Find("town")!;
        registry.Publish(new(Town.City(Town.Sensor("s", Town.Stream("new"), Town.Stream("v"))), 2));
        endpoint.Host.Run(() => endpoint.Host.Sensor().Refresh());
        var after = registry.Find("town")!;

        // The endpoint decodes by the old version, the grain knows the new one already.
        registry.Publish(before);
        var (done, _) = endpoint.Begin((S, Both(1, 5)), (S, Both(2, 6)));
        registry.Publish(after);
        await endpoint.FinishAsync(done);
        Assert.Equal(2, endpoint.Host.Run(() => endpoint.Host.Sensor().GetState()).RegistryVersion);
        Assert.Equal([1.0, 5.0, 6.0], endpoint.Host.Store.Of("town/g/s", "v").Select(r => r.Value));
        AssertAllAccountedFor(endpoint, 5, RefusalReason.UnknownProperty);
    }

    [Fact]
    public async Task What_was_read_for_a_sensor_that_is_taken_out_meanwhile_is_noted()
    {
        using var endpoint = new Endpoint(Town.City(Town.Sensor()));
        await endpoint.AcceptAsync((S, Payload(0, 1)));
        endpoint.Host.Store.Hold();
        var refresh = endpoint.Host.Sensor().Refresh();
        endpoint.Host.Store.Release();
        var (done, _) = endpoint.Begin((S, Payload(1, 1)));
        endpoint.Host.Registry.Publish(new(Town.City(), 2));
        var removal = endpoint.Host.Sensor().Refresh();
        await endpoint.FinishAsync(Task.WhenAll(refresh, removal, done));
        AssertAllAccountedFor(endpoint, 2, RefusalReason.UnknownSensor);
    }

    /// <summary>Every order of turns may come: a sample is in the sensor's books or in the town's.</summary>
    private static void AssertAllAccountedFor(Endpoint endpoint, int samples, RefusalReason reason)
    {
        IReadOnlyList<Refusal> noted = endpoint.Noted();
        Assert.All(noted, r => Assert.Equal(reason, r.Reason));
        Assert.Equal(samples, endpoint.Host.Books().Received + noted.Sum(r => r.Count));
    }

    private static string Payload(int minute, double value) => $"{{\"t\":{Town.At(minute)},\"v\":{value}}}";

    private static string Both(int minute, double value) => $"{{\"t\":{Town.At(minute)},\"v\":{value},\"gone\":1}}";
}
