using System.Net;
using Api.Tests.Fakes;
using Microsoft.AspNetCore.Http;

namespace Api.Tests;

public sealed class SecurityTests
{
    [Theory]
    [InlineData("localhost:5080", 200)]
    [InlineData("LOCALHOST:5080", 200)]
    [InlineData("127.0.0.1:5080", 200)]
    [InlineData("127.8.8.8:5080", 200)]
    [InlineData("[::1]:5080", 200)]
    [InlineData("localhost", 421)]
    [InlineData("localhost:5081", 421)]
    [InlineData("evil.example:5080", 421)]
    [InlineData("localhost.evil.example:5080", 421)]
    [InlineData("127.0.0.1.evil.example:5080", 421)]
    [InlineData("192.168.1.5:5080", 421)]
    [InlineData("2130706433:5080", 421)]
    [InlineData("127.1:5080", 421)]
    public async Task Only_a_loopback_name_with_the_servers_port_is_answered(string host, int status)
    {
        await using var api = await ApiHost.StartAsync();
        var context = await api.Server.SendAsync(c => Request(c, "GET", host), TestContext.Current.CancellationToken);
        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal(status == 200 ? "application/json; charset=utf-8" : "application/problem+json", context.Response.ContentType);
    }

    [Theory]
    [InlineData("127.0.0.1", 200)]
    [InlineData("::1", 200)]
    [InlineData("::ffff:127.0.0.1", 200)]
    [InlineData("10.0.0.7", 403)]
    public async Task Only_callers_on_the_machine_are_answered(string remote, int status)
    {
        await using var api = await ApiHost.StartAsync();
        var context = await api.Server.SendAsync(
            c =>
            {
                Request(c, "GET", "localhost:5080");
                c.Connection.RemoteIpAddress = IPAddress.Parse(remote);
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(status, context.Response.StatusCode);
    }

    [Theory]
    [InlineData(null, null, 200)]
    [InlineData("http://localhost:5080", "same-origin", 200)]
    [InlineData("http://localhost:5080", null, 200)]
    [InlineData(null, "none", 200)]
    [InlineData("http://localhost:3000", null, 403)]
    [InlineData("https://localhost:5080", null, 403)]
    [InlineData("http://127.0.0.1:5080", null, 403)]
    [InlineData("https://evil.example", null, 403)]
    [InlineData("null", null, 403)]
    [InlineData(null, "cross-site", 403)]
    [InlineData("http://localhost:5080", "same-site", 403)]
    public async Task Pages_of_other_origins_change_nothing(string? origin, string? site, int status)
    {
        await using var api = await ApiHost.StartAsync();
        var context = await api.Server.SendAsync(
            c =>
            {
                Request(c, "PUT", "localhost:5080");
                c.Request.Path = "/api/cities/muenster/registry";
                c.Request.ContentType = "application/yaml";
                c.Request.Headers.Origin = origin;
                c.Request.Headers["Sec-Fetch-Site"] = site;
                c.Request.Headers.Authorization = "Bearer " + api.LocalKey.Reveal();
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal(status == 200 ? 1 : 0, api.City().Applied.Count);
    }

    [Fact]
    public async Task Pages_of_other_origins_get_no_permission_to_read()
    {
        await using var api = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/cities");
        request.Headers.Add("Origin", "https://evil.example");
        using var response = await api.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(response.Headers, h => h.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("/api/cities")]
    [InlineData("/api/nowhere")]
    [InlineData("/health")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        await using var api = await ApiHost.StartAsync();
        using var response = await api.Client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            response.Headers.GetValues("Content-Security-Policy").Single());
    }

    private static void Request(HttpContext context, string method, string host)
    {
        context.Request.Method = method;
        context.Request.Scheme = "http";
        context.Request.Path = "/api/cities";
        context.Request.Host = new(host);
        context.Connection.LocalPort = 5080;
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
    }
}
