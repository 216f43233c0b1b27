using System.Buffers;
using System.Collections.Concurrent;
using Mqtt.Tests.Server;
using Mqtt.Tests.Wire;
using Quartier.Mqtt.Connections;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;

namespace Mqtt.Tests.Conformance;

public sealed class Lanes
{
    [Fact]
    public async Task What_a_client_sends_is_looked_at_in_its_lane_and_who_it_is_outside()
    {
        await using var server = await TestServer.StartAsync();
        var (deciding, judging) = (new ConcurrentQueue<string?>(), new ConcurrentQueue<string?>());
        server.Ingest.Decide = (_, session) =>
        {
            deciding.Enqueue(Thread.CurrentThread.Name); // A password's hash takes tens of milliseconds, which no other client is to wait for.
            return ConnectDecision.Accept(session);
        };
        server.Ingest.Judge = _ =>
        {
            judging.Enqueue(Thread.CurrentThread.Name);
            return ReasonCode.Success;
        };
        using var client = await server.Connect311Async("g");
        foreach (var id in (int[])[1, 2, 3])
        {
            await client.SendAsync(Bytes.Publish311("a", "1", qos: 1, id: id));
            await client.ExpectAsync([0x40, 2, 0, (byte)id]);
        }

        Assert.DoesNotContain(deciding, n => n?.StartsWith("quartier-lane-", StringComparison.Ordinal) == true);
        Assert.Equal(["quartier-lane-0", "quartier-lane-0", "quartier-lane-0"], judging);
    }

    [Fact]
    public async Task Clients_share_all_lanes_there_are()
    {
        await using var server = await TestServer.StartAsync();
        var used = new ConcurrentDictionary<string, byte>();
        server.Ingest.Judge = _ =>
        {
            used[Thread.CurrentThread.Name!] = 0;
            return ReasonCode.Success;
        };
        for (var i = 0; i < 2 * Environment.ProcessorCount; i++)
        {
            using var client = await server.Connect311Async($"g{i}");
            await client.SendAsync(Bytes.Publish311("a", "1", qos: 1, id: 1));
            await client.ExpectAsync("40020001");
        }

        Assert.Equal(Environment.ProcessorCount, used.Count);
    }

    [Fact]
    public async Task A_lane_serves_in_order_of_arrival_and_whoever_goes_on_goes_behind()
    {
        using var lane = new ServingLane(0);
        var order = new List<string>();
        await lane.Yield(); // Both begin on the lane, so that nothing runs between their arrivals.
        var first = TwiceAsync("a");
        var second = TwiceAsync("b");
        await first;
        await second;
        Assert.Equal(["a1", "b1", "a2", "b2"], order);

        async Task TwiceAsync(string name)
        {
            await lane.Yield();
            order.Add($"{name}1");
            await lane.Yield();
            order.Add($"{name}2");
        }
    }

    [Fact]
    public async Task Subscription_is_dealt_with_outside_the_lane_that_serves_the_clients_messages()
    {
        await using var server = await TestServer.StartAsync();
        var (granting, judging) = (new ConcurrentQueue<string?>(), new ConcurrentQueue<string?>());
        server.Ingest.Grant = (_, wanted) =>
        {
            granting.Enqueue(Thread.CurrentThread.Name);
            return (ReasonCode)wanted;
        };
        server.Ingest.Judge = _ =>
        {
            judging.Enqueue(Thread.CurrentThread.Name);
            return ReasonCode.Success;
        };
        using var client = await server.Connect311Async("g");
        await client.SendAsync(Bytes.Publish311("a", "1", qos: 1, id: 1));
        await client.ExpectAsync("40020001");
        await RestedAsync(server.Endpoint.Lanes);
        await client.SendAsync(Bytes.Subscribe311(2, ("b", 0)));
        await client.ExpectAsync("9003000200");
        Assert.Equal(["quartier-lane-0"], judging);
        Assert.DoesNotContain("quartier-lane", Assert.Single(granting) ?? string.Empty, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("82", true)]
    [InlineData("A2", true)]
    [InlineData("32", false)]
    [InlineData("C0", false)]
    [InlineData("", false)]
    public void Subscriptions_and_their_ends_are_dealt_with_at_once_so_that_the_next_message_of_another_client_finds_them(string arrived, bool atOnce)
    {
        using var lane = new ServingLane(0);
        Assert.Equal(atOnce, lane.Yield(new ReadOnlySequence<byte>(Convert.FromHexString(arrived))).IsCompleted);
    }

    [Fact]
    public async Task What_comes_to_a_lane_that_has_ended_runs_all_the_same()
    {
        var lane = new ServingLane(0);
        await lane.Yield();
        lane.Dispose();
        await lane.Yield();
        Assert.NotEqual("quartier-lane-0", Thread.CurrentThread.Name);
    }

    /// <summary>Waits until every lane has ended the turn it was in: what comes while a client's turn still goes on is dealt with in that turn, wherever it runs.</summary>
    private static async Task RestedAsync(ServingLanes lanes)
    {
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            var lane = lanes.Next();
            await Task.Run(async () => await lane.Yield());
        }
    }
}
