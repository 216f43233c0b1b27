using System.Globalization;
using System.Text;
using Mqtt.Tests.Server;
using Mqtt.Tests.Wire;
using Quartier.Mqtt.Packets;

namespace Mqtt.Tests.Conformance;

/// <summary>What waits for subscribers: bursts arrive whole, and who does not read takes neither the memory nor the time of others.</summary>
public sealed class Queues
{
    [Fact]
    public async Task Bursts_of_many_publishers_reach_one_subscriber_that_reads_whole_and_in_the_order_of_each()
    {
        const int Publishers = 100;
        const int MessagesOfEach = 300;
        await using var server = await TestServer.StartAsync();
        using var subscriber = await server.Connect311Async("s");
        await subscriber.SendAsync(Bytes.Subscribe311(1, ("+", 0)));
        await subscriber.ExpectAsync("9003000100");
        var publishing = Enumerable.Range(0, Publishers).Select(async number =>
        {
            using var publisher = await server.Connect311Async($"p{number}");
            await publisher.SendAsync([.. Enumerable.Range(1, MessagesOfEach).Select(n => Bytes.Publish311($"{number}", $"{n}", 1, n))]);
            await publisher.ExpectAsync(string.Concat(Enumerable.Range(1, MessagesOfEach).Select(n => $"4002{n:X4}")));
        }).ToList();

        var last = new int[Publishers];
        for (var i = 0; i < Publishers * MessagesOfEach; i++)
        {
            var packet = await subscriber.ReadPacketAsync();
            Assert.NotNull(packet);
            var topic = packet[3];
            var publisher = int.Parse(Encoding.ASCII.GetString(packet, 4, topic), CultureInfo.InvariantCulture);
            Assert.Equal(++last[publisher], int.Parse(Encoding.ASCII.GetString(packet[(4 + topic)..]), CultureInfo.InvariantCulture));
        }

        await Task.WhenAll(publishing);
        Assert.All(last, count => Assert.Equal(MessagesOfEach, count));
        await TestServer.UntilAsync(() => server.Endpoint.PassingBytes == 0);
    }

    [Fact]
    public async Task Forty_thousand_small_messages_wait_for_a_subscriber_that_takes_its_time()
    {
        const int Messages = 40_000;
        await using var server = await TestServer.StartAsync(manualTime: true); // Else a slow machine's subscriber is silent for longer than its keep alive.
        using var subscriber = await server.Connect5Async("s", Bytes.Hex("210001"));
        await subscriber.SendAsync(Bytes.Subscribe5(1, ("a", 1)));
        await subscriber.ExpectAsync("900400010001");
        await PublishAsync(server, Messages);
        Assert.Equal(0, server.Endpoint.Counters.SlowConsumers);
        for (var n = 1; n <= Messages; n++)
        {
            var packet = await subscriber.ReadPacketAsync();
            Assert.Equal($"{n}", Encoding.ASCII.GetString(packet![8..]));
            await subscriber.SendAsync([0x40, 2, packet[5], packet[6]]);
        }

        await TestServer.UntilAsync(() => server.Endpoint.PassingBytes == 0);
    }

    [Fact]
    public async Task Empty_messages_count_with_what_they_take_beside_their_bytes()
    {
        await using var server = await TestServer.StartAsync(options => (options.MaxPacketBytes, options.MaxQueuedBytes) = (65_536, 262_144));
        using var subscriber = await server.Connect5Async("s");
        await subscriber.SendAsync(Bytes.Subscribe5(1, ("a", 1)));
        await subscriber.ExpectAsync("900400010001");
        await PublishAsync(server, 800);
        Assert.InRange(server.Endpoint.PassingBytes, 200_000, 262_144);
        Assert.Equal(0, server.Endpoint.Counters.SlowConsumers);
        await PublishAsync(server, 200);
        await TestServer.UntilAsync(() => server.Endpoint.SubscriptionCount == 0);
        Assert.Equal(1, server.Endpoint.Counters.SlowConsumers);
        Assert.InRange(server.Endpoint.Counters.UndeliveredAtClose, 1, 1_000);

        // The second publisher may come before the end of the first, which has the same name, has been seen.
        Assert.Equal([new(ReasonCode.QuotaExceeded, 1)], server.Endpoint.Counters.ClosedByServer.Where(c => c.Key != ReasonCode.SessionTakenOver));
    }

    [Fact]
    public async Task However_many_subscribers_stall_their_queues_stay_within_the_whole_and_neither_publishers_nor_readers_are_held_up()
    {
        const int Stalled = 20;
        const int Whole = 1024 * 1024;
        await using var server = await TestServer.StartAsync(
            options => (options.MaxPacketBytes, options.MaxQueuedBytes, options.MaxAllQueuedBytes) = (16_384, Whole, Whole));
        var stalled = new List<RawClient>();
        for (var i = 0; i < Stalled; i++)
        {
            // One message in flight, and never an acknowledgement: all others wait.
            stalled.Add(await server.Connect5Async($"stalled-{i}", Bytes.Hex("210001")));
            await stalled[i].SendAsync(Bytes.Subscribe5(1, ("a", 1)));
            await stalled[i].ExpectAsync("900400010001");
        }

        using var reader = await server.Connect5Async("reader");
        await reader.SendAsync(Bytes.Subscribe5(1, ("a", 1)));
        await reader.ExpectAsync("900400010001");
        using var publisher = await server.Connect311Async("p");
        var text = new string('x', 1_000);
        for (var n = 1; n <= 1_000; n++)
        {
            await publisher.SendAsync(Bytes.Publish311("a", text, 1, n));
            await publisher.ExpectAsync($"4002{n:X4}");
            var packet = await reader.ReadPacketAsync();
            await reader.SendAsync([0x40, 2, packet![6], packet[7]]);
            Assert.InRange(server.Endpoint.PassingBytes, 0, Whole);
        }

        Assert.Equal(Stalled, server.Endpoint.Counters.SlowConsumers);
        stalled.ForEach(client => client.Dispose());
    }

    /// <summary>Small messages at QoS 1, each acknowledged: nobody holds back whoever publishes.</summary>
    private static async Task PublishAsync(TestServer server, int messages)
    {
        const int AtOnce = 100;
        using var publisher = await server.Connect311Async("p");
        for (var first = 1; first <= messages; first += AtOnce)
        {
            await publisher.SendAsync([.. Enumerable.Range(first, AtOnce).Select(n => Bytes.Publish311("a", $"{n}", 1, n))]);
            await publisher.ExpectAsync(string.Concat(Enumerable.Range(first, AtOnce).Select(n => $"4002{n:X4}")));
        }
    }
}
