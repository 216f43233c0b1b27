using Mqtt.Tests.Server;
using Mqtt.Tests.Wire;

namespace Mqtt.Tests.Conformance;

/// <summary>Shared subscriptions (section 4.8.2).</summary>
public sealed class Sharing
{
    [Fact]
    public async Task Each_message_goes_to_one_member_in_turn()
    {
        await using var server = await TestServer.StartAsync();
        using var first = await ShareAsync(server, "one", 0);
        using var second = await ShareAsync(server, "two", 0);
        using var whole = await server.Connect5Async("whole");
        await whole.SendAsync(Bytes.Subscribe5(1, ("a", 0)));
        await whole.ExpectAsync("9004000100 00");
        await LastingSessions.PublishAsync(server, [.. Enumerable.Range(1, 4).Select(n => Bytes.Publish311("a", $"{n}"))]);
        await whole.ExpectAsync("3005 000161 00 31 3005 000161 00 32 3005 000161 00 33 3005 000161 00 34");
        var got = new List<byte>();
        foreach (var member in new[] { first, second, first, second })
        {
            got.Add((await member.ReadPacketAsync())![^1]);
        }

        Assert.Equal("1234"u8.ToArray(), got.Order());
        await first.ExpectNothingAsync();
        await second.ExpectNothingAsync();
    }

    [Fact]
    public async Task Groups_and_plain_subscriptions_each_get_their_copy()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect5Async("s");
        await client.SendAsync(Bytes.Subscribe5(1, ("$share/g/a", 0), ("$share/h/a", 0), ("a", 0)), Bytes.Publish5("a", "1"));
        await client.ExpectAsync("9006000100 000000 3005 000161 00 31 3005 000161 00 31 3005 000161 00 31");
        await client.ExpectNothingAsync();
        Assert.Equal(3, server.Endpoint.SubscriptionCount);
    }

    [Fact]
    public async Task Who_has_least_to_do_and_is_connected_gets_the_message()
    {
        await using var server = await TestServer.StartAsync();
        using var busy = await ShareAsync(server, "busy", 1);
        await LastingSessions.PublishAsync(server, Bytes.Publish311("a", "1", 1, 1));
        await busy.ExpectAsync("3207 000161 0001 00 31"); // Never acknowledged.
        using var away = await ShareAsync(server, "away", 1);
        await LastingSessions.LeaveAsync(server, away);
        using var free = await ShareAsync(server, "free", 1);
        await LastingSessions.PublishAsync(server, Bytes.Publish311("a", "2", 1, 1));
        await free.ExpectAsync("3207 000161 0001 00 32");
        await busy.ExpectNothingAsync();
    }

    [Fact]
    public async Task Messages_wait_for_a_member_when_nobody_is_connected()
    {
        await using var server = await TestServer.StartAsync();
        using var member = await ShareAsync(server, "away", 1);
        await LastingSessions.LeaveAsync(server, member);
        await LastingSessions.PublishAsync(server, Bytes.Publish311("a", "1", 1, 1), Bytes.Publish311("a", "2"));
        using var back = await server.OpenAsync();
        await back.SendAsync(Bytes.Resume5("away"));
        await back.ReadPacketAsync();
        await back.ExpectAsync("3207 000161 0001 00 31");
        await back.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_qos_1_message_of_a_session_that_ended_goes_to_another_member_and_a_sent_qos_2_message_does_not()
    {
        await using var server = await TestServer.StartAsync();
        using var dying = await server.Connect5Async("dying");
        await dying.SendAsync(Bytes.Subscribe5(1, ("$share/g/a", 2)));
        await dying.ExpectAsync("9004000100 02");
        await LastingSessions.PublishAsync(server, Bytes.Publish311("a", "1", 1, 1), Bytes.Publish311("a", "2", 2, 2));
        await dying.ExpectAsync("3207 000161 0001 00 31 3407 000161 0002 00 32");
        using var other = await ShareAsync(server, "other", 2);
        await LastingSessions.LeaveAsync(server, dying);
        await other.ExpectAsync("3207 000161 0001 00 31");
        await other.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_member_that_refuses_a_message_is_the_last_to_get_it()
    {
        await using var server = await TestServer.StartAsync();
        using var refusing = await server.Connect5Async("refusing");
        await refusing.SendAsync(Bytes.Subscribe5(1, ("$share/g/a", 2)));
        await refusing.ExpectAsync("9004000100 02");
        await LastingSessions.PublishAsync(server, Bytes.Publish311("a", "1", 1, 1), Bytes.Publish311("a", "2", 2, 2));
        await refusing.ExpectAsync("3207 000161 0001 00 31 3407 000161 0002 00 32");
        using var other = await ShareAsync(server, "other", 2);
        await refusing.SendAsync(Bytes.Hex("4003 0001 80 5003 0002 80"));
        await refusing.ExpectNothingAsync();
        await LastingSessions.LeaveAsync(server, refusing);
        await other.ExpectNothingAsync();
    }

    [Fact]
    public async Task Retained_messages_are_not_sent_to_shared_subscriptions()
    {
        await using var server = await TestServer.StartAsync();
        await LastingSessions.PublishAsync(server, Bytes.Publish311("a", "1", 1, 1, true));
        using var member = await ShareAsync(server, "one", 1);
        await member.ExpectNothingAsync();
        await member.SendAsync(Bytes.Unsubscribe5(2, "$share/g/a", "$share/g/a"));
        var text = Bytes.Text("'$share/g/a': there was no such subscription.");
        await member.ExpectAsync(Bytes.Packet(0xB0, Bytes.U16(2), Bytes.Properties([0x1F, .. text]), [0, 0x11]));
        Assert.Equal(0, server.Endpoint.SubscriptionCount);
    }

    [Theory]
    [InlineData("$share/g", 0, 0x8F)]
    [InlineData("$share//a", 0, 0x8F)]
    [InlineData("$share/g/", 0, 0x8F)]
    [InlineData("$share/g+/a", 0, 0x8F)]
    [InlineData("$share/g/a", 4, 0x82)] // no local
    public async Task A_wrong_shared_subscription_disconnects(string filter, int options, byte reason)
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect5Async("g");
        await client.SendAsync(Bytes.Subscribe5(1, (filter, options)));
        await client.ExpectDisconnectAsync(reason);
    }

    [Fact]
    public async Task The_ingest_is_asked_about_the_filter_behind_the_group()
    {
        await using var server = await TestServer.StartAsync();
        server.Ingest.Grant = (filter, _) => filter == "secret" ? Quartier.Mqtt.Packets.ReasonCode.NotAuthorized : Quartier.Mqtt.Packets.ReasonCode.Success;
        using var client = await server.Connect5Async("g", Bytes.CodesOnly);
        await client.SendAsync(Bytes.Subscribe5(1, ("$share/g/secret", 0), ("$share/g/$SYS/#", 0), ("$share/g/a", 0)));
        await client.ExpectAsync("9006000100 878700");
    }

    private static async Task<RawClient> ShareAsync(TestServer server, string clientId, int qos)
    {
        var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Resume5(clientId), Bytes.Subscribe5(1, ("$share/g/a", qos)));
        await client.ReadPacketAsync();
        await client.ExpectAsync($"9004000100 {qos:X2}");
        return client;
    }
}
