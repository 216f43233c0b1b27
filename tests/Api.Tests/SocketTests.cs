using System.Net.Http.Headers;
using Api.Tests.Fakes;

namespace Api.Tests;

/// <summary>What only the real server shows: ports, bodies on the wire, lines that stay open.</summary>
public sealed class SocketTests
{
    private const string Registry = "/api/cities/muenster/registry";

    [Theory]
    [InlineData(null, 200)]
    [InlineData("localhost:1", 421)]
    [InlineData("evil.example", 421)]
    public async Task Host_must_name_the_port_on_which_the_server_listens(string? name, int status)
    {
        await using var host = await ApiHost.ListenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/cities");
        request.Headers.Host = name;
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("/api/cities", 200)]
    [InlineData("/api/nowhere", 404)]
    public async Task Head_has_no_body_and_leaves_the_connection_usable(string path, int status)
    {
        await using var host = await ApiHost.ListenAsync();
        for (var i = 0; i < 3; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, path);
            using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(status, (int)response.StatusCode);
            Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }

        await host.GetAsync("/api/cities");
    }

    [Theory]
    [InlineData(200_000, 200)]
    [InlineData((16 * 1024 * 1024) + 1, 413)]
    public async Task Registry_file_may_be_longer_than_other_bodies(int bytes, int status)
    {
        await using var host = await ApiHost.ListenAsync();
        using var content = new StringContent(new string('#', bytes), new MediaTypeHeaderValue("application/yaml"));
        using var request = new HttpRequestMessage(HttpMethod.Put, Registry) { Content = content };

        // The server refuses by the announced length without reading on; a client that does not wait for it may see the line cut.
        request.Headers.ExpectContinue = true;
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 200 ? 1 : 0, host.City().Applied.Count);
    }

    [Fact]
    public async Task Body_of_unknown_length_is_cut_off_at_the_limit()
    {
        await using var host = await ApiHost.ListenAsync();
        using var content = new StringContent($$"""{"by":"{{new string('a', 70_000)}}"}""", new MediaTypeHeaderValue("application/json"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/sign-in") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(413, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Open_line_does_not_keep_the_host_from_stopping()
    {
        await using var host = await ApiHost.ListenAsync();
        using var response = await host.Client.GetAsync(
            "/api/cities/muenster/live", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal(": watching", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        host.Feed.Changed("muenster", "sensor/promenade/zaehler");
        host.Time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal("retry: 3000", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Equal(string.Empty, await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Equal("event: changed", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        await host.App.StopAsync(TestContext.Current.CancellationToken);
        Assert.EndsWith("\n\n", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, host.Feed.Watchers);
    }
}
