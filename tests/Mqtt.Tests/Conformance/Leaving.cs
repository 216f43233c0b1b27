using Mqtt.Tests.Server;
using Mqtt.Tests.Wire;

namespace Mqtt.Tests.Conformance;

public sealed class Leaving
{
    [Fact]
    public async Task The_will_is_published_when_the_connection_is_lost()
    {
        await using var server = await TestServer.StartAsync();
        using var watcher = await server.Connect5Async("watcher");
        await watcher.SendAsync(Bytes.Subscribe5(1, ("w", 1)));
        await watcher.ExpectAsync("900400010001");
        using var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Connect5WithWill("g", "w", "gone", qos: 1, retain: true, Bytes.Hex("1800000E10"), Bytes.Hex("0101")));
        await client.ReadPacketAsync();
        client.Reset();
        await watcher.ExpectAsync("320C 000177 0001 02 0101 676F6E65");
        Assert.Equal(["w=gone/1"], server.Ingest.Messages);
        Assert.Equal(1, server.Endpoint.RetainedCount);
    }

    [Theory]
    [InlineData("E000", false)]
    [InlineData("E00100", false)]
    [InlineData("E00104", true)]
    [InlineData("E0028000", true)]
    [InlineData("E00105", true)] // malformed: not a goodbye
    [InlineData("", true)] // the end of the stream without a word
    public async Task The_will_is_discarded_only_by_a_normal_disconnect(string goodbye, bool published)
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Connect5WithWill("g", "w", "gone"));
        await client.ReadPacketAsync();
        await client.SendAsync(Bytes.Hex(goodbye));
        client.FinishSending();
        await TestServer.UntilAsync(() => server.Ingest.ClosedSessions == 1);
        Assert.Equal(published ? ["w=gone/0"] : [], server.Ingest.Messages);
    }

    [Fact]
    public async Task The_will_is_published_when_the_session_is_taken_over()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Connect5WithWill("g", "w", "gone"));
        await client.ReadPacketAsync();
        using var newer = await server.Connect5Async("g");
        await client.ExpectDisconnectAsync(0x8E);
        await TestServer.UntilAsync(() => !server.Ingest.Messages.IsEmpty);
        Assert.Equal(["w=gone/0"], server.Ingest.Messages);
    }

    [Fact]
    public async Task Disconnect_cannot_bring_a_session_expiry_that_connect_had_not()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect5Async("g");
        await client.SendAsync(Bytes.Hex("E007 00 05 1100000001"));
        await client.ExpectDisconnectAsync(0x82);
        using var other = await server.Connect5Async("h", Bytes.Hex("1100000001"));
        await other.SendAsync(Bytes.Hex("E007 00 05 1100000001"));
        await other.ExpectClosedAsync();
    }

    [Theory]
    [InlineData("C001 00", 0x81)] // PINGREQ with a body
    [InlineData("C100", 0x81)] // PINGREQ with flags
    [InlineData("D000", 0x81)] // PINGRESP from a client
    [InlineData("0000", 0x81)] // packet type 0
    [InlineData("F000", 0x82)] // AUTH
    [InlineData("3600", 0x81)] // QoS 3
    [InlineData("3805 000161 00 31", 0x81)] // duplicate with QoS 0
    [InlineData("3003 000000", 0x82)] // neither topic nor alias
    [InlineData("3005 00012B 00 31", 0x90)] // wildcard in a topic
    [InlineData("3005 000100 00 31", 0x81)] // U+0000 in a topic
    [InlineData("3006 0002C328 00 31", 0x81)] // a topic that is no UTF-8
    [InlineData("3206 000161 0000 00", 0x81)] // packet identifier 0
    [InlineData("3008 000161 03 230000 31", 0x94)] // topic alias 0
    [InlineData("3008 0000 03 230001 3132", 0x82)] // topic alias never set
    [InlineData("3007 000161 02 0B01 31", 0x82)] // subscription identifier from a client
    [InlineData("3007 000161 02 0102 31", 0x82)] // payload format indicator 2
    [InlineData("3009 000161 04 01010101 31", 0x82)] // payload format indicator twice
    [InlineData("3009 000161 04 0800012B 31", 0x90)] // wildcard in a response topic
    [InlineData("3005 000161 09 31", 0x81)] // properties longer than the packet
    [InlineData("6002 0001", 0x81)] // PUBREL without its flag
    [InlineData("4002 0000", 0x81)] // PUBACK of 0
    [InlineData("4003 0001 92", 0x81)] // a reason that PUBACK cannot have
    [InlineData("30FFFFFFFF", 0x81)] // remaining length of five bytes
    [InlineData("308000", 0x81)] // remaining length longer than needed
    [InlineData("30FFFFFF7F", 0x95)] // packet too large
    [InlineData("E001FF", 0x81)] // no such reason
    public async Task A_wrong_packet_disconnects_with_its_reason_and_nobody_else(string packet, byte reason)
    {
        await using var server = await TestServer.StartAsync();
        using var bystander = await server.Connect311Async("bystander");
        using var five = await server.Connect5Async("five");
        await five.SendAsync(Bytes.Hex(packet));
        await five.ExpectDisconnectAsync(reason);
        await bystander.ExpectNothingAsync();
        Assert.Empty(server.Ingest.Messages);
    }

    [Theory]
    [InlineData("C001 00")]
    [InlineData("F000")] // 3.1.1 has no AUTH
    [InlineData("3600")]
    [InlineData("3004 00012B 31")]
    [InlineData("3002 0000")]
    [InlineData("4003 0001 00")] // 3.1.1 has no reason codes
    [InlineData("E00100")]
    [InlineData("8207 0001 0001 61 04 00")] // 3.1.1 has no subscription options
    public async Task A_wrong_packet_of_311_just_closes(string packet)
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect311Async("old");
        await client.SendAsync(Bytes.Hex(packet));
        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task A_311_client_may_pad_the_remaining_length()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect311Async("old");
        await client.SendAsync(Bytes.Hex("32 8680 80 00 000161 0001 31"));
        await client.ExpectAsync("40020001");
    }
}
