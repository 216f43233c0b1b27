using System.Net;
using Api.Tests.Fakes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Quartier.Api;
using Quartier.Api.Questions;

namespace Api.Tests;

/// <summary>Cheap requests in any number.</summary>
public sealed class PaceTests
{
    private const int Rate = 5;
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 7, 2, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Address_without_an_account_is_refused_beyond_its_rate_and_nobody_else_is()
    {
        await using var host = await ApiHost.StartAsync(services: b => b.Services.Configure<QuartierApiOptions>(o =>
        {
            o.HostNames = ["city.example"];
            o.Questions = o.Questions with { PublicRate = Rate };
        }));
        for (var i = 0; i < Rate * PublicPace.BurstSeconds; i++)
        {
            Assert.Equal(200, (await AskAsync(host, "192.0.2.7")).StatusCode);
        }

        var refused = await AskAsync(host, "192.0.2.7");
        Assert.Equal((429, "1"), (refused.StatusCode, refused.Headers.RetryAfter.ToString()));
        Assert.Equal(429, (await AskAsync(host, "::ffff:192.0.2.7")).StatusCode);
        Assert.Equal(429, (await AskAsync(host, "192.0.2.7", path: "/v1.1/Things")).StatusCode);
        Assert.Equal(200, (await AskAsync(host, "192.0.2.8")).StatusCode);
        Assert.Equal(200, (await AskAsync(host, "127.0.0.1")).StatusCode);
        Assert.Equal(200, (await AskAsync(host, "192.0.2.7", host.LocalKey.Reveal())).StatusCode);

        // A wrong key is no way around it: those have a limit of their own.
        Assert.Equal(401, (await AskAsync(host, "192.0.2.7", "qk_nobody_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")).StatusCode);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < Rate; i++)
        {
            Assert.Equal(200, (await AskAsync(host, "192.0.2.7")).StatusCode);
        }

        Assert.Equal(429, (await AskAsync(host, "192.0.2.7")).StatusCode);
    }

    [Fact]
    public void Addresses_beyond_those_that_are_counted_apart_share_one_allowance_until_others_have_been_quiet()
    {
        var pace = new PublicPace(Options.Create(new QuartierApiOptions { Questions = QuestionLimits.Default with { PublicRate = Rate } }), _time);
        for (var i = 0; i < PublicPace.AddressesMax; i++)
        {
            Assert.True(pace.TryTake($"a{i}", out _));
        }

        Assert.Equal(Rate * PublicPace.BurstSeconds, Enumerable.Range(0, 100).Count(i => pace.TryTake($"b{i}", out _)));
        Assert.True(pace.TryTake("a0", out _));
        _time.Advance(TimeSpan.FromSeconds(PublicPace.BurstSeconds));
        Assert.All(Enumerable.Range(0, 100), i => Assert.True(pace.TryTake($"c{i}", out _)));
    }

    private static async Task<HttpResponse> AskAsync(ApiHost host, string address, string? key = null, string path = "/api/cities")
    {
        var answer = await host.Server.SendAsync(
            context =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(address);
                context.Request.Method = "GET";
                context.Request.Host = new("city.example");
                context.Request.Path = path;
                if (key is not null)
                {
                    context.Request.Headers.Authorization = $"Bearer {key}";
                }
            },
            TestContext.Current.CancellationToken);
        return answer.Response;
    }
}
