using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Api.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Quartier.Api.Accounts;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Principals;

namespace Api.Tests;

/// <summary>Links that work once, and the sessions that begin by them.</summary>
public sealed class SignInTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task First_start_lets_the_administrator_in_once_and_no_second_start_does()
    {
        await using var host = await ApiHost.StartAsync();
        var first = host.App.Services.GetRequiredService<FirstAdministrator>();
        var path = await first.LinkAsync(Token);
        Assert.Matches("^/#/sign-in/ql_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$", path);
        Assert.Null(await first.LinkAsync(Token));
        using var client = host.Anybody();
        var (cookie, me) = await SignInAsync(client, path!.Split('/')[^1]);
        Assert.Equal(("person:administrator", "session"), (me["principal"]!.GetValue<string>(), me["credential"]!.GetValue<string>()));
        Assert.Equal(200, await StatusAsync(client, cookie, "/api/persons"));
        Assert.Equal("ended-credential", await RefusedAsync(client, path.Split('/')[^1]));
    }

    [Fact]
    public async Task Cookie_is_out_of_reach_for_scripts_and_foreign_pages()
    {
        await using var host = await ApiHost.StartAsync();
        using var client = host.Anybody();
        using var response = await client.PostAsJsonAsync("/api/sign-in", new { token = await LinkAsync(host) }, Token);
        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        Assert.Matches("^quartier-session=qs_[0-9a-f]{16}_[A-Za-z0-9_-]{43}; max-age=604800; path=/; samesite=strict; httponly$", cookie);
        Assert.Contains("no-store", response.Headers.CacheControl!.ToString());
        Assert.DoesNotContain("qs_", await response.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Link_works_for_one_of_many_who_try_at_once()
    {
        await using var host = await ApiHost.StartAsync();
        var token = await LinkAsync(host);
        using var client = host.Anybody();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.PostAsJsonAsync("/api/sign-in", new { token }, Token)));
        Assert.Single(answers, a => a.IsSuccessStatusCode);
        Assert.Single(host.Accounts.Sessions);
    }

    [Fact]
    public async Task Link_ends_after_an_hour()
    {
        await using var host = await ApiHost.StartAsync();
        var token = await LinkAsync(host);
        host.Time.Advance(AccountLimits.LinkLife);
        using var client = host.Anybody();
        Assert.Equal("ended-credential", await RefusedAsync(client, token));
        Assert.Empty(host.Accounts.Sessions);
    }

    [Theory]
    [InlineData("ql_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("")]
    [InlineData("ql_")]
    public async Task Wrong_link_is_refused(string token)
    {
        await using var host = await ApiHost.StartAsync();
        using var client = host.Anybody();
        Assert.Equal("wrong-credential", await RefusedAsync(client, token));
    }

    [Fact]
    public async Task Link_with_another_secret_is_wrong_and_leaves_the_link_usable()
    {
        await using var host = await ApiHost.StartAsync();
        var token = await LinkAsync(host);
        using var client = host.Anybody();
        Assert.Equal("wrong-credential", await RefusedAsync(client, token[..^43] + new string('A', 43)));
        await SignInAsync(client, token);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_whoever_copied_the_cookie()
    {
        await using var host = await ApiHost.StartAsync();
        using var client = host.Anybody();
        var (cookie, _) = await SignInAsync(client, await LinkAsync(host));
        Assert.Equal(200, await StatusAsync(client, cookie, "/api/me"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/sign-out");
        request.Headers.Add("Cookie", cookie);
        using var response = await client.SendAsync(request, Token);
        Assert.Equal("public", (await response.Content.ReadFromJsonAsync<JsonNode>(Token))!["principal"]!.GetValue<string>());
        Assert.StartsWith("quartier-session=; max-age=0;", response.Headers.GetValues("Set-Cookie").Single());
        Assert.Equal(401, await StatusAsync(client, cookie, "/api/me"));
        Assert.Equal(
            ["signed in by link", "signed out"],
            host.Ledger.Entries.Where(e => e.Entry.Kind == LedgerEntryKind.SignIn && e.Entry.Who == "person:a-meier").Select(e => e.Entry.Detail!.Replace(" " + Id(e.Entry.Detail), string.Empty)));

        static string Id(string detail) => detail.Split(' ')[^1] is { Length: 16 } id ? id : "-";
    }

    [Fact]
    public async Task Somebody_with_an_ended_session_can_sign_in_again_and_out()
    {
        await using var host = await ApiHost.StartAsync();
        using var client = host.Anybody();
        var (cookie, _) = await SignInAsync(client, await LinkAsync(host));
        host.Time.Advance(AccountLimits.SessionLife);
        Assert.Equal(401, await StatusAsync(client, cookie, "/api/cities"));
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        await SignInAsync(client, await LinkAsync(host, "b-meier"));
        using var response = await client.PostAsync("/api/sign-out", null, Token);
        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task Session_that_is_used_lives_a_week_and_one_that_is_not_ends_in_the_evening()
    {
        await using var host = await ApiHost.StartAsync();
        using var client = host.Anybody();
        var (used, _) = await SignInAsync(client, await LinkAsync(host));
        var (idle, _) = await SignInAsync(client, await LinkAsync(host, "b-meier"));
        for (var elapsed = TimeSpan.Zero; elapsed < AccountLimits.SessionLife - TimeSpan.FromHours(11); elapsed += TimeSpan.FromHours(11))
        {
            host.Time.Advance(TimeSpan.FromHours(11));
            Assert.Equal(200, await StatusAsync(client, used, "/api/me"));
        }

        Assert.Equal(401, await StatusAsync(client, idle, "/api/me"));
        host.Time.Advance(TimeSpan.FromHours(11));
        Assert.Equal(401, await StatusAsync(client, used, "/api/me"));
    }

    [Fact]
    public async Task Cookie_of_somebody_else_is_wrong()
    {
        await using var host = await ApiHost.StartAsync();
        using var client = host.Anybody();
        var (cookie, _) = await SignInAsync(client, await LinkAsync(host));
        Assert.Equal(401, await StatusAsync(client, cookie[..^43] + new string('A', 43), "/api/cities"));
        Assert.Equal(401, await StatusAsync(client, "quartier-session=x", "/api/cities"));
        using var bearer = host.With(cookie.Split('=')[1]);
        using var response = await bearer.GetAsync("/api/cities", Token);
        Assert.Equal(401, (int)response.StatusCode);
    }

    private static async Task<string> LinkAsync(ApiHost host, string person = "a-meier")
    {
        await host.SendAsync(HttpMethod.Post, "/api/persons", $$"""{"id":"{{person}}","name":"A. Meier","roles":["operator"]}""", "application/json");
        var made = await host.SendAsync(HttpMethod.Post, $"/api/persons/{person}/sign-in-link", "", "application/json");
        Assert.StartsWith("http://localhost/#/sign-in/ql_", made!["link"]!.GetValue<string>());
        return made["link"]!.GetValue<string>().Split('/')[^1];
    }

    private static async Task<(string Cookie, JsonNode Me)> SignInAsync(HttpClient client, string token)
    {
        using var response = await client.PostAsJsonAsync("/api/sign-in", new { token }, Token);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Token));
        return (response.Headers.GetValues("Set-Cookie").Single().Split(';')[0], (await response.Content.ReadFromJsonAsync<JsonNode>(Token))!);
    }

    private static async Task<string> RefusedAsync(HttpClient client, string token)
    {
        using var response = await client.PostAsJsonAsync("/api/sign-in", new { token }, Token);
        Assert.Equal(401, (int)response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        return (await response.Content.ReadFromJsonAsync<JsonNode>(Token))!["type"]!.GetValue<string>().Split(':')[^1];
    }

    private static async Task<int> StatusAsync(HttpClient client, string cookie, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", cookie);
        using var response = await client.SendAsync(request, Token);
        return (int)response.StatusCode;
    }
}
