using System.Net.Http.Headers;
using Api.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Api.Tests;

public sealed class ErrorTests
{
    [Theory]
    [InlineData("/api/cities/munster", "'muenster'")]
    [InlineData("/api/cities/muenster/districts/mite", "'mitte'")]
    [InlineData("/api/cities/muenster/sensors?district=haven", "'hafen'")]
    [InlineData("/api/cities/muenster/assets/theater", "'parkhaus-theater'")]
    [InlineData("/api/cities/muenster/sensors/promenade/zahler", "'promenade/zaehler'")]
    [InlineData("/api/cities/muenster/sensors/promenade/zaehler/totl/latest", "'total'")]
    [InlineData("/api/cities/muenster/districts/nothing-like-it", "lists those of the city")]
    [InlineData("/api/nowhere", "/openapi/v1.json")]
    [InlineData("/nowhere", "/openapi/v1.json")]
    public async Task Unknown_name_is_answered_with_what_is_near(string path, string hint)
    {
        await using var host = await ApiHost.StartAsync();
        Assert.Contains(hint, (await host.GetAsync(path, 404))!["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task Long_or_odd_names_are_not_repeated_whole()
    {
        await using var host = await ApiHost.StartAsync();
        var detail = (await host.GetAsync("/api/cities/" + new string('x', 3_000) + "%0a", 404))!["detail"]!.GetValue<string>();
        Assert.True(detail.Length < 300);
        Assert.DoesNotContain((await host.GetAsync("/api/cities/a%0ab", 404))!["detail"]!.GetValue<string>(), char.IsControl);
    }

    [Theory]
    [InlineData("/api/cities?foo=1", "'foo'")]
    [InlineData("/api/cities/muenster/sensors?distrikt=mitte", "district")]
    [InlineData("/api/store?limit=1", "'limit'")]
    public async Task Parameter_that_the_route_does_not_take_is_refused(string path, string hint)
    {
        await using var host = await ApiHost.StartAsync();
        Assert.Contains(hint, (await host.GetAsync(path, 400))!["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task Method_that_the_route_does_not_take_is_refused_with_those_it_does()
    {
        await using var host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/cities/muenster/registry");
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(405, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["GET", "PUT"], response.Content.Headers.Allow.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Unforeseen_failure_is_logged_and_shows_nothing_of_the_inside()
    {
        await using var host = await ApiHost.StartAsync(h => h.Store.Failure = new InvalidOperationException("secret detail"));
        var problem = (await host.GetAsync("/api/store", 500))!;
        Assert.DoesNotContain("secret", problem.ToJsonString());
        var log = Assert.Single(host.Logs, l => l.Id.Id == 5000);
        Assert.Equal(LogLevel.Error, log.Level);
        Assert.Contains("/api/store", log.Text);
    }

    [Theory]
    [InlineData("GET", "/api/cities/muenster/sensors/promenade/zaehler", "Ask again.")]
    [InlineData("PUT", "/api/cities/muenster/registry", "look before you repeat it")]
    public async Task What_did_not_answer_in_time_is_said_to_be_busy_and_worth_another_try(string method, string path, string hint)
    {
        await using var host = await ApiHost.StartAsync(h =>
        {
            h.Sensor("promenade", "zaehler").Failure = new TimeoutException("Response did not arrive on time in 00:00:30.");
            h.City().Failure = new TimeoutException("Response did not arrive on time in 01:00:00.");
        });
        using var request = new HttpRequestMessage(new(method), path);
        request.Content = method == "PUT" ? new StringContent("city: muenster", System.Text.Encoding.UTF8, "application/yaml") : null;
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal((503, 30), ((int)response.StatusCode, (int)response.Headers.RetryAfter!.Delta!.Value.TotalSeconds));
        Assert.Contains(hint, text, StringComparison.Ordinal);
        Assert.Contains(host.Logs, l => l.Id.Id == 5011 && l.Level == LogLevel.Warning);
    }

    /// <summary>The service's exception used to stop the host, and with it the silo.</summary>
    [Fact]
    public async Task Sensor_that_does_not_answer_at_the_start_does_not_stop_the_host()
    {
        await using var host = await ApiHost.StartAsync(h => h.Sensor("promenade", "zaehler").Failure = new TimeoutException("Response did not arrive on time."));
        var start = host.App.Services.GetServices<IHostedService>().OfType<Quartier.Api.SensorThings.Projection.ProjectionStart>().Single();
        await start.ExecuteTask!;
        Assert.Single(host.Logs, l => l.Id.Id == 5022);
        Assert.False(host.App.Lifetime.ApplicationStopping.IsCancellationRequested);

        // The next answer tries again.
        await host.GetAsync("/v1.1/Things", 503);
        host.Sensor("promenade", "zaehler").Failure = null;
        await host.GetAsync("/v1.1/Things");
    }

    [Theory]
    [InlineData("/api/cities", 200)]
    [InlineData("/api/cities/muenster/outlines", 200)]
    [InlineData("/health", 200)]
    [InlineData("/metrics", 200)]
    [InlineData("/api/cities/munster", 404)]
    public async Task Head_answers_like_get_without_the_body(string path, int status)
    {
        await using var host = await ApiHost.StartAsync();
        using var get = await host.Client.GetAsync(path, TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var head = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Json_is_compressed_for_those_who_ask(string coding)
    {
        await using var host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/cities/muenster");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(coding));
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal([coding], response.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
    }
}
