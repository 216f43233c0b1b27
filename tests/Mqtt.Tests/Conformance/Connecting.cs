using System.Net.Sockets;
using Mqtt.Tests.Server;
using Mqtt.Tests.Wire;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;

namespace Mqtt.Tests.Conformance;

public sealed class Connecting
{
    [Fact]
    public async Task A_5_client_is_told_the_limits_of_the_server()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Connect5("g"));

        // Receive maximum 1024, maximum packet size 1 MiB, topic alias maximum 64.
        await client.ExpectAsync("200E 00 00 0B 220040 210400 2700100000");
    }

    [Fact]
    public async Task A_5_client_without_identifier_and_keep_alive_is_given_both_and_a_shorter_session_expiry()
    {
        await using var server = await TestServer.StartAsync(manualTime: true);
        using var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Connect5(string.Empty, keepAlive: 0, Bytes.Hex("11FFFFFFFF")));
        var id = Bytes.Text("auto-1a3185c5000-1");
        await client.ExpectAsync(Bytes.Packet(
            0x20, [0, 0], Bytes.Properties(Bytes.Hex("1100093A80 12"), id, Bytes.Hex("220040 210400 2700100000 130258"))));
    }

    [Theory]
    [InlineData(5, "", "F500")] // a server's packet type
    [InlineData(5, "g", "")]
    public async Task Only_connect_may_come_first(int version, string clientId, string instead)
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.SendAsync(instead.Length == 0 ? Bytes.Publish5("a", clientId + version) : Bytes.Hex(instead));
        await client.ExpectClosedAsync();
        Assert.Empty(server.Ingest.Requests);
    }

    [Theory]
    [InlineData("100C 00044D515454 03 02 003C 0000", "20020001")] // protocol level 3
    [InlineData("100C 00044D515454 06 02 003C 0000", "2003008400")] // protocol level 6, reason string left aside
    [InlineData("100E 00064D5149736470 03 02 003C 0000", "20020001")] // MQTT 3.1
    public async Task An_unknown_protocol_version_is_refused(string connect, string start)
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Hex(connect));
        var connAck = Convert.ToHexString((await client.ReadPacketAsync())!);
        Assert.Equal(start[..2] + start[4..8], connAck[..2] + connAck[4..8]);
        await client.ExpectClosedAsync();
    }

    [Theory]
    [InlineData("100C 00044D515455 04 02 003C 0000")] // protocol name MQTU
    [InlineData("100C 00044D515454 04 03 003C 0000")] // reserved flag
    [InlineData("100C 00044D515454 04 0A 003C 0000")] // will QoS without will
    [InlineData("100C 00044D515454 04 22 003C 0000")] // will retain without will
    [InlineData("100C 00044D515454 04 42 003C 0000")] // password without user name
    [InlineData("100D 00044D515454 04 02 003C 0000 00")] // a byte too many
    [InlineData("110C 00044D515454 04 02 003C 0000")] // flags of the fixed header
    [InlineData("1010 00044D515454 04 1E 003C 0000 0000 0000")] // will QoS 3
    public async Task A_malformed_311_connect_is_closed_without_an_answer(string connect)
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Hex(connect));
        await client.ExpectClosedAsync();
        Assert.Empty(server.Ingest.Requests);
        Assert.Equal(1, server.Endpoint.Counters.RefusedConnects.Sum(pair => pair.Value));
    }

    [Theory]
    [InlineData("100D 00044D515454 05 03 003C 00 0000", 0x81)] // reserved flag
    [InlineData("1010 00044D515454 05 02 003C 03 210000 0000", 0x82)] // receive maximum 0
    [InlineData("1012 00044D515454 05 02 003C 05 2700000000 0000", 0x82)] // maximum packet size 0
    [InlineData("1013 00044D515454 05 02 003C 06 210001 210001 0000", 0x82)] // receive maximum twice
    [InlineData("100F 00044D515454 05 02 003C 02 1902 0000", 0x82)] // request response information 2
    [InlineData("100F 00044D515454 05 02 003C 02 0101 0000", 0x81)] // payload format indicator in CONNECT
    [InlineData("100F 00044D515454 05 02 003C 02 7F01 0000", 0x81)] // no such property
    [InlineData("1011 00044D515454 05 02 003C 04 15000178 0000", 0x8C)] // authentication method
    [InlineData("1011 00044D515454 05 02 003C 04 16000178 0000", 0x82)] // authentication data alone
    [InlineData("100F 00044D515454 05 02 003C 00 0002C328", 0x81)] // client identifier is no UTF-8
    [InlineData("100E 00044D515454 05 02 003C 00 000100", 0x81)] // client identifier is U+0000
    [InlineData("1010 00044D515454 05 02 003C 00 0003EDA080", 0x81)] // client identifier is a surrogate
    public async Task A_wrong_5_connect_is_refused_with_its_reason(string connect, byte reason)
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Hex(connect));
        var connAck = await client.ReadPacketAsync();
        Assert.Equal($"2000{reason:X2}", $"{connAck![0]:X2}{connAck[2]:X2}{connAck[3]:X2}");
        await client.ExpectClosedAsync();
        Assert.Equal([new((ReasonCode)reason, 1)], server.Endpoint.Counters.RefusedConnects);
    }

    [Fact]
    public async Task A_311_client_without_identifier_needs_a_clean_session()
    {
        await using var server = await TestServer.StartAsync();
        using var refused = await server.OpenAsync();
        await refused.SendAsync(Bytes.Connect311(string.Empty, clean: false));
        await refused.ExpectAsync("20020002");
        await refused.ExpectClosedAsync();
        using var accepted = await server.Connect311Async(string.Empty);
        await accepted.ExpectNothingAsync();
    }

    [Theory]
    [InlineData(ReasonCode.BadUserNameOrPassword, "20020004")]
    [InlineData(ReasonCode.NotAuthorized, "20020005")]
    [InlineData(ReasonCode.ServerUnavailable, "20020003")]
    public async Task The_ingest_decides_who_connects(ReasonCode reason, string connAck311)
    {
        await using var server = await TestServer.StartAsync();
        server.Ingest.Decide = (_, _) => ConnectDecision.Refuse(reason, "No.");
        using var old = await server.OpenAsync();
        await old.SendAsync(Bytes.Packet(
            0x10, Bytes.Text("MQTT"), [4, 0xC2], Bytes.U16(60), Bytes.Text("g"), Bytes.Text("user"), Bytes.Binary([1, 2])));
        await old.ExpectAsync(connAck311);
        await old.ExpectClosedAsync();
        using var five = await server.OpenAsync();
        await five.SendAsync(Bytes.Connect5("g"));
        await five.ExpectAsync([0x20, 9, 0, (byte)reason, 6, .. Bytes.Hex("1F0003"), .. "No."u8]);
        await five.ExpectClosedAsync();
        var request = server.Ingest.Requests.First();
        Assert.Equal(("g", "user", "0102"), (request.ClientId, request.UserName, Convert.ToHexString(request.Password.Span)));
        Assert.DoesNotContain("0102", request.ToString());
    }

    [Fact]
    public async Task A_second_connect_is_a_protocol_error()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect5Async("g");
        await client.SendAsync(Bytes.Connect5("g"));
        await client.ExpectDisconnectAsync(0x82);
    }

    [Fact]
    public async Task A_newer_connection_takes_the_session_over()
    {
        await using var server = await TestServer.StartAsync();
        using var older = await server.Connect5Async("g");
        using var old311 = await server.Connect311Async("h");
        using var newer = await server.Connect5Async("g");
        using var newer311 = await server.Connect311Async("h");
        await older.ExpectDisconnectAsync(0x8E);
        await old311.ExpectClosedAsync();
        await newer.ExpectNothingAsync();
        await newer311.ExpectNothingAsync();
    }

    [Fact]
    public async Task Silence_for_more_than_one_and_a_half_keep_alives_closes()
    {
        await using var server = await TestServer.StartAsync(manualTime: true);
        using var client = await server.Connect311Async("old", keepAlive: 10);
        using var five = await server.OpenAsync();
        await five.SendAsync(Bytes.Connect5("five", keepAlive: 10));
        await five.ReadPacketAsync();
        server.Time!.Advance(TimeSpan.FromSeconds(14));
        await client.ExpectNothingAsync();
        server.Time.Advance(TimeSpan.FromSeconds(4));
        await five.ExpectDisconnectAsync(0x8D);
        await client.ExpectNothingAsync();
        server.Time.Advance(TimeSpan.FromSeconds(20));
        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task Who_never_sends_connect_is_closed()
    {
        await using var server = await TestServer.StartAsync(manualTime: true);
        using var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Hex("10"));
        await TestServer.UntilAsync(() => server.Endpoint.Counters.Connections == 1);
        server.Time!.Advance(TimeSpan.FromSeconds(11));
        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task A_waiting_disk_does_not_count_as_the_clients_silence()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxInFlightPerConnection = 1, manualTime: true);
        server.Ingest.Holds = true;
        using var client = await server.Connect311Async("g", keepAlive: 1);
        await client.SendAsync(Bytes.Publish311("a", "1", 1, 1), Bytes.Publish311("a", "2", 1, 2));
        var held = await server.Ingest.NextHeldAsync();
        await TestServer.UntilAsync(() => server.Endpoint.Counters.BudgetWaits > 0);
        server.Time!.Advance(TimeSpan.FromSeconds(60));
        held.SetResult();
        (await server.Ingest.NextHeldAsync()).SetResult();
        await client.ExpectAsync("40020001 40020002");
    }

    [Fact]
    public async Task Beyond_the_most_connections_the_next_is_closed()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxConnections = 1);
        using var first = await server.Connect311Async("a");
        var refused = await Record.ExceptionAsync(async () =>
        {
            using var second = await server.OpenAsync();
            await second.ExpectClosedAsync();
        });
        Assert.True(refused is null or SocketException, $"{refused}"); // The reset may overtake the end of connecting.
        await first.ExpectNothingAsync();
        first.Dispose();
        await TestServer.UntilAsync(() => server.Endpoint.Counters.Connections == 0);
        Assert.Equal(1, server.Endpoint.Counters.ConnectionsOverLimit);
        await TestServer.UntilAsync(() => server.Ingest.ClosedSessions == 1);
    }

    [Fact]
    public async Task A_stopping_server_says_so()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect5Async("g");
        await server.StopAsync();
        await client.ExpectDisconnectAsync(0x8B);
    }

    [Fact]
    public async Task Packets_may_follow_connect_at_once()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Connect311("g"), Bytes.Publish311("a", "1", 1, 1), Bytes.Hex("C000 E000"));
        await client.ExpectAsync("20020000 D000 40020001");
        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task A_connect_may_arrive_byte_by_byte()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        foreach (var part in Bytes.Connect311("gateway-1"))
        {
            await client.SendAsync([part]);
        }

        await client.ExpectAsync("20020000");
    }
}
