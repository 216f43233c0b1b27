using System.Net;
using System.Text.Json.Nodes;
using Api.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Quartier.Api;
using Quartier.Api.Questions;
using Quartier.Contracts.Readings;

namespace Api.Tests;

/// <summary>Dear requests, as far as they may be open at once.</summary>
public sealed class QuestionTests
{
    private const string Export = "/api/cities/muenster/export?from=2026-07-01T12:00:00Z&to=2026-07-02T00:00:00Z&streams=promenade/zaehler/total";
    private const string Aggregates = "/api/cities/muenster/sensors/promenade/zaehler/total/aggregates?window=PT1M&to=2026-07-02T00:00:00Z&from=";

    [Fact]
    public async Task Caller_has_so_many_dear_requests_open_and_the_next_is_told_when_to_come_again()
    {
        await using var host = await StartAsync(new(20_000, 2, 3, 4));
        using var anybody = host.Anybody();
        host.Store.Held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var open = await OpenAsync(host, anybody, 2);
        var (response, text) = await anybody.AskAsync(Export);
        using (response)
        {
            Assert.Equal((HttpStatusCode.TooManyRequests, "5"), (response.StatusCode, response.Headers.RetryAfter?.ToString()));
            var problem = JsonNode.Parse(text)!;
            Assert.Equal("urn:quartier:problem:too-many-questions", problem["type"]!.GetValue<string>());
            Assert.Contains("2 at a time are answered for one caller, and 127.0.0.1 has as many open", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        }

        // An account has its own places, and pages that cost little need none.
        var own = await OpenAsync(host, host.Client, 2);
        await anybody.JsonAsync(Aggregates + "2026-07-01T22:00:00Z", 200);
        await host.Client.JsonAsync(Export + "&purpose=operation", 429);
        await host.Client.JsonAsync(Export + "&as=public", 429);
        Assert.Equal("4", await MetricAsync(host, "quartier_http_dear_requests"));
        host.Store.Held.SetResult();
        foreach (var answer in open.Concat(own))
        {
            Assert.Equal(HttpStatusCode.OK, (await answer).Response.StatusCode);
        }

        host.Store.Held = null;
        await FreeAsync(host);
        await anybody.AskAsync(Export);
        Assert.Equal("5", await MetricAsync(host, "quartier_http_dear_requests_total"));
        Assert.Equal("3", await MetricAsync(host, "quartier_http_dear_requests_refused_total{limit=\"caller\"}"));
    }

    [Theory]
    [InlineData(5, 1, 3, "public", "for all without an account")]
    [InlineData(5, 3, 1, "all", "1 at a time are answered, and as many are open")]
    public async Task Those_without_account_and_all_together_have_limits_too(int caller, int without, int all, string limit, string detail)
    {
        await using var host = await StartAsync(new(20_000, caller, without, all));
        using var anybody = host.Anybody();
        host.Store.Held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var open = await OpenAsync(host, anybody, 1);
        Assert.Contains(detail, (await anybody.JsonAsync(Export, 429))["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("1", await MetricAsync(host, $"quartier_http_dear_requests_refused_total{{limit=\"{limit}\"}}"));
        if (limit == "public")
        {
            open = [.. open, .. await OpenAsync(host, host.Client, 1)];
        }

        host.Store.Held.SetResult();
        await Task.WhenAll(open);
        await FreeAsync(host);
    }

    [Fact]
    public async Task Place_is_given_back_by_those_who_leave_and_by_those_who_fail()
    {
        await using var host = await StartAsync(new(20_000, 1, 3, 4));
        using var anybody = host.Anybody();
        for (var i = 0; i < 3; i++)
        {
            host.Store.Held = new(TaskCreationOptions.RunContinuationsAsynchronously);
            using var leaves = new CancellationTokenSource();
            using var request = new HttpRequestMessage(HttpMethod.Get, Export);
            var open = anybody.SendAsync(request, leaves.Token);
            var waits = host.Store.Waiting.WaitAsync(TestContext.Current.CancellationToken);
            Assert.True(await Task.WhenAny(open, waits) == waits);
            await anybody.JsonAsync(Export, 429);
            await leaves.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => open);
            await FreeAsync(host);
            host.Store.Held = null;
            host.Store.Failure = i == 0 ? new StoreException("The disk is full.") : new InvalidOperationException("Nobody foresaw it.");
            var (response, _) = await anybody.AskAsync(Export);
            Assert.Equal(i == 0 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.InternalServerError, response.StatusCode);
            response.Dispose();
            host.Store.Failure = null;
            await FreeAsync(host);
        }

        var (last, text) = await anybody.AskAsync(Export);
        Assert.True(last.StatusCode == HttpStatusCode.OK, text);
        last.Dispose();
    }

    [Fact]
    public async Task Many_windows_need_a_place_and_few_need_none()
    {
        await using var host = await StartAsync(new(20_000, 1, 3, 4));
        using var anybody = host.Anybody();
        host.Store.Held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var open = await OpenAsync(host, anybody, 1);
        await anybody.JsonAsync(Aggregates + "2026-07-01T07:20:00Z", 200);
        await anybody.JsonAsync(Aggregates + "2026-07-01T07:19:00Z", 429);
        host.Store.Held.SetResult();
        await Task.WhenAll(open);
        await FreeAsync(host);
        await anybody.JsonAsync(Aggregates + "2026-07-01T07:19:00Z", 200);
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("::1", "::1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::", "2001:db8:1:2::/64")]
    [InlineData(null, "an unknown address")]
    public void Caller_without_account_is_his_network(string? address, string expected) =>
        Assert.Equal(expected, QuestionCaller.Network(address is null ? null : IPAddress.Parse(address)));

    [Fact]
    public void Places_are_those_that_a_list_of_who_is_open_leaves()
    {
        var random = new Random(20261129);
        for (var round = 0; round < 200; round++)
        {
            var limits = new QuestionLimits(0, random.Next(1, 4), random.Next(1, 6), random.Next(1, 8));
            var places = new QuestionPlaces(Options.Create(new QuartierApiOptions { Questions = limits }));
            var open = new List<QuestionCaller>();
            for (var step = 0; step < 100; step++)
            {
                if (open.Count > 0 && random.Next(5) < 2)
                {
                    var leaves = random.Next(open.Count);
                    places.GiveBack(open[leaves]);
                    open.RemoveAt(leaves);
                    continue;
                }

                var caller = new QuestionCaller($"c{random.Next(5)}", random.Next(2) == 0);
                caller = caller with { Key = $"{caller.Key} {caller.IsPublic}" };
                var expected = open.Count(o => o.Key == caller.Key) >= limits.Caller ? QuestionLimit.Caller
                    : caller.IsPublic && open.Count(o => o.IsPublic) >= limits.Public ? QuestionLimit.Public
                    : open.Count >= limits.All ? QuestionLimit.All
                    : QuestionLimit.None;
                Assert.Equal(expected, places.Take(caller));
                open.AddRange(expected == QuestionLimit.None ? [caller] : []);
            }
        }
    }

    private static async Task<ApiHost> StartAsync(QuestionLimits limits)
    {
        var host = await ApiHost.StartAsync(
            h => h.Policies.Set(SamplePolicy.Open.With(SamplePolicy.Grant("all-know", "public", "values", "information"))),
            b => b.Services.Configure<QuartierApiOptions>(o => o.Questions = limits),
            socket: true);
        host.Put("promenade", "zaehler", 0, new Reading(SamplePolicy.Now - (6 * SamplePolicy.Hour), 3, Quality.Good));
        return host;
    }

    /// <summary>Sends exports that wait for the store, one after another, until all of them do.</summary>
    private static async Task<List<Task<(HttpResponseMessage Response, string Text)>>> OpenAsync(ApiHost host, HttpClient client, int count)
    {
        var open = new List<Task<(HttpResponseMessage Response, string Text)>>();
        for (var i = 0; i < count; i++)
        {
            var asked = client.AskAsync(client == host.Client ? Export + "&purpose=operation" : Export);
            open.Add(asked);
            var waits = host.Store.Waiting.WaitAsync(TestContext.Current.CancellationToken);
            Assert.True(await Task.WhenAny(asked, waits) == waits, asked.IsCompletedSuccessfully ? (await asked).Text : "failed");
        }

        return open;
    }

    private static async Task<string> MetricAsync(ApiHost host, string name)
    {
        var text = await host.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        return text.Split('\n').First(l => l.StartsWith(name + " ", StringComparison.Ordinal))[(name.Length + 1)..];
    }

    private static async Task FreeAsync(ApiHost host)
    {
        while (await MetricAsync(host, "quartier_http_dear_requests") != "0")
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }
}
