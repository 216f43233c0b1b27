using System.Net;
using System.Text.RegularExpressions;
using Api.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Quartier.Api;
using Quartier.Api.Metrics;

namespace Api.Tests;

public sealed partial class MetricTests
{
    [Fact]
    public async Task Metrics_of_all_parts_are_in_the_text_format()
    {
        await using var host = await ApiHost.StartAsync(services: b => b.Services.AddQuartierMetrics((_, writer) => writer
            .Metric(MetricKind.Counter, "quartier_mqtt_publishes_total", "Publishes.").Sample(3, ("qos", "1"))));
        await host.GetAsync("/api/cities");
        await host.GetAsync("/api/cities/none", 404);
        using var response = await host.Client.GetAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("# TYPE quartier_mqtt_publishes_total counter\nquartier_mqtt_publishes_total{qos=\"1\"} 3\n", text);
        Assert.Contains("quartier_http_requests_total{method=\"GET\",route=\"/api/cities\",status=\"200\"} 1\n", text);
        Assert.Contains("quartier_http_requests_total{method=\"GET\",route=\"/api/cities/{city}\",status=\"404\"} 1\n", text);
        Assert.Contains("quartier_store_accepting 1\n", text);
        Assert.Contains("quartier_live_watchers 0\n", text);
        Assert.All(text.TrimEnd('\n').Split('\n'), line => Assert.Matches(Line(), line));
        Assert.Equal(Families(text).Count(), Families(text).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("127.0.0.1", "localhost", null, false, 200)]
    [InlineData("127.0.0.1", "data.example.org", null, false, 401)]
    [InlineData("127.0.0.1", "localhost", "X-Forwarded-For", false, 401)]
    [InlineData("127.0.0.1", "localhost", "Forwarded", false, 401)]
    [InlineData("10.0.0.7", "data.example.org", null, false, 401)]
    [InlineData("10.0.0.7", "data.example.org", null, true, 200)]
    public async Task Metrics_are_for_programs_on_the_machine_and_for_who_sees_the_books(string remote, string name, string? proxy, bool signedIn, int status)
    {
        await using var host = await ApiHost.StartAsync(services: b => b.Services.Configure<QuartierApiOptions>(o => o.HostNames = ["data.example.org"]));
        var context = await host.Server.SendAsync(
            c =>
            {
                c.Request.Method = "GET";
                c.Request.Path = "/metrics";
                c.Request.Host = new(name);
                c.Connection.RemoteIpAddress = IPAddress.Parse(remote);
                c.Request.Headers.Authorization = signedIn ? "Bearer " + host.LocalKey.Reveal() : default;
                if (proxy is not null)
                {
                    c.Request.Headers[proxy] = "203.0.113.9";
                }
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(status, context.Response.StatusCode);
    }

    [Fact]
    public void Labels_and_help_are_escaped()
    {
        var writer = new MetricWriter();
        writer.Metric(MetricKind.Gauge, "a", "back\\slash\nand \"quotes\"").Sample(1.5, ("l", "x\\y\n\"z\""), ("m", "ü"));
        Assert.Equal("# HELP a back\\\\slash\\nand \"quotes\"\n# TYPE a gauge\na{l=\"x\\\\y\\n\\\"z\\\"\",m=\"ü\"} 1.5\n", writer.ToString());
    }

    [Fact]
    public void Numbers_that_are_none_have_their_own_words()
    {
        var writer = new MetricWriter();
        writer.Metric(MetricKind.Gauge, "a", "h").Sample(double.NaN).Sample(double.PositiveInfinity).Sample(double.NegativeInfinity).Sample(1e21);
        Assert.EndsWith("a NaN\na +Inf\na -Inf\na 1E+21\n", writer.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1a")]
    [InlineData("a-b")]
    public void Names_that_cannot_be_used_are_refused(string name) =>
        Assert.Throws<ArgumentException>(() => new MetricWriter().Metric(MetricKind.Gauge, name, "h"));

    [Fact]
    public void Metric_written_twice_is_refused()
    {
        var writer = new MetricWriter();
        writer.Metric(MetricKind.Gauge, "a", "h");
        Assert.Throws<InvalidOperationException>(() => writer.Metric(MetricKind.Gauge, "a", "h"));
        Assert.Throws<InvalidOperationException>(() => new MetricWriter().Sample(1));
    }

    private static IEnumerable<string> Families(string text) => text.Split('\n').Where(l => l.StartsWith("# TYPE", StringComparison.Ordinal));

    [GeneratedRegex("""^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.E+-]+)$""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Line();
}
