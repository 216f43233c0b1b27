using Mqtt.Tests.Server;
using Mqtt.Tests.Wire;

namespace Mqtt.Tests.Conformance;

/// <summary>What the ingest publishes itself, for sessions whose clients are away.</summary>
public sealed class Expecting
{
    [Fact]
    public async Task The_ingest_goes_on_for_a_session_without_a_client_and_only_for_it()
    {
        var store = new TestStore();
        await using var server = await TestServer.StartAsync(store);
        server.Ingest.Owner = _ => "anna";
        server.Ingest.Publishes = filter => filter != "other";
        using (var client = await ComeAsync(server))
        {
            await client.SendAsync(Bytes.Subscribe5(1, ("live", 1), ("$share/g/shared", 2), ("never", 0), ("other", 1)));
            await client.ExpectAsync("9007000100 01020001");
            Assert.Empty(server.Ingest.Expectations);
            await LastingSessions.LeaveAsync(server, client);
        }

        Assert.Equal(["anna live", "anna shared"], server.Ingest.Expectations.Keys.Order());
        using (var back = await ComeAsync(server))
        {
            await back.SendAsync(Bytes.Unsubscribe5(2, "live"));
            await back.ExpectAsync("B004000200 00");
            Assert.Empty(server.Ingest.Expectations);
            await LastingSessions.LeaveAsync(server, back);
        }

        Assert.Equal(["anna shared"], server.Ingest.Expectations.Keys);
        using (var clean = await server.Connect5Async("s"))
        {
            Assert.Empty(server.Ingest.Expectations);
            await clean.SendAsync(Bytes.Subscribe5(1, ("live", 1)));
            await clean.ExpectAsync("9004000100 01");
            await LastingSessions.LeaveAsync(server, clean);
        }

        Assert.Empty(server.Ingest.Expectations);
    }

    [Fact]
    public async Task It_ends_with_the_session()
    {
        var time = new ManualTime();
        await using var server = await TestServer.StartAsync(null, null, time);
        server.Ingest.Publishes = _ => true;
        await LastingSessions.SubscribeAndLeaveAsync(server, "s", 100);
        Assert.Equal([" a"], server.Ingest.Expectations.Keys);
        time.Advance(TimeSpan.FromSeconds(101));
        await TestServer.UntilAsync(() => server.Endpoint.LastingSessionCount == 0);
        Assert.Empty(server.Ingest.Expectations);
    }

    [Fact]
    public async Task Messages_of_the_ingest_wait_over_a_crash_with_their_source_and_are_judged_for_the_purpose_of_the_subscription()
    {
        var store = new TestStore();
        await using (var server = await TestServer.StartAsync(store))
        {
            using (var client = await server.OpenAsync())
            {
                await client.SendAsync(Bytes.Resume5("s", 3600, false, [0x26, .. Bytes.Text("purpose"), .. Bytes.Text("p")]), Bytes.Subscribe5(1, ("live", 1)));
                await client.ReadPacketAsync();
                await client.ExpectAsync("9004000100 01");
                await LastingSessions.LeaveAsync(server, client);
            }

            server.Endpoint.Publish("live"u8.ToArray(), "1"u8.ToArray(), new object(), () => [7, 8]);
            server.Endpoint.Publish("live"u8.ToArray(), "2"u8.ToArray());
            await TestServer.UntilAsync(() => store.Kinds == "FOOS");
            store = store.Crash();
        }

        await using var next = await TestServer.StartAsync(store);
        next.Ingest.Permit = (_, purpose) => ValueTask.FromResult(purpose == "p");
        using var back = await ComeAsync(next);
        await back.ExpectAsync("320A 00046C697665 0001 00 31 320A 00046C697665 0002 00 32");
        Assert.Equal(["live=1 for p", "live=2 for p"], next.Ingest.Asked);
        Assert.Equal(["0708", ""], next.Ingest.Sources);
    }

    [Fact]
    public async Task A_restarted_endpoint_expects_before_anybody_connects()
    {
        var store = new TestStore();
        await using (var server = await TestServer.StartAsync(store))
        {
            await LastingSessions.SubscribeAndLeaveAsync(server, "s");
            store = store.Crash();
        }

        await using var next = await TestServer.StartAsync(store, ingest: new TestIngest { Publishes = _ => true });
        Assert.Equal([" a"], next.Ingest.Expectations.Keys);
    }

    private static async Task<RawClient> ComeAsync(TestServer server)
    {
        var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Resume5("s"));
        await client.ReadPacketAsync();
        return client;
    }
}
