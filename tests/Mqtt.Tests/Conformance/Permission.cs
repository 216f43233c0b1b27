using Mqtt.Tests.Server;
using Mqtt.Tests.Wire;

namespace Mqtt.Tests.Conformance;

/// <summary>Messages reach only subscribers that may have them, at the moment in which they are sent.</summary>
public sealed class Permission
{
    /// <summary>User property "purpose" = "p" and "q".</summary>
    private static readonly byte[] P = Bytes.Hex("26 0007 707572706F7365 0001 70");
    private static readonly byte[] Q = Bytes.Hex("26 0007 707572706F7365 0001 71");

    [Fact]
    public async Task A_message_that_is_not_permitted_is_counted_and_not_sent()
    {
        await using var server = await TestServer.StartAsync();
        server.Ingest.Permit = (topic, _) => ValueTask.FromResult(topic == "open");
        using var client = await server.Connect311Async("s");
        await client.SendAsync(Bytes.Subscribe311(1, ("#", 0)), Bytes.Publish311("secret", "1"), Bytes.Publish311("open", "2"));
        await client.ExpectAsync("9003000100 3007 00046F70656E 32");
        Assert.Equal(1, server.Endpoint.Counters.Withheld);
    }

    [Fact]
    public async Task Retained_messages_are_asked_about_too()
    {
        await using var server = await TestServer.StartAsync();
        server.Ingest.Permit = (topic, purpose) => ValueTask.FromResult(topic == "open" && purpose == "p");
        using var client = await server.Connect5Async("s");
        await client.SendAsync(Bytes.Publish5("secret", "1", retain: true), Bytes.Publish5("open", "2", retain: true), Bytes.Subscribe5(1, ("#", 0)));
        await client.ExpectAsync("9004000100 00");
        await client.SendAsync(Bytes.Packet(0x82, Bytes.U16(2), Bytes.Properties(P), Bytes.Text("#"), [0]));
        await client.ExpectAsync("9004000200 00 3108 00046F70656E 00 32");
        Assert.Equal(3, server.Endpoint.Counters.Withheld);
    }

    [Fact]
    public async Task Messages_wait_in_order_behind_one_that_is_being_decided()
    {
        await using var server = await TestServer.StartAsync();
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Ingest.Permit = (topic, _) => topic == "a" ? new(answer.Task) : ValueTask.FromResult(true);
        using var client = await server.Connect311Async("s");
        await client.SendAsync(Bytes.Subscribe311(1, ("#", 1)), Bytes.Publish311("a", "1", 1, 1), Bytes.Publish311("b", "2"));
        await client.ExpectAsync("9003000101 40020001");
        await client.ExpectNothingAsync();
        answer.SetResult(true);
        await client.ExpectAsync("3206 000161 0001 31 3004 000162 32");
    }

    [Fact]
    public async Task A_decision_that_fails_withholds_the_message_and_harms_nobody_else()
    {
        await using var server = await TestServer.StartAsync();
        server.Ingest.Permit = (topic, _) => topic switch
        {
            "a" => throw new InvalidOperationException("at once"),
            "b" => ValueTask.FromException<bool>(new InvalidOperationException("later")),
            _ => ValueTask.FromResult(true),
        };
        using var client = await server.Connect311Async("s");
        using var publisher = await server.Connect311Async("p");
        await client.SendAsync(Bytes.Subscribe311(1, ("#", 0)));
        await client.ExpectAsync("9003000100");
        await publisher.SendAsync(Bytes.Publish311("a", "1", 1, 1), Bytes.Publish311("b", "1", 1, 2), Bytes.Publish311("c", "1", 1, 3));
        await publisher.ExpectAsync("40020001 40020002 40020003");
        await client.ExpectAsync("3004 000163 31");
        Assert.Equal(2, server.Endpoint.Counters.Withheld);
    }

    [Fact]
    public async Task What_waits_for_a_slow_reader_is_decided_when_it_is_sent()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxOutgoingInFlight = 1);
        var permitted = true;
        server.Ingest.Permit = (_, _) => ValueTask.FromResult(Volatile.Read(ref permitted));
        using var client = await server.Connect311Async("s");
        await client.SendAsync(Bytes.Subscribe311(1, ("a", 1)));
        await client.ExpectAsync("9003000101");
        using var publisher = await server.Connect311Async("p");
        await publisher.SendAsync(Bytes.Publish311("a", "1", 1, 1), Bytes.Publish311("a", "2", 1, 2));
        await publisher.ExpectAsync("40020001 40020002");
        await client.ExpectAsync("3206 000161 0001 31");
        Volatile.Write(ref permitted, false);
        await client.SendAsync(Bytes.Hex("40020001"));
        await client.ExpectNothingAsync();
        Assert.Equal(1, server.Endpoint.Counters.Withheld);
    }

    [Fact]
    public async Task Purposes_of_subscriptions_are_asked_about_one_by_one()
    {
        await using var server = await TestServer.StartAsync();
        server.Ingest.Permit = (_, purpose) => ValueTask.FromResult(purpose == "q");
        using var client = await server.Connect5Async("s");
        await client.SendAsync(
            Bytes.Packet(0x82, Bytes.U16(1), Bytes.Properties(Bytes.Hex("0B01"), P), Bytes.Text("a/#"), [0]),
            Bytes.Packet(0x82, Bytes.U16(2), Bytes.Properties(Bytes.Hex("0B02"), Q), Bytes.Text("a/+"), [0]),
            Bytes.Packet(0x82, Bytes.U16(3), Bytes.Properties(Bytes.Hex("0B03"), P), Bytes.Text("+/b"), [0]),
            Bytes.Publish5("a/b", "x"));
        await client.ExpectAsync("9004000100 00 9004000200 00 9004000300 00 3009 0003612F62 02 0B02 78");
        Assert.Equal(["a/b=x for p", "a/b=x for q"], server.Ingest.Asked);
    }

    [Fact]
    public async Task The_purpose_of_connect_is_told_and_no_purpose_fills_the_memory()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect5Async("s", P);
        using var other = await server.Connect5Async("t");
        Assert.Equal(["p", null], server.Ingest.Requests.Select(r => r.Purpose));
        var flood = Bytes.Properties([0x26, .. Bytes.Text("purpose"), .. Bytes.Text(new string('x', 60_000))]);
        await client.SendAsync(Bytes.Packet(0x82, Bytes.U16(1), flood, Bytes.Text("a"), [0]), Bytes.Publish5("a", "1"));
        await client.ExpectAsync("9004000100 00 3005 000161 00 31");
        Assert.Equal($"a=1 for {new string('x', 65)}", server.Ingest.Asked.Single());
    }

    [Fact]
    public async Task Nobody_is_asked_while_nobody_subscribes()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.Connect311Async("p");
        await client.SendAsync(Bytes.Publish311("a", "1", 1, 1, retain: true), Bytes.Subscribe311(1, ("b", 0)), Bytes.Publish311("a", "1", 1, 2));
        await client.ExpectAsync("40020001 9003000100 40020002");
        Assert.Empty(server.Ingest.Asked);
    }
}
