using Mqtt.Tests.Server;
using Mqtt.Tests.Wire;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;

namespace Mqtt.Tests.Conformance;

/// <summary>Wills that the process which took them could not publish any more (section 3.1.2.5).</summary>
public sealed class WillsOnDisk
{
    [Theory]
    [InlineData(0)]
    [InlineData(3600)]
    public async Task The_will_of_a_client_that_was_connected_is_published_after_a_crash(int expiry)
    {
        var time = new ManualTime();
        var store = new TestStore();
        await using (var server = await TestServer.StartAsync(store, null, time))
        {
            server.Ingest.Owner = _ => "gateway:c/g";
            using var client = await ConnectAsync(server, expiry: expiry, user: "anna");
            Assert.Equal(expiry == 0 ? "W" : "SW", store.Kinds);
            store = store.Crash();
        }

        await using var next = await TestServer.StartAsync(store, null, time);
        Assert.Empty(next.Ingest.Messages);
        time.Advance(TimeSpan.FromSeconds(1));
        await TestServer.UntilAsync(() => !store.Kinds.Contains('W'));
        Assert.Equal(["w=gone/1"], next.Ingest.Messages);
        Assert.Equal([new LostClient("dying", "gateway:c/g", "user:anna")], next.Ingest.Returned);
        Assert.Equal((0, 1), (next.Endpoint.WillBytes, next.Ingest.ClosedSessions));
    }

    [Fact]
    public async Task It_reaches_subscribers_and_the_retained_messages_as_it_was_sent()
    {
        var time = new ManualTime();
        var store = new TestStore();
        await using (var server = await TestServer.StartAsync(store, null, time))
        {
            using var subscriber = await server.OpenAsync();
            await subscriber.SendAsync(Bytes.Resume5("s"), Bytes.Subscribe5(1, ("w", 2)));
            await subscriber.ReadPacketAsync();
            await subscriber.ExpectAsync("9004000100 02");
            using var client = await server.OpenAsync();
            await client.SendAsync(Bytes.Connect5WithWill("g", "w", "gone", 2, retain: true, Bytes.Hex("2600016B000176"), Bytes.Hex("020000000A")));
            await client.ReadPacketAsync();
            store = store.Crash();
        }

        time.Advance(TimeSpan.FromDays(3)); // Its expiry begins when it is published.
        await using var next = await TestServer.StartAsync(store, null, time);
        time.Advance(TimeSpan.FromSeconds(1));
        await TestServer.UntilAsync(() => store.Kinds.Contains('R') && !store.Kinds.Contains('W'));
        using var late = await next.Connect5Async("late");
        await late.SendAsync(Bytes.Subscribe5(1, ("w", 1)));
        await late.ExpectAsync("9004000100 01 3316 000177 0001 0C 2600016B000176 020000000A 676F6E65");
        using var back = await next.OpenAsync();
        await back.SendAsync(Bytes.Resume5("s"));
        await back.ReadPacketAsync();
        await back.ExpectAsync("3416 000177 0001 0C 2600016B000176 020000000A 676F6E65");
    }

    [Fact]
    public async Task Time_without_a_server_counts_against_the_delay_of_a_will_that_waited()
    {
        var time = new ManualTime();
        var store = new TestStore();
        await using (var server = await TestServer.StartAsync(store, null, time))
        {
            await DieAsync(server, delay: 100, expiry: 3600);
            time.Advance(TimeSpan.FromSeconds(40));
            store = store.Crash();
        }

        time.Advance(TimeSpan.FromSeconds(30));
        await using var next = await TestServer.StartAsync(store, null, time);
        time.Advance(TimeSpan.FromSeconds(29));
        await ProveQuietAsync(next);
        time.Advance(TimeSpan.FromSeconds(2));
        await TestServer.UntilAsync(() => store.Kinds == "S");
        Assert.Equal(["w=gone/1"], next.Ingest.Messages);
    }

    [Fact]
    public async Task The_delay_of_who_was_connected_begins_with_the_start_and_a_second_crash_does_not_begin_it_again()
    {
        var time = new ManualTime();
        var store = new TestStore();
        await using (var server = await TestServer.StartAsync(store, null, time))
        {
            using var client = await ConnectAsync(server, delay: 10, expiry: 3600);
            store = store.Crash();
        }

        await using (var second = await TestServer.StartAsync(store, null, time))
        {
            time.Advance(TimeSpan.FromSeconds(6));
            await ProveQuietAsync(second);
            store = store.Crash();
        }

        await using var third = await TestServer.StartAsync(store, null, time);
        time.Advance(TimeSpan.FromSeconds(3));
        await ProveQuietAsync(third);
        time.Advance(TimeSpan.FromSeconds(2));
        await TestServer.UntilAsync(() => store.Kinds == "S");
        Assert.Equal(["w=gone/1"], third.Ingest.Messages);
    }

    [Fact]
    public async Task A_will_comes_no_later_than_the_end_of_its_session_while_there_was_no_server()
    {
        var time = new ManualTime();
        var store = new TestStore();
        await using (var server = await TestServer.StartAsync(store, null, time))
        {
            await DieAsync(server, delay: 1000, expiry: 10);
            store = store.Crash();
        }

        time.Advance(TimeSpan.FromSeconds(20));
        await using var next = await TestServer.StartAsync(store, null, time);
        Assert.Equal(0, next.Endpoint.LastingSessionCount);
        time.Advance(TimeSpan.FromSeconds(1));
        await TestServer.UntilAsync(() => store.Kinds.Length == 0);
        Assert.Equal(["w=gone/1"], next.Ingest.Messages);
    }

    [Fact]
    public async Task A_client_that_comes_back_to_the_next_server_in_time_leaves_no_will()
    {
        var time = new ManualTime();
        var store = new TestStore();
        await using (var server = await TestServer.StartAsync(store, null, time))
        {
            using var client = await ConnectAsync(server, delay: 10, expiry: 3600);
            store = store.Crash();
        }

        await using var next = await TestServer.StartAsync(store, null, time);
        using var back = await next.OpenAsync();
        await back.SendAsync(Bytes.Resume5("dying"));
        Assert.Equal(1, (await back.ReadPacketAsync())![2]);
        Assert.Equal("S", store.Kinds);
        time.Advance(TimeSpan.FromSeconds(20));
        await back.ExpectNothingAsync();
        Assert.Empty(next.Ingest.Messages);
        Assert.Equal(0, next.Endpoint.WillBytes);
    }

    [Fact]
    public async Task A_client_that_cannot_come_back_for_want_of_a_disk_leaves_its_will()
    {
        var time = new ManualTime();
        var store = new TestStore();
        await using var server = await TestServer.StartAsync(store, null, time);
        await DieAsync(server, delay: 10, expiry: 3600);
        store.Fails = true;
        using var refused = await server.OpenAsync();
        await refused.SendAsync(Bytes.Resume5("dying"));
        Assert.Equal(0x88, (await refused.ReadPacketAsync())![3]);
        store.Fails = false;
        time.Advance(TimeSpan.FromSeconds(11));
        await TestServer.UntilAsync(() => store.Kinds == "S");
        Assert.Equal(["w=gone/1"], server.Ingest.Messages);
    }

    [Theory]
    [InlineData("E000", "")]
    [InlineData("E00104", "w=gone/1")]
    public async Task What_was_taken_back_or_published_is_gone_from_the_disk(string goodbye, string published)
    {
        var store = new TestStore();
        await using var server = await TestServer.StartAsync(store);
        using var client = await ConnectAsync(server);
        await client.SendAsync(Bytes.Hex(goodbye));
        await TestServer.UntilAsync(() => store.Kinds.Length == 0);
        Assert.Equal(published, string.Concat(server.Ingest.Messages));
        Assert.Equal(0, server.Endpoint.WillBytes);
    }

    [Fact]
    public async Task Connack_waits_for_the_will_and_clients_without_one_write_nothing()
    {
        var store = new TestStore { Holds = true };
        await using var server = await TestServer.StartAsync(store);
        using var without = await server.Connect5Async("without");
        using var with = await server.OpenAsync();
        await with.SendAsync(Bytes.Connect5WithWill("with", "w", "gone"));
        await TestServer.UntilAsync(() => store.Held == 1);
        Assert.Equal(0, with.Available);
        store.Release();
        Assert.Equal(0x20, (await with.ReadPacketAsync())![0]);
        store.Fails = true;
        using var refused = await server.OpenAsync();
        await refused.SendAsync(Bytes.Connect5WithWill("refused", "w", "gone"));
        Assert.Equal(0x88, (await refused.ReadPacketAsync())![3]);
        await refused.ExpectClosedAsync();
        Assert.Empty(server.Ingest.Messages);
    }

    [Fact]
    public async Task Whoever_may_no_longer_publish_after_the_restart_leaves_no_will()
    {
        var time = new ManualTime();
        var store = new TestStore();
        await using (var server = await TestServer.StartAsync(store, null, time))
        {
            using var client = await ConnectAsync(server);
            store = store.Crash();
        }

        await using var next = await TestServer.StartAsync(store, null, time);
        next.Ingest.Return = (_, _) => ConnectDecision.Refuse(ReasonCode.NotAuthorized, "Revoked.");
        time.Advance(TimeSpan.FromSeconds(1));
        await TestServer.UntilAsync(() => store.Kinds.Length == 0);
        Assert.Empty(next.Ingest.Messages);
        Assert.Equal([new(ReasonCode.NotAuthorized, 1)], next.Endpoint.Counters.RefusedPublishes);
        Assert.Equal(0, next.Endpoint.WillBytes);
    }

    [Fact]
    public async Task What_the_ingest_cannot_take_is_handed_over_again_each_minute_and_after_a_restart_until_it_is_a_day_old()
    {
        var time = new ManualTime();
        var store = new TestStore();
        await using (var server = await TestServer.StartAsync(store, null, time))
        {
            server.Ingest.Failure = new IOException("The disk is full.");
            await DieAsync(server, delay: 0, expiry: 0);
            await TestServer.UntilAsync(() => store.Ends.Length == 1);
            time.Advance(TimeSpan.FromSeconds(61));
            await TestServer.UntilAsync(() => server.Ingest.Returned.Count == 1);
            store = store.Crash();
        }

        await using (var next = await TestServer.StartAsync(store, null, time))
        {
            next.Ingest.Return = (_, _) => throw new IOException("The disk is full.");
            time.Advance(TimeSpan.FromSeconds(1));
            await TestServer.UntilAsync(() => next.Ingest.Returned.Count == 1);
            next.Ingest.Return = (_, session) => ConnectDecision.Accept(session);
            time.Advance(TimeSpan.FromSeconds(61));
            await TestServer.UntilAsync(() => store.Kinds.Length == 0);
            Assert.Equal(["w=gone/1"], next.Ingest.Messages);
            next.Ingest.Failure = new IOException("The disk is full.");
            await DieAsync(next, delay: 0, expiry: 0);
            await TestServer.UntilAsync(() => store.Ends.Length == 1);
            Assert.Equal(time.GetUtcNow().AddDays(1).ToUnixTimeMilliseconds(), store.Ends[0]);
            time.Advance(TimeSpan.FromDays(1));
            await TestServer.UntilAsync(() => store.Kinds.Length == 0 && next.Endpoint.WillBytes == 0);
        }
    }

    [Fact]
    public async Task Wills_of_one_owner_leave_as_much_room_for_all_others()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxWillBytes = 2000);
        server.Ingest.Owner = request => request.ClientId[..1];
        using var first = await server.OpenAsync();
        await first.SendAsync(Bytes.Connect5WithWill("a1", "w", new string('x', 387))); // 900 bytes with what it takes beside.
        Assert.Equal(0, (await first.ReadPacketAsync())![3]);
        using var second = await server.OpenAsync();
        await second.SendAsync(Bytes.Connect5WithWill("a2", "w", "gone"));
        Assert.Equal(0x97, Reason((await second.ReadPacketAsync())!));
        await second.ExpectClosedAsync();
        using var other = await server.OpenAsync();
        await other.SendAsync(Bytes.Connect5WithWill("b1", "w", "gone"));
        Assert.Equal(0, (await other.ReadPacketAsync())![3]);
        using var large = await server.OpenAsync();
        await large.SendAsync(Bytes.Connect5WithWill("c1", "w", new string('x', 2000)));
        Assert.Equal(0x97, Reason((await large.ReadPacketAsync())!));
        Assert.Equal(900 + 517, server.Endpoint.WillBytes);
        await first.SendAsync(Bytes.Hex("E000"));
        await TestServer.UntilAsync(() => server.Endpoint.WillBytes == 517);
    }

    [Fact]
    public async Task Nobody_publishes_to_the_servers_own_topics_by_a_will()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Connect5WithWill("g", "$SYS/broker/clients/connected", "99"));
        await client.ReadPacketAsync();
        client.Reset();
        await TestServer.UntilAsync(() => server.Endpoint.Counters.RefusedPublishes.Count == 1);
        Assert.Empty(server.Ingest.Messages);
        await TestServer.UntilAsync(() => server.Ingest.ClosedSessions == 1);
    }

    /// <summary>A client that has left a will at quality of service 1, and has been answered.</summary>
    internal static async Task<RawClient> ConnectAsync(TestServer server, int delay = 0, int expiry = 0, string? user = null, string payload = "gone", bool clean = false)
    {
        var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Packet(
            0x10,
            Bytes.Text("MQTT"),
            [5, (byte)(0x0C | (clean ? 2 : 0) | (user is null ? 0 : 0x80))],
            Bytes.U16(0),
            Bytes.Properties([0x11, .. Bytes.U32(expiry)]),
            Bytes.Text("dying"),
            Bytes.Properties([0x18, .. Bytes.U32(delay)]),
            Bytes.Text("w"),
            Bytes.Text(payload),
            user is null ? [] : Bytes.Text(user)));
        Assert.Equal(0, (await client.ReadPacketAsync())![3]);
        return client;
    }

    /// <summary>The reason of a CONNACK, before which the remaining length has one byte or two.</summary>
    private static byte Reason(byte[] connAck) => connAck[connAck[1] < 0x80 ? 3 : 4];

    private static async Task DieAsync(TestServer server, int delay, int expiry)
    {
        using var client = await ConnectAsync(server, delay, expiry);
        await LastingSessions.LeaveAsync(server, client);
    }

    /// <summary>A sweep that found nothing to do has ended when the server has answered after it.</summary>
    private static async Task ProveQuietAsync(TestServer server)
    {
        using var other = await server.Connect5Async("other");
        await other.ExpectNothingAsync();
        Assert.Empty(server.Ingest.Messages);
    }
}
