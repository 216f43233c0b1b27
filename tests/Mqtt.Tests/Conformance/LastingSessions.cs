using Mqtt.Tests.Server;
using Mqtt.Tests.Wire;

namespace Mqtt.Tests.Conformance;

/// <summary>Sessions that outlive their connections, and the process.</summary>
public sealed class LastingSessions
{
    /// <summary>CONNACK of MQTT 5 with session present 0 and 1.</summary>
    private const string New5 = "200E 00 00 0B 220040 210400 2700100000";
    private const string Present5 = "200E 01 00 0B 220040 210400 2700100000";

    [Fact]
    public async Task A_311_client_without_clean_session_finds_its_subscriptions_and_messages()
    {
        await using var server = await TestServer.StartAsync();
        using var first = await server.OpenAsync();
        await first.SendAsync(Bytes.Connect311("s", clean: false), Bytes.Subscribe311(1, ("a", 2)));
        await first.ExpectAsync("20020000 9003000102");
        await LeaveAsync(server, first);
        await PublishAsync(server, Bytes.Publish311("a", "0", 0), Bytes.Publish311("a", "1", 1, 1), Bytes.Publish311("a", "2", 2, 2));
        using var second = await server.OpenAsync();
        await second.SendAsync(Bytes.Connect311("s", clean: false));
        await second.ExpectAsync("20020100 3206 000161 0001 31 3406 000161 0002 32");
        await second.SendAsync(Bytes.Hex("40020001 50020002"));
        await second.ExpectAsync("62020002");
        await second.SendAsync(Bytes.Hex("70020002"));
        await second.ExpectNothingAsync();
        Assert.Equal(0, server.Endpoint.QueuedBytes);
    }

    [Fact]
    public async Task A_clean_start_ends_the_old_session()
    {
        await using var server = await TestServer.StartAsync();
        await SubscribeAndLeaveAsync(server, "s");
        await PublishAsync(server, Bytes.Publish311("a", "1", 1, 1));
        using var second = await server.OpenAsync();
        await second.SendAsync(Bytes.Resume5("s", clean: true));
        await second.ExpectAsync(New5);
        await second.ExpectNothingAsync();
        Assert.Equal(0, server.Endpoint.SubscriptionCount);
        Assert.Equal(1, server.Endpoint.Counters.UndeliveredAtClose);
    }

    [Fact]
    public async Task A_session_ends_when_its_expiry_has_passed_and_not_before()
    {
        var time = new ManualTime();
        await using var server = await TestServer.StartAsync(null, null, time);
        await SubscribeAndLeaveAsync(server, "s", 100);
        time.Advance(TimeSpan.FromSeconds(99));
        using (var again = await server.OpenAsync())
        {
            await again.SendAsync(Bytes.Resume5("s", 100));
            await again.ExpectAsync(Present5);
            await LeaveAsync(server, again);
        }

        time.Advance(TimeSpan.FromSeconds(101));
        await TestServer.UntilAsync(() => server.Endpoint.LastingSessionCount == 0);
        Assert.Equal(0, server.Endpoint.SubscriptionCount);
        using var late = await server.OpenAsync();
        await late.SendAsync(Bytes.Resume5("s", 100));
        await late.ExpectAsync(New5);
    }

    [Fact]
    public async Task Disconnect_may_shorten_the_session_to_nothing()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Resume5("s"), Bytes.Subscribe5(1, ("a", 1)), Bytes.Hex("E007 00 05 1100000000"));
        await TestServer.UntilAsync(() => server.Endpoint.Counters.ConnectionsTotal == 1 && server.Endpoint.Counters.Connections == 0);
        Assert.Equal(0, server.Endpoint.LastingSessionCount);
        Assert.Equal(0, server.Endpoint.SubscriptionCount);
    }

    [Fact]
    public async Task What_was_not_acknowledged_is_sent_again_in_its_order_with_the_same_identifiers_marked_as_duplicates()
    {
        await using var server = await TestServer.StartAsync();
        using var first = await server.OpenAsync();
        await first.SendAsync(Bytes.Resume5("s", 3600, false, Bytes.Hex("210003")), Bytes.Subscribe5(1, ("a", 2)));
        await first.ExpectAsync($"{New5} 9004000100 02");
        await PublishAsync(server, [.. Enumerable.Range(1, 5).Select(n => Bytes.Publish311("a", $"{n}", n % 2 == 0 ? 2 : 1, n))]);
        await first.ExpectAsync("3207 000161 0001 00 31 3407 000161 0002 00 32 3207 000161 0003 00 33");
        await first.SendAsync(Bytes.Hex("50020002")); // PUBREC of the second: from now on only its PUBREL may be repeated.
        await first.ExpectAsync("62020002");
        await LeaveAsync(server, first);
        using var second = await server.OpenAsync();
        await second.SendAsync(Bytes.Resume5("s"));
        await second.ExpectAsync($"{Present5} 62020002 3A07 000161 0001 00 31 3A07 000161 0003 00 33 3407 000161 0004 00 34 3207 000161 0005 00 35");
    }

    [Fact]
    public async Task A_newer_connection_takes_the_session_over_and_keeps_it()
    {
        await using var server = await TestServer.StartAsync();
        using var first = await server.OpenAsync();
        await first.SendAsync(Bytes.Resume5("s"), Bytes.Subscribe5(1, ("a", 1)));
        await first.ExpectAsync($"{New5} 9004000100 01");
        await PublishAsync(server, Bytes.Publish311("a", "1", 1, 1));
        await first.ExpectAsync("3207 000161 0001 00 31");
        using var second = await server.OpenAsync();
        await second.SendAsync(Bytes.Resume5("s"));
        await second.ExpectAsync($"{Present5} 3A07 000161 0001 00 31");
        await first.ExpectDisconnectAsync(0x8E);
    }

    [Fact]
    public async Task A_session_is_given_to_its_owner_only()
    {
        await using var server = await TestServer.StartAsync();
        server.Ingest.Owner = request => request.Purpose ?? "nobody";
        using var owner = await server.OpenAsync();
        var mine = Bytes.Hex("26 0007 707572706F7365 0001 70");
        await owner.SendAsync(Bytes.Resume5("s", 3600, false, mine));
        await owner.ExpectAsync(New5);
        using var thief = await server.OpenAsync();
        await thief.SendAsync(Bytes.Resume5("s"));
        await thief.ExpectAsync(New5);
        await owner.ExpectNothingAsync();
        await LeaveAsync(server, owner);
        using var another = await server.OpenAsync();
        await another.SendAsync(Bytes.Resume5("s", 3600, true));
        await another.ExpectAsync(New5);
        using var again = await server.OpenAsync();
        await again.SendAsync(Bytes.Resume5("s", 3600, false, mine));
        await again.ExpectAsync(Present5);
    }

    [Fact]
    public async Task Messages_that_waited_are_judged_when_they_are_delivered()
    {
        await using var server = await TestServer.StartAsync();
        await SubscribeAndLeaveAsync(server, "s");
        await PublishAsync(server, Bytes.Publish311("a", "1", 1, 1));
        Assert.Empty(server.Ingest.Asked);
        server.Ingest.Permit = (_, _) => ValueTask.FromResult(false);
        using var second = await server.OpenAsync();
        await second.SendAsync(Bytes.Resume5("s"));
        await second.ExpectAsync(Present5);
        await second.ExpectNothingAsync();
        Assert.Equal(1, server.Endpoint.Counters.Withheld);
    }

    [Fact]
    public async Task A_subscription_that_is_no_longer_permitted_ends_with_the_return_of_the_client()
    {
        await using var server = await TestServer.StartAsync();
        await SubscribeAndLeaveAsync(server, "s");
        server.Ingest.Grant = (_, _) => Quartier.Mqtt.Packets.ReasonCode.NotAuthorized;
        using var second = await server.OpenAsync();
        await second.SendAsync(Bytes.Resume5("s"));
        await second.ExpectAsync(Present5);
        await second.ExpectNothingAsync();
        Assert.Equal(0, server.Endpoint.SubscriptionCount);
    }

    [Fact]
    public async Task Messages_wait_no_longer_than_their_expiry_and_the_servers_limit()
    {
        var time = new ManualTime();
        await using var server = await TestServer.StartAsync(null, options => options.MaxMessageAge = TimeSpan.FromSeconds(50), time);
        await SubscribeAndLeaveAsync(server, "s");
        using var publisher = await server.Connect5Async("p");
        await publisher.SendAsync(
            Bytes.Publish5("a", "short", 1, 1, false, Bytes.Hex("0200000014")),
            Bytes.Publish5("a", "long", 1, 2, false, Bytes.Hex("0200010000")),
            Bytes.Publish5("a", "any", 1, 3));
        await publisher.ExpectAsync("40020001 40020002 40020003");
        time.Advance(TimeSpan.FromSeconds(21));
        using (var again = await server.OpenAsync())
        {
            await again.SendAsync(Bytes.Resume5("s"));

            // 65,536 s less 21: what is left of the publisher's interval, not of the server's limit.
            await again.ExpectAsync($"{Present5} 320F 000161 0002 05 020000FFEB 6C6F6E67 3209 000161 0003 00 616E79");
            await LeaveAsync(server, again);
        }

        time.Advance(TimeSpan.FromSeconds(30));
        using var late = await server.OpenAsync();
        await late.SendAsync(Bytes.Resume5("s"));
        await late.ExpectAsync(Present5);
        await late.ExpectNothingAsync();
        Assert.Equal(0, server.Endpoint.QueuedBytes);
    }

    [Fact]
    public async Task A_session_without_room_ends_rather_than_having_a_gap()
    {
        var time = new ManualTime();
        await using var server = await TestServer.StartAsync(null, options => options.MaxQueuedBytes = 2 * 1024 * 1024, time);
        await SubscribeAndLeaveAsync(server, "s");
        await PublishAsync(server, [.. Enumerable.Range(1, 3).Select(n => Bytes.Publish311("a", new string('x', 900_000), 1, n))]);
        time.Advance(TimeSpan.FromSeconds(1));
        await TestServer.UntilAsync(() => server.Endpoint.LastingSessionCount == 0);
        using var second = await server.OpenAsync();
        await second.SendAsync(Bytes.Resume5("s"));
        await second.ExpectAsync(New5);
        Assert.Equal(3, server.Endpoint.Counters.UndeliveredAtClose);
        Assert.Equal(0, server.Endpoint.QueuedBytes);
    }

    [Fact]
    public async Task Lasting_sessions_are_limited_and_others_are_not()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxSessions = 1);
        await SubscribeAndLeaveAsync(server, "s");
        using var second = await server.OpenAsync();
        await second.SendAsync(Bytes.Resume5("t"));
        Assert.Equal("0097", Convert.ToHexString((await second.ReadPacketAsync())![2..4]));
        using var third = await server.Connect5Async("u");
        await third.ExpectNothingAsync();
    }

    [Fact]
    public async Task One_owner_cannot_use_up_the_lasting_sessions_of_all()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxSessions = 40);
        server.Ingest.Owner = r => r.ClientId[..1];
        for (var n = 0; n < 20; n++)
        {
            await SubscribeAndLeaveAsync(server, $"a{n}");
        }

        await ConnectAsync("a20", "0097");
        await ConnectAsync("a3", "0100");
        for (var n = 0; n < 16; n++)
        {
            await SubscribeAndLeaveAsync(server, $"b{n}");
        }

        await ConnectAsync("b16", "0097");
        await ConnectAsync("c0", "0000");

        async Task ConnectAsync(string client, string expected)
        {
            using var connection = await server.OpenAsync();
            await connection.SendAsync(Bytes.Resume5(client));
            var packet = await connection.ReadPacketAsync();
            var at = packet![1] < 0x80 ? 2 : 3;
            Assert.Equal(expected, Convert.ToHexString(packet[at..(at + 2)]));
        }
    }

    [Fact]
    public async Task A_qos_2_message_is_handed_over_once_across_connections()
    {
        await using var server = await TestServer.StartAsync();
        using var first = await server.OpenAsync();
        await first.SendAsync(Bytes.Resume5("s"), Bytes.Publish5("a", "1", 2, 7));
        await first.ExpectAsync($"{New5} 50020007");
        await LeaveAsync(server, first);
        using var second = await server.OpenAsync();
        await second.SendAsync(Bytes.Resume5("s"), Bytes.Again(Bytes.Publish5("a", "1", 2, 7)));
        await second.ExpectAsync($"{Present5} 50020007");
        await second.SendAsync(Bytes.Hex("62020007"), Bytes.Publish5("a", "2", 2, 7));
        await second.ExpectAsync("70020007 50020007");
        Assert.Equal(["a=1/2", "a=2/2"], server.Ingest.Messages);
    }

    internal static async Task LeaveAsync(TestServer server, RawClient client)
    {
        client.FinishSending();
        await TestServer.UntilAsync(() => server.HasEnded(client));
    }

    internal static async Task SubscribeAndLeaveAsync(TestServer server, string clientId, long expiry = 3600)
    {
        using var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Resume5(clientId, expiry), Bytes.Subscribe5(1, ("a", 2)));
        await client.ExpectAsync($"{New5} 9004000100 02");
        await LeaveAsync(server, client);
    }

    /// <summary>Publishes with 3.1.1 and reads all acknowledgements.</summary>
    internal static async Task PublishAsync(TestServer server, params byte[][] packets)
    {
        using var publisher = await server.Connect311Async("publisher");
        foreach (var packet in packets)
        {
            await publisher.SendAsync(packet);
            if ((packet[0] & 6) != 0)
            {
                Assert.Equal((packet[0] & 6) == 2 ? 0x40 : 0x50, (await publisher.ReadPacketAsync())![0]);
            }
        }

        await publisher.ExpectNothingAsync();
        await LeaveAsync(server, publisher);
    }
}
