using System.Net;
using System.Net.WebSockets;
using Mqtt.Tests.Wire;

namespace Mqtt.Tests.Server;

/// <summary>MQTT over WebSocket (section 6), frame by frame.</summary>
public sealed class WebSockets
{
    [Fact]
    public async Task Packets_may_span_frames_and_frames_hold_several()
    {
        await using var server = await TestServer.StartAsync();
        using var socket = await OpenAsync(server, "mqtt");
        Assert.Equal("mqtt", socket.SubProtocol);
        foreach (var single in Bytes.Connect311("c"))
        {
            await SendAsync(socket, [single]);
        }

        Assert.Equal("20020000", await ReadAsync(socket, 4));
        byte[] two = [.. Bytes.Publish311("a", "1", 1, 1), .. Bytes.Publish311("a", "2", 1, 2)];
        await SendAsync(socket, two[..7]);
        await SendAsync(socket, two[7..]);
        Assert.Equal("4002000140020002", await ReadAsync(socket, 8));
        Assert.Equal(["a=1/1", "a=2/1"], server.Ingest.Messages);
        await SendAsync(socket, Bytes.Hex("E000"));
        await EndsAsync(socket);
        await TestServer.UntilAsync(() => server.Endpoint.Counters.Connections == 0);
    }

    [Fact]
    public async Task Packet_larger_than_the_buffers_goes_both_ways()
    {
        await using var server = await TestServer.StartAsync();
        using var socket = await OpenAsync(server, "mqtt");
        await SendAsync(socket, [.. Bytes.Connect311("c"), .. Bytes.Subscribe311(1, ("#", 0))]);
        Assert.Equal("20020000" + "9003000100", await ReadAsync(socket, 9));
        var publish = Bytes.Publish311("a", new string('x', 300_000));
        await SendAsync(socket, publish);
        Assert.Equal(Convert.ToHexString(publish), await ReadAsync(socket, publish.Length));
    }

    [Fact]
    public async Task Text_frame_closes_the_connection()
    {
        await using var server = await TestServer.StartAsync();
        using var socket = await OpenAsync(server, "mqtt");
        await socket.SendAsync(new ArraySegment<byte>([0x10]), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        await EndsAsync(socket);
        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, socket.CloseStatus);
        await TestServer.UntilAsync(() => server.Endpoint.Counters.Connections == 0);
    }

    [Fact]
    public async Task Client_that_goes_away_leaves_its_will_and_no_connection()
    {
        await using var server = await TestServer.StartAsync();
        using (var socket = await OpenAsync(server, "mqtt"))
        {
            await SendAsync(socket, Bytes.Connect5WithWill("c", "will", "gone"));
            await ReadAsync(socket, 2);
            socket.Abort();
        }

        await TestServer.UntilAsync(() => server.Endpoint.Counters.Connections == 0);
        Assert.Equal(["will=gone/0"], server.Ingest.Messages);
    }

    [Fact]
    public async Task Silent_connection_is_closed_in_time()
    {
        await using var server = await TestServer.StartAsync(manualTime: true);
        using var socket = await OpenAsync(server, "mqtt");
        await TestServer.UntilAsync(() => server.Endpoint.Counters.Connections == 1);
        server.Time!.Advance(TimeSpan.FromSeconds(11));
        await EndsAsync(socket);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.BadRequest)]
    [InlineData("graphql-ws", HttpStatusCode.BadRequest)]
    public async Task Other_subprotocols_are_refused(string? subprotocol, HttpStatusCode status)
    {
        await using var server = await TestServer.StartAsync();
        using var socket = new ClientWebSocket { Options = { CollectHttpResponseDetails = true } };
        if (subprotocol is not null)
        {
            socket.Options.AddSubProtocol(subprotocol);
        }

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(AddressOf(server), TestContext.Current.CancellationToken));
        Assert.Equal(status, socket.HttpStatusCode);
    }

    [Theory]
    [InlineData("https://evil.example", false)]
    [InlineData("null", false)]
    [InlineData("http://localhost:1", false)]
    [InlineData("own", true)]
    public async Task Pages_of_other_origins_get_no_connection(string origin, bool allowed)
    {
        await using var server = await TestServer.StartAsync();
        using var socket = new ClientWebSocket { Options = { CollectHttpResponseDetails = true } };
        socket.Options.AddSubProtocol("mqtt");
        socket.Options.SetRequestHeader("Origin", origin == "own" ? $"http://127.0.0.1:{server.HttpPort}" : origin);
        var failed = await Record.ExceptionAsync(() => socket.ConnectAsync(AddressOf(server), TestContext.Current.CancellationToken));
        Assert.Equal(allowed, failed is null);
        Assert.Equal(allowed ? HttpStatusCode.SwitchingProtocols : HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    [Fact]
    public async Task Request_that_is_no_websocket_is_told_what_is_expected()
    {
        await using var server = await TestServer.StartAsync();
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{server.HttpPort}/mqtt"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
    }

    private static Uri AddressOf(TestServer server) => new($"ws://127.0.0.1:{server.HttpPort}/mqtt");

    private static async Task<ClientWebSocket> OpenAsync(TestServer server, string subprotocol)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(subprotocol);
        await socket.ConnectAsync(AddressOf(server), TestContext.Current.CancellationToken);
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, byte[] bytes) =>
        socket.SendAsync(new ArraySegment<byte>(bytes), WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);

    private static async Task<string> ReadAsync(ClientWebSocket socket, int bytes)
    {
        var buffer = new byte[bytes];
        for (var read = 0; read < bytes;)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(read), TestContext.Current.CancellationToken);
            Assert.Equal(WebSocketMessageType.Binary, part.MessageType);
            read += part.Count;
        }

        return Convert.ToHexString(buffer);
    }

    private static async Task EndsAsync(ClientWebSocket socket)
    {
        var buffer = new byte[1024];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken)).MessageType != WebSocketMessageType.Close)
            {
                // What was said before the end.
            }
        }
        catch (WebSocketException)
        {
            Assert.NotEqual(WebSocketState.Open, socket.State);
        }
    }
}
