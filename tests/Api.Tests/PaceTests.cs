using System.Net;
using System.Net.Http.Json;
using Api.Tests.Fakes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Quartier.Api;
using Quartier.Api.Accounts;
using Quartier.Api.Http;
using Quartier.Api.Questions;
using Quartier.Contracts.Principals;

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
        for (var i = 0; i < Rate * Allowances.BurstSeconds; i++)
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

    /// <summary>Nobody looks at the credential there, so that any would do.</summary>
    [Fact]
    public async Task Credential_that_nobody_checks_is_no_way_around_the_addresses_rate()
    {
        await using var host = await ApiHost.StartAsync(services: b => b.Services.Configure<QuartierApiOptions>(o =>
        {
            o.HostNames = ["city.example"];
            o.Questions = o.Questions with { PublicRate = Rate };
        }));
        for (var i = 0; i < Rate * Allowances.BurstSeconds; i++)
        {
            await AskAsync(host, "192.0.2.7", "made up", "/health");
        }

        Assert.Equal(429, (await AskAsync(host, "192.0.2.7", "made up", "/health")).StatusCode);
        Assert.Equal(429, (await AskAsync(host, "192.0.2.7", host.LocalKey.Reveal(), "/openapi/v1.json")).StatusCode);
        Assert.Equal(200, (await AskAsync(host, "192.0.2.7", host.LocalKey.Reveal(), "/api/cities")).StatusCode);
    }

    [Fact]
    public async Task Account_is_refused_beyond_its_rate_with_all_its_keys_wherever_from_and_nobody_else_is()
    {
        await using var host = await AccountsAsync();
        var (one, two, other) = (await KeyAsync(host, "anna"), await KeyAsync(host, "anna"), await KeyAsync(host, "berta"));
        for (var i = 0; i < Rate * Allowances.BurstSeconds; i++)
        {
            Assert.Equal(200, (await AskAsync(host, i % 2 == 0 ? "127.0.0.1" : "192.0.2.7", i % 3 == 0 ? one : two)).StatusCode);
        }

        var refused = await AskAsync(host, "192.0.2.8", one);
        Assert.Equal((429, "1"), (refused.StatusCode, refused.Headers.RetryAfter.ToString()));
        var problem = await new StreamReader(refused.Body).ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("An account may send 5 requests a second, and 50 at once; person:anna has sent more.", problem, StringComparison.Ordinal);
        Assert.Contains("--account-rate", problem, StringComparison.Ordinal);
        Assert.Equal(429, (await AskAsync(host, "127.0.0.1", two, "/v1.1/Things")).StatusCode);
        Assert.Equal(429, (await AskAsync(host, "127.0.0.1", two, "/api/cities?as=public")).StatusCode);
        Assert.Equal(200, (await AskAsync(host, "127.0.0.1", other)).StatusCode);
        Assert.Equal(200, (await AskAsync(host, "127.0.0.1", host.LocalKey.Reveal())).StatusCode);
        Assert.Equal(200, (await AskAsync(host, "127.0.0.1")).StatusCode);
        Assert.Contains("quartier_http_account_refused_total 3", await host.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < Rate; i++)
        {
            Assert.Equal(200, (await AskAsync(host, "127.0.0.1", one)).StatusCode);
        }

        Assert.Equal(429, (await AskAsync(host, "127.0.0.1", one)).StatusCode);
    }

    /// <summary>An Observation that is written counts a tenth; one that is refused counts in full, or writing would be the cheap way to keep a core busy.</summary>
    [Theory]
    [InlineData(false, Rate * Allowances.BurstSeconds * 10)]
    [InlineData(true, Rate * Allowances.BurstSeconds)]
    public void Writes_count_a_tenth_unless_they_write_nothing(bool refused, int most)
    {
        var pace = new AccountPace(Options.Create(new QuartierApiOptions { Questions = QuestionLimits.Default with { AccountRate = Rate } }), _time);
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Path) = ("POST", "/v1.1/Observations");
        var person = new Principal(PrincipalKind.Person, "anna", "Anna", [], [], null, long.MaxValue);
        var caller = new Caller(person, null) { Credential = new(CredentialFault.None, person, "key:1", string.Empty, 0, 1) };
        context.Features.Set(caller);
        var passed = 0;
        while (passed < 10_000 && pace.Refuse(context, caller) is null)
        {
            passed++;
            pace.Note(context, caller, refused ? Problems.Forbidden("not yours") : Results.Created());
        }

        // The last whole one is not taken by tenths: what is left below one waits.
        Assert.InRange(passed, most - 10, most);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(pace.Refuse(context, caller));
    }

    [Fact]
    public async Task Account_has_no_limit_where_the_operator_wants_none()
    {
        await using var host = await AccountsAsync(rate: 0);
        var key = await KeyAsync(host, "anna");
        for (var i = 0; i < 2 * Rate * Allowances.BurstSeconds; i++)
        {
            Assert.Equal(200, (await AskAsync(host, "127.0.0.1", key)).StatusCode);
        }
    }

    [Fact]
    public void Addresses_beyond_those_that_are_counted_apart_share_one_allowance_until_others_have_been_quiet()
    {
        var pace = new PublicPace(Options.Create(new QuartierApiOptions { Questions = QuestionLimits.Default with { PublicRate = Rate } }), _time);
        for (var i = 0; i < Allowances.CallersMax; i++)
        {
            Assert.True(pace.TryTake($"a{i}", out _));
        }

        Assert.Equal(Rate * Allowances.BurstSeconds, Enumerable.Range(0, 100).Count(i => pace.TryTake($"b{i}", out _)));
        Assert.True(pace.TryTake("a0", out _));
        _time.Advance(TimeSpan.FromSeconds(Allowances.BurstSeconds));
        Assert.All(Enumerable.Range(0, 100), i => Assert.True(pace.TryTake($"c{i}", out _)));
    }

    private static Task<ApiHost> AccountsAsync(int rate = Rate) => ApiHost.StartAsync(services: b => b.Services.Configure<QuartierApiOptions>(o =>
    {
        o.HostNames = ["city.example"];
        o.Questions = o.Questions with { AccountRate = rate };
    }));

    /// <summary>A key of a person, who is added with the first.</summary>
    private static async Task<string> KeyAsync(ApiHost host, string person)
    {
        using var added = await host.Client.PostAsJsonAsync(
            "/api/persons", new { id = person, name = person, roles = Array.Empty<string>(), offices = Array.Empty<string>() }, TestContext.Current.CancellationToken);
        var made = await host.SendAsync(
            HttpMethod.Post, "/api/keys", $$"""{"person": "{{person}}", "until": "2026-07-30T00:00:00Z"}""", "application/json");
        return made!["key"]!.GetValue<string>();
    }

    private static async Task<HttpResponse> AskAsync(ApiHost host, string address, string? key = null, string path = "/api/cities")
    {
        var answer = await host.Server.SendAsync(
            context =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(address);
                context.Request.Method = "GET";
                context.Request.Host = new("city.example");
                context.Request.Path = path.Split('?')[0];
                context.Request.QueryString = new(path.Contains('?', StringComparison.Ordinal) ? path[path.IndexOf('?', StringComparison.Ordinal)..] : string.Empty);
                if (key is not null)
                {
                    context.Request.Headers.Authorization = $"Bearer {key}";
                }
            },
            TestContext.Current.CancellationToken);
        return answer.Response;
    }
}
