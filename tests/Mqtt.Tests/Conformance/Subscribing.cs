using Mqtt.Tests.Server;
using Mqtt.Tests.Wire;
using Quartier.Mqtt.Packets;

namespace Mqtt.Tests.Conformance;

public sealed class Subscribing
{
    [Theory]
    [InlineData(0, 0, "30 0004 000161 31")]
    [InlineData(1, 0, "30 0004 000161 31")]
    [InlineData(0, 2, "30 0004 000161 31")]
    [InlineData(1, 2, "32 0006 000161 0001 31")]
    [InlineData(2, 1, "32 0006 000161 0001 31")]
    [InlineData(2, 2, "34 0006 000161 0001 31")]
    public async Task The_lower_quality_of_service_holds(int published, int subscribed, string expected)
    {
        await using var server = await TestServer.StartAsync();
        using var subscriber = await server.Connect311Async("s");
        await subscriber.SendAsync(Bytes.Subscribe311(5, ("a", subscribed)));
        await subscriber.ExpectAsync([0x90, 3, 0, 5, (byte)subscribed]);
        using var publisher = await server.Connect311Async("p");
        await publisher.SendAsync(Bytes.Publish311("a", "1", published, published == 0 ? 0 : 1));
        var bytes = Bytes.Hex(expected);
        await subscriber.ExpectAsync([bytes[0], .. bytes[2..]]);
    }

    [Fact]
    public async Task Qos_2_to_a_subscriber_goes_through_all_four_steps()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect5Async("s");
        await client.SendAsync(Bytes.Subscribe5(1, ("a", 2)), Bytes.Publish5("a", "1", 2, 77));
        await client.ExpectAsync("9004000100 02");
        await client.ExpectAsync("3407 000161 0001 00 31 5002004D");
        await client.SendAsync(Bytes.Hex("50020001"));
        await client.ExpectAsync("62020001");
        await client.SendAsync(Bytes.Hex("50020001"));
        await client.ExpectAsync("62020001");
        await client.SendAsync(Bytes.Hex("70020001 50020001"));
        await client.ExpectAsync("6203000192");
    }

    [Fact]
    public async Task Overlapping_filters_bring_one_copy_with_all_identifiers_at_the_highest_quality()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect5Async("s");
        await client.SendAsync(
            Bytes.Packet(0x82, Bytes.U16(1), Bytes.Properties(Bytes.Hex("0B01")), Bytes.Text("a/#"), [0]),
            Bytes.Packet(0x82, Bytes.U16(2), Bytes.Properties(Bytes.Hex("0BC801")), Bytes.Text("a/+"), [1]));
        await client.ExpectAsync("9004000100 00 9004000200 01");
        await client.SendAsync(Bytes.Publish5("a/b", "x", 1, 1));
        var message = Convert.ToHexString((await client.ReadPacketAsync())!);
        Assert.Contains(message, (string[])["320E0003612F620001050B010BC80178", "320E0003612F620001050BC8010B0178"]);
        await client.ExpectAsync("40020001");
        await client.ExpectNothingAsync();
    }

    [Fact]
    public async Task No_local_and_retain_as_published_are_obeyed()
    {
        await using var server = await TestServer.StartAsync();
        using var self = await server.Connect5Async("self");
        using var other = await server.Connect5Async("other");
        await self.SendAsync(Bytes.Subscribe5(1, ("a", 0x04)));
        await self.ExpectAsync("9004000100 00");
        await other.SendAsync(Bytes.Subscribe5(1, ("a", 0x08), ("b", 0x00)));
        await other.ExpectAsync("9005000100 00 00");
        await self.SendAsync(Bytes.Publish5("a", "1", retain: true), Bytes.Publish5("b", "2", retain: true));
        await self.ExpectNothingAsync();
        await other.ExpectAsync("3105 000161 00 31 3005 000162 00 32");
    }

    [Fact]
    public async Task Retained_messages_follow_the_retain_handling()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect5Async("g");
        await client.SendAsync(Bytes.Publish5("a", "1", 1, 1, retain: true));
        await client.ExpectAsync("40020001");
        await client.SendAsync(Bytes.Subscribe5(1, ("a", 0x10))); // only for a new subscription: it is
        await client.ExpectAsync("900400010000 3105 000161 00 31");
        await client.SendAsync(Bytes.Subscribe5(2, ("a", 0x10))); // it is not
        await client.ExpectAsync("900400020000");
        await client.SendAsync(Bytes.Subscribe5(3, ("a", 0x20))); // never
        await client.ExpectAsync("900400030000");
        await client.SendAsync(Bytes.Subscribe5(4, ("a", 0x00))); // always
        await client.ExpectAsync("900400040000 3105 000161 00 31");
        await client.SendAsync(Bytes.Subscribe5(5, ("#", 0x20)), Bytes.Publish5("a", string.Empty, retain: true));
        await client.ExpectAsync("900400050000 3004 000161 00");
        Assert.Equal(0, server.Endpoint.RetainedCount);
    }

    [Fact]
    public async Task Message_expiry_counts_down_and_ends_a_retained_message()
    {
        await using var server = await TestServer.StartAsync(manualTime: true);
        using var client = await server.Connect5Async("g");
        await client.SendAsync(Bytes.Publish5("a", "1", 1, 1, retain: true, properties: Bytes.Hex("020000000A 2600016B000176")));
        await client.ExpectAsync("40020001");
        server.Time!.Advance(TimeSpan.FromSeconds(4));
        await client.SendAsync(Bytes.Subscribe5(1, ("+", 0)));
        await client.ExpectAsync("900400010000 3111 000161 0C 2600016B000176 0200000006 31");
        server.Time.Advance(TimeSpan.FromSeconds(6));
        await client.SendAsync(Bytes.Subscribe5(2, ("+", 0)));
        await client.ExpectAsync("900400020000");
        await client.ExpectNothingAsync();
        Assert.Equal(0, server.Endpoint.RetainedCount);
    }

    [Fact]
    public async Task A_retained_message_beyond_the_limit_is_refused_and_counted()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxRetainedMessages = 1);
        using var client = await server.Connect5Async("g", Bytes.CodesOnly);
        await client.SendAsync(Bytes.Publish5("a", "1", 1, 1, retain: true), Bytes.Publish5("b", "1", 1, 2, retain: true));
        await client.ExpectAsync("40020001 4003000297");
        Assert.Equal(1, server.Endpoint.Counters.RetainedRefused);
    }

    [Fact]
    public async Task Unsubscribing_ends_deliveries()
    {
        await using var server = await TestServer.StartAsync();
        using var five = await server.Connect5Async("five", Bytes.CodesOnly);
        await five.SendAsync(Bytes.Unsubscribe5(9, "never"), Bytes.Subscribe5(1, ("a", 0)), Bytes.Unsubscribe5(2, "a", "b"), Bytes.Publish5("a", "1"));
        await five.ExpectAsync("B004000900 11 900400010000 B005000200 00 11");
        await five.ExpectNothingAsync();
        using var old = await server.Connect311Async("old");
        await old.SendAsync(Bytes.Unsubscribe311(3, "x"));
        await old.ExpectAsync("B0020003");
        Assert.Equal(0, server.Endpoint.SubscriptionCount);
    }

    [Fact]
    public async Task Authorisation_and_limits_refuse_single_filters()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxSubscriptionsPerClient = 1);
        server.Ingest.Grant = (filter, wanted) => filter == "secret" ? ReasonCode.NotAuthorized : (ReasonCode)Math.Min(1, (int)wanted);
        using var five = await server.Connect5Async("five", Bytes.CodesOnly);
        await five.SendAsync(Bytes.Subscribe5(1, ("secret", 2), ("a", 2), ("b", 0), (string.Join('/', Enumerable.Repeat("x", 40)), 0)));
        await five.ExpectAsync("9007000100 87 01 97 8F");
        using var old = await server.Connect311Async("old");
        await old.SendAsync(Bytes.Subscribe311(1, ("secret", 0), ("$SYS/#", 0)));
        await old.ExpectAsync("90040001 80 80");
    }

    [Fact]
    public async Task Nobody_publishes_to_dollar_topics()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect311Async("g");
        await client.SendAsync(
            Bytes.Subscribe311(1, ("#", 0), ("+/x", 0), ("$other/#", 0)), Bytes.Publish311("$SYS/x", "1"), Bytes.Publish311("$other/x", "2", 1, 7));
        await client.ExpectAsync("9005000100 0000 40020007");
        await client.ExpectNothingAsync();
        Assert.Empty(server.Ingest.Messages);
    }

    [Fact]
    public async Task Order_is_kept_and_the_receive_maximum_of_the_subscriber_is_obeyed()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect5Async("s", Bytes.Hex("210002"));
        await client.SendAsync(Bytes.Subscribe5(1, ("a", 1)));
        await client.ExpectAsync("900400010001");
        await client.SendAsync([.. Enumerable.Range(1, 4).Select(i => Bytes.Publish5("a", $"{i}", 1, i))]);
        await client.ExpectAsync("3207 000161 0001 00 31 3207 000161 0002 00 32 40020001400200024002000340020004");
        await client.ExpectNothingAsync();
        await client.SendAsync(Bytes.Hex("40020002"));
        await client.ExpectAsync("3207 000161 0003 00 33");
        await client.SendAsync(Bytes.Hex("40020001"));
        await client.ExpectAsync("3207 000161 0004 00 34");
    }

    [Theory]
    [InlineData(1, "50020001")] // PUBREC for QoS 1
    [InlineData(1, "70020001")] // PUBCOMP for QoS 1
    [InlineData(2, "40020001")] // PUBACK for QoS 2
    [InlineData(2, "70020001")] // PUBCOMP before PUBREL
    [InlineData(2, "50020001 40020001")] // PUBACK after PUBREL
    public async Task An_answer_of_the_wrong_kind_ends_the_connection(int qos, string answers)
    {
        await using var server = await TestServer.StartAsync();
        using var publisher = await server.Connect311Async("p");
        using var new5 = await server.Connect5Async("new", Bytes.CodesOnly);
        await new5.SendAsync(Bytes.Subscribe5(1, ("a", qos)));
        await new5.ExpectAsync($"9004000100 0{qos}");
        using var old = await server.Connect311Async("old");
        await old.SendAsync(Bytes.Subscribe311(1, ("a", qos)));
        await old.ExpectAsync($"90030001 0{qos}");
        await publisher.SendAsync(Bytes.Publish311("a", "1", 2, 1));
        await publisher.ExpectAsync("50020001");
        Assert.NotNull(await new5.ReadPacketAsync());
        Assert.NotNull(await old.ReadPacketAsync());
        await new5.SendAsync(Bytes.Hex("40020063"), Bytes.Hex(answers)); // An answer to nothing is let pass.
        await old.SendAsync(Bytes.Hex("40020063"), Bytes.Hex(answers));
        if (answers.Length > 8)
        {
            await new5.ExpectAsync("62020001");
            await old.ExpectAsync("62020001");
        }

        await new5.ExpectDisconnectAsync(0x82);
        await old.ExpectClosedAsync();
    }

    [Fact]
    public async Task The_ingest_is_told_when_no_subscription_with_a_filter_is_left_shared_ones_counted()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect5Async("s", Bytes.CodesOnly);
        await client.SendAsync(Bytes.Subscribe5(1, ("a", 0), ("$share/g/a", 0), ("b", 0)));
        await client.ExpectAsync("9006000100 000000");
        await client.SendAsync(Bytes.Unsubscribe5(2, "a", "never"));
        await client.ExpectAsync("B00500020000 11");
        Assert.Empty(server.Ingest.Unsubscribed);
        await client.SendAsync(Bytes.Unsubscribe5(3, "$share/g/a", "b"));
        await client.ExpectAsync("B00500030000 00");
        Assert.Equal(["a", "b"], server.Ingest.Unsubscribed);
    }

    [Fact]
    public async Task Packets_beyond_the_subscribers_maximum_are_left_out_and_counted()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect5Async("s", Bytes.Hex("2700000014"));
        await client.SendAsync(Bytes.Subscribe5(1, ("a", 0)), Bytes.Publish5("a", new string('x', 50)), Bytes.Publish5("a", "1"));
        await client.ExpectAsync("900400010000 3005 000161 00 31");
        Assert.Equal(1, server.Endpoint.Counters.UndeliveredTooLarge);
    }

    [Fact]
    public async Task A_subscriber_that_does_not_read_is_disconnected_and_what_it_missed_is_counted()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxQueuedBytes = 3 * 1024 * 1024);
        using var slow = await RawClient.OpenAsync(server.Port, receiveBuffer: 4096);
        await slow.SendAsync(Bytes.Connect5("slow"), Bytes.Subscribe5(1, ("a", 0)));
        await TestServer.UntilAsync(() => server.Endpoint.SubscriptionCount == 1);
        using var publisher = await server.Connect311Async("p");
        var payload = new string('x', 500_000);
        for (var i = 1; server.Endpoint.Counters.SlowConsumers == 0; i++)
        {
            Assert.True(i < 500, "The slow subscriber was never disconnected.");
            await publisher.SendAsync(Bytes.Publish311("a", payload, 1, 1));
            await publisher.ExpectAsync("40020001");
        }

        Assert.Equal([new(ReasonCode.QuotaExceeded, 1)], server.Endpoint.Counters.ClosedByServer);
        await TestServer.UntilAsync(() => server.Endpoint.SubscriptionCount == 0);
        Assert.True(server.Endpoint.Counters.UndeliveredAtClose >= 6);
        await publisher.ExpectNothingAsync();
    }

    [Theory]
    [InlineData("8205 0001 000161", 0x81)] // options missing
    [InlineData("8207 0000 00 000161 00", 0x81)] // packet identifier 0
    [InlineData("8007 0001 00 000161 00", 0x81)] // flags
    [InlineData("8203 0001 00", 0x82)] // no filter
    [InlineData("8207 0001 00 000161 03", 0x81)] // QoS 3
    [InlineData("8207 0001 00 000161 30", 0x81)] // retain handling 3
    [InlineData("8207 0001 00 000161 40", 0x81)] // reserved bit
    [InlineData("8206 0001 00 0000 00", 0x82)] // empty filter
    [InlineData("8209 0001 00 0003 612F2B62 00", 0x81)] // lengths disagree
    [InlineData("8209 0001 00 0003 612B2F 00", 0x8F)] // + is part of a level
    [InlineData("8209 0001 00 0003 232F61 00", 0x8F)] // # is not last
    [InlineData("8209 0001 02 0B00 000161 00", 0x82)] // subscription identifier 0
    [InlineData("A203 0001 00", 0x82)] // UNSUBSCRIBE without filter
    public async Task A_wrong_subscription_disconnects_with_its_reason(string packet, byte reason)
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect5Async("g");
        await client.SendAsync(Bytes.Hex(packet));
        await client.ExpectDisconnectAsync(reason);
    }
}
