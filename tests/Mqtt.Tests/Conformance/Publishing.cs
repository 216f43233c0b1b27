using Mqtt.Tests.Server;
using Mqtt.Tests.Wire;
using Quartier.Mqtt.Packets;

namespace Mqtt.Tests.Conformance;

public sealed class Publishing
{
    [Fact]
    public async Task Acknowledgement_comes_only_after_the_ingest_is_durable()
    {
        await using var server = await TestServer.StartAsync();
        server.Ingest.Holds = true;
        using var client = await server.Connect311Async("g");
        await client.SendAsync(Bytes.Publish311("v1/c/g/s", "1", qos: 1, id: 7));
        var held = await server.Ingest.NextHeldAsync();
        await client.ExpectNothingAsync();
        held.SetResult();
        await client.ExpectAsync("40020007");
        Assert.Equal(["v1/c/g/s=1/1"], server.Ingest.Messages);
    }

    [Fact]
    public async Task Acknowledgements_keep_the_order_of_arrival_when_reads_become_durable_out_of_order()
    {
        await using var server = await TestServer.StartAsync();
        server.Ingest.Holds = true;
        using var client = await server.Connect311Async("g");
        await client.SendAsync(Bytes.Publish311("a", "1", qos: 1, id: 1));
        var first = await server.Ingest.NextHeldAsync();
        await client.SendAsync(Bytes.Publish311("a", "2", qos: 1, id: 2), Bytes.Publish311("a", "3", qos: 2, id: 3));
        var second = await server.Ingest.NextHeldAsync();
        second.SetResult();
        await client.ExpectNothingAsync();
        first.SetResult();
        await client.ExpectAsync("40020001 40020002 50020003");
    }

    [Fact]
    public async Task One_read_is_handed_over_in_one_call()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect311Async("g");
        await client.SendAsync([.. Enumerable.Range(1, 20).Select(i => Bytes.Publish311("a", $"{i}", qos: 1, id: i))]);
        await client.ExpectAsync([.. Enumerable.Range(1, 20).SelectMany(i => (byte[])[0x40, 2, 0, (byte)i])]);
        Assert.Equal([20], server.Ingest.BatchSizes);
        Assert.Equal(Enumerable.Range(1, 20).Select(i => $"a={i}/1"), server.Ingest.Messages);
    }

    [Fact]
    public async Task Failed_durability_closes_without_acknowledgement()
    {
        await using var server = await TestServer.StartAsync();
        server.Ingest.Holds = true;
        using var client = await server.Connect5Async("g");
        await client.SendAsync(Bytes.Publish5("a", "1", qos: 1, id: 1));
        (await server.Ingest.NextHeldAsync()).SetException(new IOException("disk"));
        await client.ExpectDisconnectAsync(0x83);

        // The client is told before its budget is given back.
        await TestServer.UntilAsync(() => server.Endpoint.InFlight == 0);
    }

    [Fact]
    public async Task Refused_message_is_acknowledged_with_its_reason_in_5_and_plainly_in_311()
    {
        await using var server = await TestServer.StartAsync();
        server.Ingest.Judge = topic => topic == "bad" ? ReasonCode.PayloadFormatInvalid : ReasonCode.Success;
        using var five = await server.Connect5Async("five", Bytes.CodesOnly);
        await five.SendAsync(Bytes.Publish5("bad", "x", 1, 1), Bytes.Publish5("good", "x", 1, 2), Bytes.Publish5("bad", "x", 2, 3));
        await five.ExpectAsync("4003000199 40020002 5003000399");
        using var old = await server.Connect311Async("old");
        await old.SendAsync(Bytes.Publish311("bad", "x", 1, 1));
        await old.ExpectAsync("40020001");
        Assert.Equal([new(ReasonCode.PayloadFormatInvalid, 3)], server.Endpoint.Counters.RefusedPublishes);
    }

    [Fact]
    public async Task Qos_2_is_handed_over_once_however_often_it_is_repeated_before_pubrel()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect5Async("g", Bytes.CodesOnly);
        await client.SendAsync(Bytes.Publish5("a", "1", 2, 9));
        await client.ExpectAsync("50020009");
        await client.SendAsync(Bytes.Again(Bytes.Publish5("a", "1", 2, 9)));
        await client.ExpectAsync("50020009");
        await client.SendAsync(Bytes.Hex("62020009"));
        await client.ExpectAsync("70020009");
        await client.SendAsync(Bytes.Hex("62020009"));
        await client.ExpectAsync("7003000992");
        await client.SendAsync(Bytes.Publish5("a", "2", 2, 9));
        await client.ExpectAsync("50020009");
        Assert.Equal(["a=1/2", "a=2/2"], server.Ingest.Messages);
        Assert.Equal(1, server.Endpoint.Counters.PublishesRepeated);
    }

    [Fact]
    public async Task Refused_qos_2_frees_its_packet_identifier()
    {
        await using var server = await TestServer.StartAsync();
        server.Ingest.Judge = _ => ReasonCode.NotAuthorized;
        using var client = await server.Connect5Async("g", Bytes.CodesOnly);
        await client.SendAsync(Bytes.Publish5("a", "1", 2, 9));
        await client.ExpectAsync("5003000987");
        await client.SendAsync(Bytes.Publish5("a", "2", 2, 9));
        await client.ExpectAsync("5003000987");
        Assert.Equal(2, server.Ingest.Messages.Count);
    }

    [Fact]
    public async Task Topic_alias_stands_for_its_topic()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxTopicAliases = 2);
        using var client = await server.Connect5Async("g");
        await client.SendAsync(
            Bytes.Publish5("one", "1", properties: Bytes.Hex("230001")),
            Bytes.Publish5("two", "2", properties: Bytes.Hex("230002")),
            Bytes.Publish5(string.Empty, "3", properties: Bytes.Hex("230001")),
            Bytes.Publish5("three", "4", properties: Bytes.Hex("230001")),
            Bytes.Publish5(string.Empty, "5", 1, 1, properties: Bytes.Hex("230001")));
        await client.ExpectAsync("40020001");
        Assert.Equal(["one=1/0", "two=2/0", "one=3/0", "three=4/0", "three=5/1"], server.Ingest.Messages);
        await client.SendAsync(Bytes.Publish5("four", "6", properties: Bytes.Hex("230003")));
        await client.ExpectDisconnectAsync(0x94);
    }

    [Fact]
    public async Task More_than_the_receive_maximum_disconnects_a_5_client()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxInFlightPerConnection = 2);
        server.Ingest.Holds = true;
        using var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Connect5("g"));
        Assert.Contains("210002", Convert.ToHexString((await client.ReadPacketAsync())!));
        await client.SendAsync(Bytes.Publish5("a", "1", 2, 1));
        (await server.Ingest.NextHeldAsync()).SetResult();
        await client.ExpectAsync("50020001");
        await client.SendAsync(Bytes.Publish5("a", "2", 2, 2));
        (await server.Ingest.NextHeldAsync()).SetResult();
        await client.ExpectAsync("50020002");
        await client.SendAsync(Bytes.Publish5("a", "3", 2, 3));
        await client.ExpectDisconnectAsync(0x93);
    }

    [Fact]
    public async Task A_311_client_beyond_the_budget_waits_and_loses_nothing()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxInFlightPerConnection = 3);
        server.Ingest.Holds = true;
        using var client = await server.Connect311Async("g");
        await client.SendAsync([.. Enumerable.Range(1, 10).Select(i => Bytes.Publish311("a", $"{i}", qos: 1, id: i))]);
        var acknowledged = 0;

        // Nothing is given back yet, so that the fourth message must wait.
        await TestServer.UntilAsync(() => server.Endpoint.Counters.BudgetWaits > 0);
        while (acknowledged < 10)
        {
            var held = await server.Ingest.NextHeldAsync();
            Assert.True(server.Endpoint.InFlight <= 3);
            held.SetResult();
            server.Ingest.BatchSizes.TryDequeue(out var size);
            await client.ExpectAsync([.. Enumerable.Range(acknowledged + 1, size).SelectMany(i => (byte[])[0x40, 2, 0, (byte)i])]);
            acknowledged += size;
        }

        Assert.Equal(Enumerable.Range(1, 10).Select(i => $"a={i}/1"), server.Ingest.Messages);
    }

    [Fact]
    public async Task The_budget_of_all_connections_holds_back_others_until_it_is_given_back()
    {
        await using var server = await TestServer.StartAsync(options =>
        {
            options.MaxInFlightPerConnection = 2;
            options.MaxInFlight = 2;
        });
        server.Ingest.Holds = true;
        using var first = await server.Connect311Async("first");
        using var second = await server.Connect311Async("second");
        await first.SendAsync(Bytes.Publish311("a", "1", 1, 1), Bytes.Publish311("a", "2", 1, 2));
        var held = await server.Ingest.NextHeldAsync();
        await second.SendAsync(Bytes.Publish311("b", "1", 1, 1));
        await TestServer.UntilAsync(() => server.Endpoint.Counters.BudgetWaits > 0);
        Assert.Equal(2, server.Ingest.Messages.Count);
        held.SetResult();
        (await server.Ingest.NextHeldAsync()).SetResult();
        await second.ExpectAsync("40020001");
        Assert.Equal(0, server.Endpoint.InFlight);
    }

    [Fact]
    public async Task A_message_that_straddles_many_reads_arrives_whole()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect311Async("g");
        var payload = new string('x', 300_000);
        await client.SendAsync(Bytes.Publish311("big", payload, 1, 1), Bytes.Publish311("small", "y", 1, 2));
        await client.ExpectAsync("40020001 40020002");
        Assert.Equal([$"big={payload}/1", "small=y/1"], server.Ingest.Messages);
    }

    [Fact]
    public async Task Publications_before_a_malformed_packet_are_still_handed_over()
    {
        await using var server = await TestServer.StartAsync();
        using var bad = await server.Connect5Async("bad");
        using var good = await server.Connect5Async("good");
        await bad.SendAsync(Bytes.Publish5("a", "1", 1, 1), Bytes.Hex("F000"));
        await bad.ExpectAsync("40020001");
        await bad.ExpectDisconnectAsync(0x82);
        Assert.Equal(["a=1/1"], server.Ingest.Messages);
        await good.ExpectNothingAsync();
    }
}
