using System.Text;
using Mqtt.Tests.Server;
using Mqtt.Tests.Wire;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;

namespace Mqtt.Tests.Conformance;

/// <summary>What refusals say beside their code, to whom, and where it is left out.</summary>
public sealed class ReasonStrings
{
    private const string NotHere = "This client may not publish to this topic.";

    [Fact]
    public async Task A_refused_publication_says_why_in_puback_and_pubrec()
    {
        await using var server = await TestServer.StartAsync();
        server.Ingest.Judge = topic => topic == "a" ? ReasonCode.NotAuthorized : ReasonCode.Success;
        using var client = await server.Connect5Async("g");
        await client.SendAsync(Bytes.Publish5("a", "1", 1, 1), Bytes.Publish5("b", "1", 1, 2), Bytes.Publish5("a", "1", 2, 3), Bytes.Publish5("$SYS/x", "1", 1, 4));
        await client.ExpectAsync([.. Refused(0x40, 1, 0x87, NotHere), .. Bytes.Hex("40020002"), .. Refused(0x50, 3, 0x87, NotHere), .. Refused(0x40, 4, 0x87, NotHere)]);
    }

    [Fact]
    public async Task What_the_ingest_says_comes_before_the_endpoints_own_words_and_codes_without_words_stay_bare()
    {
        await using var server = await TestServer.StartAsync();
        server.Ingest.Judge = topic => topic == "a" ? ReasonCode.NotAuthorized : ReasonCode.ImplementationSpecificError;
        server.Ingest.Words = "Ask the office.";
        using var client = await server.Connect5Async("g");
        await client.SendAsync(Bytes.Publish5("a", "1", 1, 1), Bytes.Publish5("b", "1", 1, 2));
        await client.ExpectAsync([.. Refused(0x40, 1, 0x87, "Ask the office."), .. Bytes.Hex("4003000283")]);
    }

    [Fact]
    public async Task A_server_that_sends_no_reason_strings_says_codes_alone_everywhere()
    {
        await using var server = await TestServer.StartAsync(options => options.SendReasonStrings = false);
        server.Ingest.Judge = _ => ReasonCode.NotAuthorized;
        server.Ingest.Grant = (_, _) => ReasonCode.NotAuthorized;
        using var client = await server.Connect5Async("g");
        await client.SendAsync(Bytes.Publish5("a", "1", 1, 1), Bytes.Subscribe5(2, ("a", 0)), Bytes.Hex("62020009"), Bytes.Connect5("g"));
        await client.ExpectAsync("4003000187 900400020087 7003000992 E00182");
        server.Ingest.Decide = (_, _) => ConnectDecision.Refuse(ReasonCode.Banned, "You know why.");
        using var refused = await server.OpenAsync();
        await refused.SendAsync(Bytes.Connect5("g"));
        await refused.ExpectAsync("2003008A00");
        await refused.ExpectClosedAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_thousand_refusals_of_one_read_are_all_explained_in_their_order(int odd)
    {
        await using var server = await TestServer.StartAsync();
        server.Ingest.Judge = topic => topic == "a" ? ReasonCode.NotAuthorized : ReasonCode.Success;
        using var client = await server.Connect5Async("g");
        var topics = Enumerable.Range(1, 1000).Select(id => id % 2 == odd ? "a" : "b").ToList();
        await client.SendAsync([.. topics.Select((topic, i) => Bytes.Publish5(topic, "1", 1, i + 1))]);
        await client.ExpectAsync([.. topics.SelectMany((topic, i) => topic == "a" ? Refused(0x40, i + 1, 0x87, NotHere) : Bytes.Packet(0x40, Bytes.U16(i + 1)))]);
    }

    [Fact]
    public async Task Who_wants_codes_only_gets_reason_strings_in_connack_and_disconnect_alone()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxInFlightPerConnection = 1);
        server.Ingest.Judge = _ => ReasonCode.NotAuthorized;
        server.Ingest.Grant = (_, _) => ReasonCode.NotAuthorized;
        using var client = await server.Connect5Async("g", Bytes.CodesOnly);
        await client.SendAsync(Bytes.Publish5("a", "1", 1, 1));
        await client.ExpectAsync("4003000187");
        await client.SendAsync(Bytes.Subscribe5(2, ("a", 0)), Bytes.Unsubscribe5(3, "a"), Bytes.Hex("62020009"));
        await client.ExpectAsync("900400020087 B00400030011 7003000992");
        await client.SendAsync(Bytes.Connect5("g"));
        Assert.Contains("[MQTT-3.1.0-2]", await TextAsync(client), StringComparison.Ordinal);
        server.Ingest.Decide = (_, _) => ConnectDecision.Refuse(ReasonCode.NotAuthorized, "Not you.");
        using var other = await server.OpenAsync();
        await other.SendAsync(Bytes.Connect5("h", 60, Bytes.CodesOnly));
        Assert.Contains("Not you.", await TextAsync(other), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public async Task A_reason_string_is_left_out_where_the_packet_would_become_too_large(int less, bool explained)
    {
        await using var server = await TestServer.StartAsync();
        server.Ingest.Judge = _ => ReasonCode.NotAuthorized;
        server.Ingest.Grant = (_, _) => ReasonCode.NotAuthorized;
        var puback = Refused(0x40, 1, 0x87, NotHere);
        using var publisher = await server.Connect5Async("p", [0x27, .. Bytes.U32(puback.Length + less)]);
        await publisher.SendAsync(Bytes.Publish5("a", "1", 1, 1), Bytes.Publish5("a", "1", 2, 2));
        await publisher.ExpectAsync(explained ? [.. puback, .. Refused(0x50, 2, 0x87, NotHere)] : Bytes.Hex("4003000187 5003000287"));
        var text = Property("'a': this client may not subscribe to it.");
        var suback = Bytes.Packet(0x90, Bytes.U16(1), Bytes.Properties(text), [0x87]);
        using var subscriber = await server.Connect5Async("s", [0x27, .. Bytes.U32(suback.Length + less)]);
        await subscriber.SendAsync(Bytes.Subscribe5(1, ("a", 0)));
        await subscriber.ExpectAsync(explained ? suback : Bytes.Hex("900400010087"));
    }

    [Fact]
    public async Task Suback_and_unsuback_name_the_first_filter_that_failed_and_count_the_others()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxSubscriptionsPerClient = 1);
        server.Ingest.Grant = (filter, _) => filter == "secret" ? ReasonCode.NotAuthorized : ReasonCode.Success;
        using var client = await server.Connect5Async("g");
        await client.SendAsync(Bytes.Subscribe5(1, ("secret", 0), ("b", 0), ("c", 0)), Bytes.Unsubscribe5(2, "b", "x", "y"));
        var subscribed = Property("'secret': this client may not subscribe to it. 1 more of 3 filters failed.");
        var removed = Property("'x': there was no such subscription. 1 more of 3 filters failed.");
        await client.ExpectAsync([
            .. Bytes.Packet(0x90, Bytes.U16(1), Bytes.Properties(subscribed), Bytes.Hex("870097")),
            .. Bytes.Packet(0xB0, Bytes.U16(2), Bytes.Properties(removed), Bytes.Hex("001111"))]);
        await client.SendAsync(Bytes.Subscribe5(3, ("d", 0), ("e", 0)));
        Assert.Contains("'e': a client has at most 1 subscriptions", await TextAsync(client, closes: false), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_filter_is_cut_between_characters()
    {
        await using var server = await TestServer.StartAsync();
        server.Ingest.Grant = (_, _) => ReasonCode.NotAuthorized;
        using var client = await server.Connect5Async("g");
        var filter = new string('x', 79) + string.Concat(Enumerable.Repeat("\U0001F327", 60)); // A pair of surrogates lies across the cut.
        await client.SendAsync(Bytes.Subscribe5(1, (filter, 0)));
        await client.ExpectAsync(Bytes.Packet(
            0x90, Bytes.U16(1), Bytes.Properties(Property($"'{new string('x', 79)}…': this client may not subscribe to it.")), [0x87]));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(4, false)]
    public async Task A_client_that_cannot_take_its_connack_is_refused_and_told_if_it_can_be(int maximum, bool told)
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Connect5("g", 60, [0x27, .. Bytes.U32(maximum)]));
        await client.ExpectAsync(told ? "2003009500" : string.Empty);
        await client.ExpectClosedAsync();
        Assert.Empty(server.Ingest.Requests);
        Assert.Equal([new(ReasonCode.PacketTooLarge, 1)], server.Endpoint.Counters.RefusedConnects);
    }

    [Fact]
    public async Task A_refusing_connack_and_response_information_keep_to_the_clients_limit()
    {
        await using var server = await TestServer.StartAsync();
        server.Ingest.ResponseInformation = "answers/7";
        using var client = await server.Connect5Async("g", Bytes.Hex("1901"), [0x27, .. Bytes.U32(20)]);
        await client.ExpectNothingAsync();
        server.Ingest.Decide = (_, _) => ConnectDecision.Refuse(ReasonCode.NotAuthorized, "A long story about it.");
        using var refused = await server.OpenAsync();
        await refused.SendAsync(Bytes.Connect5("h", 60, [0x27, .. Bytes.U32(20)]));
        await refused.ExpectAsync("2003008700");
        await refused.ExpectClosedAsync();
    }

    [Fact]
    public async Task An_answer_that_is_too_large_even_without_words_ends_the_connection()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect5Async("g", [0x27, .. Bytes.U32(20)]);
        await client.SendAsync(Bytes.Subscribe5(1, [.. Enumerable.Range(0, 16).Select(n => ($"f{n}", 0))]));
        await client.ExpectDisconnectAsync(0x95);
    }

    private static byte[] Property(string text) => [0x1F, .. Bytes.Text(text)];

    private static byte[] Refused(int header, int id, int reason, string text) => Bytes.Packet(header, Bytes.U16(id), [(byte)reason], Bytes.Properties(Property(text)));

    /// <summary>The next packet as text.</summary>
    private static async Task<string> TextAsync(RawClient client, bool closes = true)
    {
        var text = Encoding.UTF8.GetString((await client.ReadPacketAsync())!);
        if (closes)
        {
            await client.ExpectClosedAsync();
        }

        return text;
    }
}
