using System.Net;
using Mqtt.Tests.Wire;
using Quartier.Mqtt;
using Quartier.Mqtt.Admission;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;

namespace Mqtt.Tests.Server;

/// <summary>Who may open a connection, how many and how fast.</summary>
public sealed class Admitting
{
    private const byte Banned = 0x8A;
    private const byte TooFast = 0x9F;
    private const byte Bad = 0x86;
    private const byte Quota = 0x97;

    private long _nowMs;

    [Fact]
    public async Task Address_with_wrong_credentials_is_banned_and_comes_back_in_time()
    {
        await using var server = await TestServer.StartAsync(o => (o.BanAfter, o.BanTime) = (3, TimeSpan.FromMinutes(15)), manualTime: true);
        server.Ingest.Decide = (_, _) => ConnectDecision.Refuse(ReasonCode.BadUserNameOrPassword);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(Bad, await ReasonAsync(server));
        }

        server.Ingest.Decide = (_, session) => ConnectDecision.Accept(session);
        Assert.Equal(Banned, await ReasonAsync(server));
        Assert.Equal(IPAddress.Loopback, Assert.Single(server.Endpoint.BannedAddresses).Address);
        server.Time!.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(Banned, await ReasonAsync(server));
        server.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await ReasonAsync(server));
        Assert.Empty(server.Endpoint.BannedAddresses);
    }

    [Fact]
    public async Task Banned_client_of_311_is_told_that_it_may_not()
    {
        await using var server = await TestServer.StartAsync(o => o.BanAfter = 1);
        server.Ingest.Decide = (_, _) => ConnectDecision.Refuse(ReasonCode.BadUserNameOrPassword);
        foreach (var expected in new[] { "20020004", "20020005" })
        {
            using var client = await server.OpenAsync();
            await client.SendAsync(Bytes.Connect311("c"));
            await client.ExpectAsync(expected);
            await client.ExpectClosedAsync();
        }
    }

    [Fact]
    public async Task Loopback_is_not_banned_where_the_options_say_so_and_ingest_decides_alone()
    {
        await using var server = await TestServer.StartAsync(o => (o.BanAfter, o.BanLoopback) = (1, false));
        server.Ingest.Decide = (_, _) => ConnectDecision.Refuse(ReasonCode.BadUserNameOrPassword);
        Assert.Equal((byte[])[Bad, Bad, Bad], await ReasonsAsync(server, 3));
    }

    [Fact]
    public async Task Connections_that_come_too_fast_are_told_then_closed_at_once()
    {
        await using var server = await TestServer.StartAsync(
            o => (o.LimitLoopback, o.ConnectionBurstPerAddress, o.ConnectionsPerSecondPerAddress) = (true, 2, 1), manualTime: true);
        Assert.Equal((byte[])[0, 0, TooFast, TooFast], await ReasonsAsync(server, 4));
        Assert.True(await RawClient.IsTurnedAwayAsync(server.Port));
        server.Time!.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(0, await ReasonAsync(server));
    }

    [Fact]
    public async Task Connections_without_connect_take_no_more_than_their_share()
    {
        await using var server = await TestServer.StartAsync(o => (o.LimitLoopback, o.MaxHalfOpenPerAddress) = (true, 2));
        using var first = await server.OpenAsync();
        using var second = await server.OpenAsync();
        await TestServer.UntilAsync(() => server.Endpoint.Counters.Connections == 2);
        Assert.True(await RawClient.IsTurnedAwayAsync(server.Port));
        await first.SendAsync(Bytes.Connect311("a"));
        await first.ExpectAsync("20020000");
        Assert.Equal(0, await ReasonAsync(server));
    }

    [Fact]
    public async Task Owner_has_so_many_connections_and_no_more_until_one_has_ended()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxConnectionsPerOwner = 1);
        server.Ingest.Owner = r => r.ClientId[..1];
        using (await server.Connect5Async("a1"))
        {
            Assert.Equal(Quota, await ReasonAsync(server, "a2"));
            Assert.Equal(0, await ReasonAsync(server, "b1"));
        }

        await TestServer.UntilAsync(() => server.Endpoint.Counters.Connections == 0);
        Assert.Equal(0, await ReasonAsync(server, "a2"));
    }

    [Fact]
    public async Task Nobody_takes_over_the_client_identifier_of_another_owner()
    {
        await using var server = await TestServer.StartAsync();
        var owners = new Queue<string>(["one", "two", "one"]);
        server.Ingest.Owner = _ => owners.Dequeue();
        using var first = await server.Connect5Async("same");
        using var other = await server.Connect5Async("same");
        await first.SendAsync(Bytes.Hex("C000"));
        await first.ExpectAsync("D000");
        using var again = await server.Connect5Async("same");
        await first.ExpectDisconnectAsync(0x8E);
        await other.SendAsync(Bytes.Hex("C000"));
        await other.ExpectAsync("D000");
    }

    [Fact]
    public async Task Connection_ends_with_its_credential()
    {
        await using var server = await TestServer.StartAsync();
        using var ending = new CancellationTokenSource();
        server.Ingest.Ended = ending.Token;
        using var client = await server.Connect5Async("c");
        await ending.CancelAsync();
        await client.ExpectDisconnectAsync(0x98);
        using var late = await server.OpenAsync();
        await late.SendAsync(Bytes.Connect5("late"));
        Assert.NotNull(await late.ReadPacketAsync());
        await late.ExpectDisconnectAsync(0x98);
    }

    [Fact]
    public async Task Socket_of_a_client_that_sends_too_much_is_left_alone_for_a_while()
    {
        await using var server = await TestServer.StartAsync(manualTime: true);
        server.Ingest.Pause = TimeSpan.FromSeconds(5);
        using var client = await server.Connect311Async("c");
        await client.SendAsync(Bytes.Publish311("a", "1", 1, 1));
        await client.ExpectAsync("40020001");
        await TestServer.UntilAsync(() => server.Endpoint.Counters.RateWaits == 1);
        server.Ingest.Pause = TimeSpan.Zero;
        await client.SendAsync(Bytes.Publish311("a", "2", 1, 2));
        server.Time!.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(["a=1/1"], server.Ingest.Messages);
        server.Time.Advance(TimeSpan.FromSeconds(1));
        await client.ExpectAsync("40020002");
    }

    [Fact]
    public async Task New_connection_of_a_client_that_sent_too_much_brings_nothing_either()
    {
        await using var server = await TestServer.StartAsync(manualTime: true);
        server.Ingest.FirstPause = TimeSpan.FromSeconds(5);
        using var client = await server.Connect311Async("c");
        await client.SendAsync(Bytes.Publish311("a", "1", 1, 1));
        await TestServer.UntilAsync(() => server.Endpoint.Counters.RateWaits == 1);
        server.Time!.Advance(TimeSpan.FromSeconds(4));
        Assert.Empty(server.Ingest.Messages);
        server.Time.Advance(TimeSpan.FromSeconds(1));
        await client.ExpectAsync("40020001");
    }

    [Fact]
    public void Book_counts_networks_of_ipv6_and_mapped_addresses_as_one()
    {
        var book = Book(o => o.BanAfter = 2);
        foreach (var address in new[] { "2001:db8:1:2::1", "2001:db8:1:2:ffff::9" })
        {
            Enter(book, address)!.NoteBadCredential();
        }

        Assert.Equal("2001:db8:1:2::", Assert.Single(book.Banned).Address.ToString());
        Assert.True(Enter(book, "2001:db8:1:2::77")!.BannedSeconds() > 0);
        Assert.Equal(0, Enter(book, "2001:db8:1:3::1")!.BannedSeconds());
        foreach (var address in new[] { "192.0.2.1", "::ffff:192.0.2.1" })
        {
            Enter(book, address)!.NoteBadCredential();
        }

        Assert.Contains("192.0.2.1", book.Banned.Select(b => b.Address.ToString()));
    }

    [Fact]
    public void Wrong_credentials_far_apart_ban_nobody()
    {
        var book = Book(o => (o.BanAfter, o.BanWindow) = (2, TimeSpan.FromMinutes(1)));
        for (var i = 0; i < 10; i++)
        {
            Enter(book, "192.0.2.1")!.NoteBadCredential();
            _nowMs += 60_000;
        }

        Assert.Empty(book.Banned);
    }

    [Fact]
    public void Book_stays_bounded_and_forgets_no_ban_and_no_connection()
    {
        var book = Book(o => o.BanAfter = 1);
        Enter(book, "192.0.2.1")!.NoteBadCredential();
        var open = Enter(book, "192.0.2.2")!;
        for (var i = 0; i < AddressBook.AddressesMax * 3; i++)
        {
            if (Enter(book, $"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}") is { } connection)
            {
                book.Leave(connection);
            }
        }

        Assert.True(book.Count <= AddressBook.AddressesMax + 1, $"{book.Count}");
        Assert.Single(book.Banned);
        Assert.True(Enter(book, "192.0.2.1")!.BannedSeconds() > 0);
        book.Leave(open);
    }

    [Fact]
    public void Every_connection_that_entered_is_counted_until_it_leaves()
    {
        var book = Book(o => (o.MaxConnectionsPerAddress, o.MaxHalfOpen, o.MaxHalfOpenPerAddress) = (3, 2, 2));
        var a = Enter(book, "192.0.2.1")!;
        var b = Enter(book, "192.0.2.2")!;
        Assert.Null(Enter(book, "192.0.2.3"));
        a.Settle();
        a.Settle();
        var c = Enter(book, "192.0.2.1")!;
        Assert.Null(Enter(book, "192.0.2.3"));
        book.Leave(b);
        book.Leave(c);
        book.Leave(a);
        Assert.NotNull(Enter(book, "192.0.2.3"));
        Assert.NotNull(Enter(book, "192.0.2.3"));
        Assert.Null(Enter(book, "192.0.2.3"));
    }

    private static async Task<byte> ReasonAsync(TestServer server, string clientId = "c")
    {
        using var client = await server.OpenAsync();
        await client.SendAsync(Bytes.Connect5(clientId));
        var connAck = await client.ReadPacketAsync();
        Assert.Equal(0x20, connAck![0]);

        // A long reason string takes a second byte of the length.
        return connAck[1] < 0x80 ? connAck[3] : connAck[4];
    }

    private static async Task<byte[]> ReasonsAsync(TestServer server, int times)
    {
        var reasons = new byte[times];
        for (var i = 0; i < times; i++)
        {
            reasons[i] = await ReasonAsync(server);
        }

        return reasons;
    }

    private static AdmittedConnection? Enter(AddressBook book, string address) => book.Enter(new IPEndPoint(IPAddress.Parse(address), 1), out _);

    private AddressBook Book(Action<MqttOptions> configure)
    {
        var options = new MqttOptions();
        configure(options);
        return new AddressBook(options, () => _nowMs);
    }
}
