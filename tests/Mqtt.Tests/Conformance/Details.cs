using Mqtt.Tests.Server;
using Mqtt.Tests.Wire;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;

namespace Mqtt.Tests.Conformance;

/// <summary>Statements of the standards that other tests only touch.</summary>
public sealed class Details
{
    [Theory]
    [InlineData("g")]
    [InlineData("0123456789abcdefghijklm")]
    [InlineData("nopqrstuvwxyzABCDEFGHIJ")]
    [InlineData("KLMNOPQRSTUVWXYZ0000000")]
    public async Task Client_identifiers_of_1_to_23_letters_and_digits_are_taken(string clientId)
    {
        await using var server = await TestServer.StartAsync();
        using var old = await server.Connect311Async(clientId);
        Assert.Equal(clientId, server.Ingest.Requests.Single().ClientId);
        using var five = await server.Connect5Async(clientId);
        await five.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_client_identifier_that_is_refused_is_answered_with_its_code_and_closed()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxClientIdBytes = 23);
        using var old = await server.OpenAsync();
        await old.SendAsync(Bytes.Connect311(new string('x', 24)));
        await old.ExpectAsync("20020002");
        await old.ExpectClosedAsync();
        using var five = await server.OpenAsync();
        await five.SendAsync(Bytes.Connect5(new string('x', 24)));
        Assert.Equal(0x85, (await five.ReadPacketAsync())![3]);
        await five.ExpectClosedAsync();
    }

    [Fact]
    public async Task A_refusal_for_which_311_has_no_code_closes_without_an_answer()
    {
        await using var server = await TestServer.StartAsync();
        server.Ingest.Decide = (_, _) => ConnectDecision.Refuse(ReasonCode.QosNotSupported, "No.");
        using var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Connect311("g"));
        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task What_follows_a_refused_connect_is_not_processed()
    {
        await using var server = await TestServer.StartAsync();
        server.Ingest.Decide = (_, _) => ConnectDecision.Refuse(ReasonCode.NotAuthorized, "No.");
        using var old = await server.OpenAsync();
        await old.SendAsync([.. Bytes.Connect311("g"), .. Bytes.Publish311("a", "1", 1, 1)]);
        await old.ExpectAsync("20020005");
        await old.ExpectClosedAsync();
        using var five = await server.OpenAsync();
        await five.SendAsync([.. Bytes.Connect5("g"), .. Bytes.Publish5("a", "1", 1, 1)]);
        Assert.Equal(0x87, (await five.ReadPacketAsync())![3]);
        await five.ExpectClosedAsync();
        Assert.Empty(server.Ingest.Messages);
    }

    [Fact]
    public async Task Who_left_no_will_has_none_published()
    {
        await using var server = await TestServer.StartAsync();
        using var old = await server.Connect311Async("old");
        using var five = await server.Connect5Async("five");
        old.Reset();
        five.Reset();
        await TestServer.UntilAsync(() => server.Ingest.ClosedSessions == 2);
        Assert.Empty(server.Ingest.Messages);
    }

    [Fact]
    public async Task A_will_that_is_not_to_be_retained_is_not_and_keeps_the_order_of_its_properties()
    {
        await using var server = await TestServer.StartAsync();
        using var watcher = await server.Connect5Async("watcher");
        await watcher.SendAsync(Bytes.Subscribe5(1, ("w", 1)));
        await watcher.ExpectAsync("900400010001");
        using var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Connect5WithWill("g", "w", "gone", 1, false, Bytes.Hex("2600016B000132"), Bytes.Hex("2600016A000133"), Bytes.Hex("2600016B000131")));
        await client.ReadPacketAsync();
        client.Reset();
        await watcher.ExpectAsync("321F 000177 0001 15 2600016B000132 2600016A000133 2600016B000131 676F6E65");
        Assert.Equal(0, server.Endpoint.RetainedCount);
    }

    [Fact]
    public async Task Properties_reach_every_subscriber_unaltered_and_in_their_order()
    {
        var store = new TestStore();
        await using var server = await TestServer.StartAsync(store);
        using var away = await server.OpenAsync();
        await away.SendAsync(Bytes.Resume5("away"), Bytes.Subscribe5(1, ("a", 1)));
        await away.ReadPacketAsync();
        await away.ExpectAsync("9004000100 01");
        await LastingSessions.LeaveAsync(server, away);
        using var there = await server.Connect5Async("there");
        await there.SendAsync(Bytes.Subscribe5(1, ("+", 0)));
        await there.ExpectAsync("9004000100 00");
        using var publisher = await server.Connect5Async("p");

        // User properties, response topic, payload format, user property, content type, correlation data, user property.
        const string Properties = "2600016B000132 080003722F31 0101 2600016A000133 030003782F79 090002FF00 2600016B000131";
        await publisher.SendAsync(Bytes.Publish5("a", "1", 1, 1, retain: true, Bytes.Hex(Properties)));
        await publisher.ExpectAsync("40020001");
        await there.ExpectAsync($"302D 000161 28 {Properties} 31");
        using var late = await server.Connect5Async("late");
        await late.SendAsync(Bytes.Subscribe5(1, ("a", 0)));
        await late.ExpectAsync($"9004000100 00 312D 000161 28 {Properties} 31");
        await using var next = await TestServer.StartAsync(store.Crash());
        using var back = await next.OpenAsync();
        await back.SendAsync(Bytes.Resume5("away"));
        await back.ReadPacketAsync();
        await back.ExpectAsync($"322F 000161 0001 28 {Properties} 31");
    }

    [Fact]
    public async Task A_packet_identifier_is_free_after_puback_whatever_the_duplicate_flag_says()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect5Async("g");
        await client.SendAsync(Bytes.Publish5("a", "1", 1, 7));
        await client.ExpectAsync("40020007");
        await client.SendAsync(Bytes.Again(Bytes.Publish5("a", "2", 1, 7)));
        await client.ExpectAsync("40020007");
        Assert.Equal(["a=1/1", "a=2/1"], server.Ingest.Messages);
    }

    [Fact]
    public async Task An_exchange_of_qos_2_goes_on_although_its_message_has_expired()
    {
        await using var server = await TestServer.StartAsync(manualTime: true);
        using var client = await server.Connect5Async("g");
        await client.SendAsync(Bytes.Publish5("a", "1", 2, 7, properties: Bytes.Hex("0200000001")));
        await client.ExpectAsync("50020007");
        server.Time!.Advance(TimeSpan.FromSeconds(5));
        await client.SendAsync(Bytes.Again(Bytes.Publish5("a", "1", 2, 7, properties: Bytes.Hex("0200000001"))));
        await client.ExpectAsync("50020007");
        await client.SendAsync(Bytes.Hex("62020007"));
        await client.ExpectAsync("70020007");
        Assert.Equal(["a=1/2"], server.Ingest.Messages);
    }

    [Fact]
    public async Task A_qos_2_message_that_a_member_had_begun_to_get_waits_for_it_alone()
    {
        await using var server = await TestServer.StartAsync();
        using var first = await server.OpenAsync();
        await first.SendAsync(Bytes.Resume5("first"), Bytes.Subscribe5(1, ("$share/g/a", 2)));
        await first.ReadPacketAsync();
        await first.ExpectAsync("9004000100 02");
        await LastingSessions.PublishAsync(server, Bytes.Publish311("a", "1", 2, 1));
        await first.ExpectAsync("3407 000161 0001 00 31");
        using var other = await server.Connect5Async("other");
        await other.SendAsync(Bytes.Subscribe5(1, ("$share/g/a", 2)));
        await other.ExpectAsync("9004000100 02");
        await LastingSessions.LeaveAsync(server, first);
        await other.ExpectNothingAsync();
        using var back = await server.OpenAsync();
        await back.SendAsync(Bytes.Resume5("first"));
        await back.ReadPacketAsync();
        await back.ExpectAsync("3C07 000161 0001 00 31");
        await back.SendAsync(Bytes.Hex("50020001"));
        await back.ExpectAsync("62020001");
        await back.SendAsync(Bytes.Hex("70020001"));
        await back.ExpectNothingAsync();
        await other.ExpectNothingAsync();
    }

    [Fact]
    public async Task What_was_begun_is_completed_after_unsubscribing_and_filters_are_compared_character_by_character()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect5Async("s", Bytes.CodesOnly);
        await client.SendAsync(Bytes.Subscribe5(1, ("a/+", 2)), Bytes.Publish5("a/b", "1", 2, 7));
        await client.ExpectAsync("9004000100 02 3409 0003612F62 0001 00 31 50020007");
        await client.SendAsync(Bytes.Unsubscribe5(2, "a/b", "A/+", "a/#", "a/+"), Bytes.Hex("50020001"));
        await client.ExpectAsync("B007000200 11111100 62020001");
        await client.SendAsync(Bytes.Hex("70020001"));
        await client.ExpectNothingAsync();
        Assert.Equal(0, server.Endpoint.SubscriptionCount);
    }

    [Fact]
    public async Task Replacing_a_subscription_loses_no_message()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect5Async("s", Bytes.Hex("210001")); // receive maximum 1
        await client.SendAsync(Bytes.Subscribe5(1, ("a", 1)), Bytes.Publish5("a", "1", 1, 1), Bytes.Publish5("a", "2", 1, 2));
        await client.ExpectAsync("9004000100 01 3207 000161 0001 00 31 40020001 40020002");
        await client.SendAsync(Bytes.Subscribe5(2, ("a", 1)), Bytes.Publish5("a", "3", 1, 3));
        await client.ExpectAsync("9004000200 01 40020003");
        await client.SendAsync(Bytes.Hex("40020001"));
        await client.ExpectAsync("3207 000161 0002 00 32");
        await client.SendAsync(Bytes.Hex("40020002"));
        await client.ExpectAsync("3207 000161 0003 00 33");
    }

    [Fact]
    public async Task A_qos_0_message_replaces_the_retained_one_and_one_without_the_flag_leaves_it()
    {
        await using var server = await TestServer.StartAsync();
        await LastingSessions.PublishAsync(
            server, Bytes.Publish311("a", "1", 1, 1, retain: true), Bytes.Publish311("a", "2", retain: true), Bytes.Publish311("a", "3", 1, 2), Bytes.Publish311("a", string.Empty, 1, 3));
        using var client = await server.Connect311Async("s");
        await client.SendAsync(Bytes.Subscribe311(1, ("a", 1)));
        await client.ExpectAsync("9003000101 3104 000161 32");
        await client.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_disconnect_that_would_be_too_large_comes_without_its_reason_string()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect5Async("g", Bytes.Hex("2700000014")); // at most 20 bytes
        await client.SendAsync(Bytes.Hex("F000"));
        await client.ExpectAsync("E00182");
        await client.ExpectClosedAsync();
    }
}
