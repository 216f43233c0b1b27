using System.Text;
using Mqtt.Tests.Server;
using Mqtt.Tests.Wire;
using Quartier.Mqtt.Packets;

namespace Mqtt.Tests.Conformance;

/// <summary>Topic aliases towards subscribers, will delay, response information, <c>$SYS</c>.</summary>
public sealed class Extras
{
    [Fact]
    public async Task A_topic_is_named_once_and_then_only_by_its_alias()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect5Async("s", Bytes.Hex("220001")); // topic alias maximum 1
        await client.SendAsync(Bytes.Subscribe5(1, ("#", 1)));
        await client.ExpectAsync("9004000100 01");
        await LastingSessions.PublishAsync(server, Bytes.Publish311("a", "1"), Bytes.Publish311("b", "2"), Bytes.Publish311("a", "3", 1, 1));
        await client.ExpectAsync("3008 000161 03 230001 31 3005 000162 00 32 3209 0000 0001 03 230001 33");
    }

    [Fact]
    public async Task Aliases_end_with_the_connection()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Resume5("s", 3600, false, Bytes.Hex("220005")), Bytes.Subscribe5(1, ("#", 1)));
        await client.ReadPacketAsync();
        await client.ExpectAsync("9004000100 01");
        await LastingSessions.PublishAsync(server, Bytes.Publish311("a", "1", 1, 1));
        await client.ExpectAsync("320A 000161 0001 03 230001 31");
        await LastingSessions.LeaveAsync(server, client);
        using var again = await server.OpenAsync();
        await again.SendAsync(Bytes.Resume5("s", 3600, false, Bytes.Hex("220005")));
        await again.ReadPacketAsync();
        await again.ExpectAsync("3A0A 000161 0001 03 230001 31");
    }

    [Fact]
    public async Task A_packet_that_is_too_large_sets_no_alias()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect5Async("s", Bytes.Hex("220005"), Bytes.Hex("2700000014")); // at most 20 bytes
        await client.SendAsync(Bytes.Subscribe5(1, ("#", 0)));
        await client.ExpectAsync("9004000100 00");
        await LastingSessions.PublishAsync(server, Bytes.Publish311("a", new string('x', 20)), Bytes.Publish311("a", "2"));
        await client.ExpectAsync("3008 000161 03 230001 32");
        Assert.Equal(1, server.Endpoint.Counters.UndeliveredTooLarge);
    }

    [Fact]
    public async Task A_will_waits_for_its_delay()
    {
        var time = new ManualTime();
        await using var server = await TestServer.StartAsync(null, null, time);
        await DieAsync(server, delay: 10, expiry: 3600);
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Empty(server.Ingest.Messages);
        time.Advance(TimeSpan.FromSeconds(2));
        await TestServer.UntilAsync(() => !server.Ingest.Messages.IsEmpty);
        Assert.Equal(["w=gone/0"], server.Ingest.Messages);
        Assert.Equal(1, server.Ingest.ClosedSessions);
    }

    [Fact]
    public async Task A_will_comes_no_later_than_the_end_of_the_session()
    {
        var time = new ManualTime();
        await using var server = await TestServer.StartAsync(null, null, time);
        await DieAsync(server, delay: 1000, expiry: 10);
        time.Advance(TimeSpan.FromSeconds(11));
        await TestServer.UntilAsync(() => !server.Ingest.Messages.IsEmpty);
        Assert.Equal(0, server.Endpoint.LastingSessionCount);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)] // A clean start ends the old session, and the will comes with its end.
    public async Task A_client_that_comes_back_in_time_leaves_no_will(bool clean, bool published)
    {
        var time = new ManualTime();
        await using var server = await TestServer.StartAsync(null, null, time);
        await DieAsync(server, delay: 10, expiry: 3600);
        using var back = await server.OpenAsync();
        await back.SendAsync(Bytes.Resume5("dying", 3600, clean));
        await back.ReadPacketAsync();
        time.Advance(TimeSpan.FromSeconds(20));
        await back.ExpectNothingAsync();
        Assert.Equal(published ? ["w=gone/0"] : [], server.Ingest.Messages);
        Assert.Equal(1, server.Ingest.ClosedSessions);
    }

    [Theory]
    [InlineData("1901", "answers/7")]
    [InlineData("1900", null)]
    [InlineData("1701", null)] // something else
    public async Task Response_information_is_given_to_who_asks(string property, string? expected)
    {
        await using var server = await TestServer.StartAsync();
        server.Ingest.ResponseInformation = "answers/7";
        using var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Connect5("g", 60, Bytes.Hex(property)));
        var connAck = Encoding.UTF8.GetString((await client.ReadPacketAsync())!);
        Assert.Equal(expected is not null, connAck.Contains("answers/7", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_administrators_see_the_server_and_only_while_they_are()
    {
        var time = new ManualTime();
        await using var server = await TestServer.StartAsync(null, null, time);
        server.Ingest.Administrators.Add("root");
        using var admin = await server.OpenAsync();
        await admin.SendAsync(
            Bytes.Packet(0x10, Bytes.Text("MQTT"), [5, 0x82], Bytes.U16(0), [0], Bytes.Text("admin"), Bytes.Text("root")),
            Bytes.Subscribe5(1, ("$SYS/broker/clients/connected", 0), ("#", 0)));
        await admin.ReadPacketAsync();
        await admin.ExpectAsync("9005000100 0000");
        var topic = Bytes.Text("$SYS/broker/clients/connected");
        await admin.ExpectAsync(Bytes.Packet(0x31, topic, [0], "1"u8.ToArray()));
        using var other = await server.Connect5Async("other", Bytes.CodesOnly);
        await other.SendAsync(Bytes.Subscribe5(1, ("$SYS/#", 0), ("+/#", 0)));
        await other.ExpectAsync("9005000100 8700");
        time.Advance(TimeSpan.FromSeconds(10));
        await admin.ExpectAsync(Bytes.Packet(0x30, topic, [0], "2"u8.ToArray()));
        await other.ExpectNothingAsync();
        server.Ingest.Administrators.Clear();
        time.Advance(TimeSpan.FromSeconds(10));
        await admin.ExpectNothingAsync();
        Assert.Equal(1, server.Endpoint.Counters.Withheld);
        await other.SendAsync(Bytes.Publish5("$SYS/broker/clients/connected", "99", 1, 1), Bytes.Publish5("$SYS/x", "99", 2, 2), Bytes.Publish5("$SYS/y", "1"));
        await other.ExpectAsync("4003 0001 87 5003 0002 87");
        Assert.Empty(server.Ingest.Messages);
        Assert.Equal(new KeyValuePair<ReasonCode, long>(ReasonCode.NotAuthorized, 3), server.Endpoint.Counters.RefusedPublishes.Single());
    }

    private static async Task DieAsync(TestServer server, int delay, int expiry)
    {
        using var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Packet(
            0x10,
            Bytes.Text("MQTT"),
            [5, 4],
            Bytes.U16(60),
            Bytes.Properties([0x11, .. Bytes.U32(expiry)]),
            Bytes.Text("dying"),
            Bytes.Properties([0x18, .. Bytes.U32(delay)]),
            Bytes.Text("w"),
            Bytes.Text("gone")));
        await client.ReadPacketAsync();
        await LastingSessions.LeaveAsync(server, client);
    }
}
