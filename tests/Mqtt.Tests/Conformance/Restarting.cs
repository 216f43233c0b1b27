using Mqtt.Tests.Server;
using Mqtt.Tests.Wire;

namespace Mqtt.Tests.Conformance;

/// <summary>What a server that died leaves to the next one: exactly what it had promised.</summary>
public sealed class Restarting
{
    private const string New311 = "20020000";
    private const string Present311 = "20020100";

    [Fact]
    public async Task Acknowledged_messages_reach_an_offline_subscriber_after_a_crash()
    {
        var store = new TestStore();
        await using (var server = await TestServer.StartAsync(store))
        {
            await LastingSessions.SubscribeAndLeaveAsync(server, "s");
            await LastingSessions.PublishAsync(server, [.. Enumerable.Range(1, 50).Select(n => Bytes.Publish311("a", $"{n:00}", n % 3, n))]);
            store = store.Crash();
        }

        await using var next = await TestServer.StartAsync(store);
        using var client = await next.OpenAsync();
        await client.SendAsync(Bytes.Connect311("s", clean: false));
        await client.ExpectAsync(Present311);
        var kept = Enumerable.Range(1, 50).Where(n => n % 3 > 0).ToList();
        await client.ExpectAsync([.. kept.SelectMany((n, i) => Bytes.Publish311("a", $"{n:00}", n % 3, i + 1))]);
        await client.SendAsync([.. kept.Select((n, i) => Bytes.Packet(n % 3 == 1 ? 0x40 : 0x50, Bytes.U16(i + 1)))]);
        var twice = Enumerable.Range(1, kept.Count).Where(id => kept[id - 1] % 3 == 2).ToList();
        await client.ExpectAsync([.. twice.SelectMany(id => Bytes.Packet(0x62, Bytes.U16(id)))]);
        await client.SendAsync([.. twice.Select(id => Bytes.Packet(0x70, Bytes.U16(id)))]);
        await client.ExpectNothingAsync();
        await TestServer.UntilAsync(() => store.Kinds == "FS");
    }

    [Fact]
    public async Task Nothing_is_acknowledged_before_it_is_stored()
    {
        var store = new TestStore();
        await using var server = await TestServer.StartAsync(store);
        await LastingSessions.SubscribeAndLeaveAsync(server, "s");
        store.Holds = true;
        using var publisher = await server.Connect311Async("p");
        await publisher.SendAsync(Bytes.Publish311("a", "1", 1, 1));
        await TestServer.UntilAsync(() => store.Held == 1);
        await publisher.ExpectNothingAsync();
        store.Release();
        await publisher.ExpectAsync("40020001");
        store.Holds = true;
        using var lasting = await server.OpenAsync();
        await lasting.SendAsync(Bytes.Connect311("t", clean: false));
        await TestServer.UntilAsync(() => store.Held == 1);
        store.Release();
        await lasting.ExpectAsync(New311);
        store.Holds = true;
        await lasting.SendAsync(Bytes.Subscribe311(1, ("b", 1)));
        await TestServer.UntilAsync(() => store.Held == 1);
        store.Release();
        await lasting.ExpectAsync("9003000101");
        store.Holds = true;
        await lasting.SendAsync(Bytes.Publish311("c", "1", 2, 1));
        await TestServer.UntilAsync(() => store.Held == 1);
        await lasting.ExpectNothingAsync();
        store.Release();
        await lasting.ExpectAsync("50020001");
        store.Holds = true;
        await lasting.SendAsync(Bytes.Hex("62020001"));
        await TestServer.UntilAsync(() => store.Held == 1);
        await lasting.ExpectNothingAsync();
        store.Release();
        await lasting.ExpectAsync("70020001");
    }

    [Fact]
    public async Task A_message_is_sent_only_when_it_is_stored_and_pubrel_only_when_pubrec_is()
    {
        var store = new TestStore();
        await using var server = await TestServer.StartAsync(store);
        using var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Connect311("s", clean: false), Bytes.Subscribe311(1, ("a", 2)));
        await client.ExpectAsync($"{New311} 9003000102");
        store.Holds = true;
        using var publisher = await server.Connect311Async("p");
        await publisher.SendAsync(Bytes.Publish311("a", "1", 2, 1));
        await TestServer.UntilAsync(() => store.Held == 1);
        await client.ExpectNothingAsync();
        store.Release();
        await client.ExpectAsync("3406 000161 0001 31");
        store.Holds = true;
        await client.SendAsync(Bytes.Hex("50020001"));
        await TestServer.UntilAsync(() => store.Held == 1);
        await client.ExpectNothingAsync();
        store.Release();
        await client.ExpectAsync("62020001");
    }

    [Fact]
    public async Task What_a_crash_interrupted_is_sent_again_as_a_duplicate_and_released_messages_are_not()
    {
        var store = new TestStore();
        await using (var server = await TestServer.StartAsync(store))
        {
            using var client = await server.OpenAsync();
            await client.SendAsync(Bytes.Connect311("s", clean: false), Bytes.Subscribe311(1, ("a", 2)));
            await client.ExpectAsync($"{New311} 9003000102");
            await LastingSessions.PublishAsync(server, Bytes.Publish311("a", "1", 2, 1), Bytes.Publish311("a", "2", 2, 2), Bytes.Publish311("a", "3", 1, 3));
            await client.ExpectAsync("3406 000161 0001 31 3406 000161 0002 32 3206 000161 0003 33");
            await client.SendAsync(Bytes.Hex("50020001"));
            await client.ExpectAsync("62020001");
            store = store.Crash();
        }

        await using var next = await TestServer.StartAsync(store);
        using var again = await next.OpenAsync();
        await again.SendAsync(Bytes.Connect311("s", clean: false));
        await again.ExpectAsync($"{Present311} 62020001 3C06 000161 0002 32 3A06 000161 0003 33");
        await again.SendAsync(Bytes.Hex("70020001"));
        await LastingSessions.PublishAsync(next, Bytes.Publish311("a", "4", 1, 1));
        await again.ExpectAsync("3206 000161 0004 34");
    }

    [Fact]
    public async Task A_qos_2_message_is_handed_over_once_across_a_crash()
    {
        var store = new TestStore();
        await using (var server = await TestServer.StartAsync(store))
        {
            using var client = await server.OpenAsync();
            await client.SendAsync(Bytes.Connect311("s", clean: false), Bytes.Publish311("a", "1", 2, 7));
            await client.ExpectAsync($"{New311} 50020007");
            store = store.Crash();
        }

        await using var next = await TestServer.StartAsync(store);
        using var again = await next.OpenAsync();
        await again.SendAsync(Bytes.Connect311("s", clean: false), Bytes.Again(Bytes.Publish311("a", "1", 2, 7)));
        await again.ExpectAsync($"{Present311} 50020007");
        await again.SendAsync(Bytes.Hex("62020007"));
        await again.ExpectAsync("70020007");
        Assert.Empty(next.Ingest.Messages);
        Assert.Equal("S", store.Kinds);
    }

    [Fact]
    public async Task A_store_that_fails_acknowledges_nothing_and_blocks_nobody()
    {
        var store = new TestStore();
        await using var server = await TestServer.StartAsync(store);
        using var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Connect311("s", clean: false), Bytes.Subscribe311(1, ("a", 1)));
        await client.ExpectAsync($"{New311} 9003000101");
        store.Fails = true;
        using var publisher = await server.Connect5Async("p");
        await publisher.SendAsync(Bytes.Publish5("a", "1", 1, 1));
        await publisher.ExpectDisconnectAsync(0x83);
        using var lasting = await server.OpenAsync();
        await lasting.SendAsync(Bytes.Connect311("t", clean: false));
        await lasting.ExpectAsync("20020003");
        store.Fails = false;
        await LastingSessions.PublishAsync(server, Bytes.Publish311("a", "2", 1, 1));
        await client.ExpectAsync("3206 000161 0002 32");
    }

    [Fact]
    public async Task A_store_that_falls_behind_holds_back_acknowledgements_and_forgets_none()
    {
        var store = new TestStore();
        await using var server = await TestServer.StartAsync(store, options => options.MaxLaterWrites = 2);
        using var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Connect311("s", clean: false), Bytes.Subscribe311(1, ("a", 1)));
        await client.ExpectAsync($"{New311} 9003000101");
        await LastingSessions.PublishAsync(server, [.. Enumerable.Range(1, 4).Select(n => Bytes.Publish311("a", $"{n}", 1, n))]);
        await client.ExpectAsync("3206 000161 0001 31 3206 000161 0002 32 3206 000161 0003 33 3206 000161 0004 34");
        store.Holds = true;
        await client.SendAsync(Bytes.Hex("40020001"));
        await TestServer.UntilAsync(() => store.Held == 1);
        await client.SendAsync(Bytes.Hex("40020002 40020003"));
        await TestServer.UntilAsync(() => server.Endpoint.Counters.BudgetWaits == 1);
        await client.SendAsync(Bytes.Hex("40020004 C000"));
        store.Release();
        await client.ExpectAsync("D000");
        await TestServer.UntilAsync(() => store.Kinds == "FS");
    }

    [Fact]
    public async Task A_client_that_leaves_ends_its_wait_for_the_store()
    {
        var store = new TestStore();
        await using var server = await TestServer.StartAsync(store, options => options.MaxLaterWrites = 2);
        using var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Connect311("s", clean: false), Bytes.Subscribe311(1, ("a", 1)));
        await client.ExpectAsync($"{New311} 9003000101");
        await LastingSessions.PublishAsync(server, [.. Enumerable.Range(1, 3).Select(n => Bytes.Publish311("a", $"{n}", 1, n))]);
        await client.ExpectAsync("3206 000161 0001 31 3206 000161 0002 32 3206 000161 0003 33");
        store.Holds = true;
        await client.SendAsync(Bytes.Hex("40020001")); // Leaves room for one, so that nobody waits before the store has taken it up.
        await TestServer.UntilAsync(() => store.Held == 1);
        await client.SendAsync(Bytes.Hex("40020002 40020003"));
        await TestServer.UntilAsync(() => server.Endpoint.Counters.BudgetWaits == 1);
        client.Reset();
        await TestServer.UntilAsync(() => server.Endpoint.Counters.Connections == 0);
        store.Release();
    }

    [Fact]
    public async Task Retained_messages_survive_end_and_can_be_removed()
    {
        var time = new ManualTime();
        var store = new TestStore();
        await using (var server = await TestServer.StartAsync(store, null, time))
        {
            using var publisher = await server.Connect5Async("p");
            await publisher.SendAsync(
                Bytes.Publish5("a", "1", 1, 1, true), Bytes.Publish5("b", "2", 1, 2, true, Bytes.Hex("0200000064")), Bytes.Publish5("c", "3", 1, 3, true));
            await publisher.ExpectAsync("40020001 40020002 40020003");
            await publisher.SendAsync(Bytes.Publish5("c", "", 1, 4, true));
            await publisher.ExpectAsync("40020004");
            store = store.Crash();
        }

        Assert.Equal("RR", store.Kinds);
        var dayAfter = time.GetUtcNow().AddDays(1).ToUnixTimeMilliseconds();
        Assert.All(store.Ends, ends => Assert.InRange(ends, 0, dayAfter));
        time.Advance(TimeSpan.FromSeconds(40));
        await using (var next = await TestServer.StartAsync(store, null, time))
        {
            using var reader = await next.Connect5Async("r");
            await reader.SendAsync(Bytes.Subscribe5(1, ("#", 0)));
            await reader.ExpectAsync("9004000100 00 3105 000161 00 31 310A 000162 05 020000003C 32");
        }

        time.Advance(TimeSpan.FromDays(1));
        await using var last = await TestServer.StartAsync(store, null, time);
        Assert.Equal(0, last.Endpoint.RetainedCount);
    }

    [Fact]
    public async Task Time_without_a_server_counts_against_the_session()
    {
        var time = new ManualTime();
        var store = new TestStore();
        await using (var server = await TestServer.StartAsync(store, null, time))
        {
            await LastingSessions.SubscribeAndLeaveAsync(server, "s", 100);
            await LastingSessions.PublishAsync(server, Bytes.Publish311("a", "1", 1, 1));
        }

        time.Advance(TimeSpan.FromSeconds(101));
        await using var next = await TestServer.StartAsync(store, null, time);
        Assert.Equal(0, next.Endpoint.LastingSessionCount);
        Assert.Equal(0, next.Endpoint.SubscriptionCount);
        await TestServer.UntilAsync(() => store.Kinds.Length == 0);
    }

    [Fact]
    public async Task A_clean_start_leaves_nothing_on_the_disk()
    {
        var store = new TestStore();
        await using var server = await TestServer.StartAsync(store);
        await LastingSessions.SubscribeAndLeaveAsync(server, "s");
        await LastingSessions.PublishAsync(server, Bytes.Publish311("a", "1", 1, 1));
        Assert.Equal("FOS", store.Kinds);
        using var client = await server.Connect311Async("s");
        await TestServer.UntilAsync(() => store.Kinds.Length == 0);
    }

    [Fact]
    public async Task Subscriptions_come_back_as_they_were()
    {
        var store = new TestStore();
        await using (var server = await TestServer.StartAsync(store))
        {
            using var client = await server.OpenAsync();
            await client.SendAsync(
                Bytes.Resume5("s"),
                Bytes.Packet(0x82, Bytes.U16(1), Bytes.Properties(Bytes.Hex("0B07")), Bytes.Text("a/+"), [0x0D]), // QoS 1, no local, retain as published
                Bytes.Subscribe5(2, ("$share/g/b", 1), ("c", 0)),
                Bytes.Unsubscribe5(3, "c"));
            await client.ReadPacketAsync();
            await client.ExpectAsync("9004000100 01 9005000200 0100 B004000300 00");
            await LastingSessions.LeaveAsync(server, client);
        }

        await using var next = await TestServer.StartAsync(store);
        Assert.Equal(2, next.Endpoint.SubscriptionCount);
        using var again = await next.OpenAsync();
        await again.SendAsync(Bytes.Resume5("s"), Bytes.Publish5("a/own", "1"));
        await again.ReadPacketAsync();
        await again.ExpectNothingAsync();
        await LastingSessions.PublishAsync(next, Bytes.Publish311("a/b", "1", 1, 1, true), Bytes.Publish311("b", "2", 1, 2));
        await again.ExpectAsync("330B 0003612F62 0001 02 0B07 31 3207 000162 0002 00 32");
    }
}
