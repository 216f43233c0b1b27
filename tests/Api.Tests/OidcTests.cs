using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Api.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Quartier.Api;
using Quartier.Api.Accounts.Oidc;
using Quartier.Contracts.Principals;

namespace Api.Tests;

/// <summary>Signing in by OpenID Connect, at a provider on a real socket.</summary>
public sealed class OidcTests
{
    private static readonly Person Anna = new("a-meier", "A. Meier", [], [Role.Operator], null, null, null, "Anna@Stadt.example", Enabled: true);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Linked_person_signs_in_and_the_subject_counts_from_then_on()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var host = await StartAsync(provider);
        provider.Claims = c => (c["email"], c["email_verified"]) = ("anna@stadt.example", true);
        var (status, cookie, _) = await SignInAsync(host, provider);
        Assert.Equal(302, status);
        Assert.Equal((provider.Issuer, "subject-1"), (host.Accounts.Persons["a-meier"].Issuer, host.Accounts.Persons["a-meier"].Subject));
        using var client = host.Anybody();
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        Assert.Equal("person:a-meier", (await client.GetFromJsonAsync<JsonNode>("/api/me", Token))!["principal"]!.GetValue<string>());

        // The address may change hands at the provider; the subject does not.
        provider.Subject = "subject-2";
        Assert.Equal(403, (await SignInAsync(host, provider)).Status);
        provider.Subject = "subject-1";
        provider.Claims = _ => { };
        Assert.Equal(302, (await SignInAsync(host, provider)).Status);
    }

    [Theory]
    [InlineData("stranger@stadt.example", true)]
    [InlineData("anna@stadt.example", false)]
    [InlineData("anna@stadt.example", "false")]
    [InlineData("anna@stadt.example", null)]
    public async Task Whoever_is_linked_to_no_person_is_refused_and_listed(string email, object? verified)
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var host = await StartAsync(provider);
        provider.Claims = c =>
        {
            c["email"] = email;
            if (verified is not null)
            {
                c["email_verified"] = verified;
            }
        };
        Assert.Equal((403, null), await ShortAsync(host, provider));
        var listed = (await host.GetAsync("/api/sign-in/refused"))!.AsArray().Single()!;
        Assert.Equal("subject-1", listed["subject"]!.GetValue<string>());
        Assert.Equal(verified is true ? email : null, listed["email"]?.GetValue<string>());
        await host.SendAsync(
            HttpMethod.Patch, "/api/persons/a-meier", $$"""{"issuer":"{{provider.Issuer}}","subject":"subject-1"}""", "application/json");
        Assert.Equal(302, (await SignInAsync(host, provider)).Status);
    }

    [Fact]
    public async Task Disabled_person_is_refused()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var host = await StartAsync(provider);
        host.Accounts.Persons["a-meier"] = Anna with { Issuer = provider.Issuer, Subject = "subject-1", Enabled = false };
        Assert.Equal((403, null), await ShortAsync(host, provider));
    }

    [Theory]
    [InlineData("nonce", "another")]
    [InlineData("iss", "http://evil.example")]
    [InlineData("aud", "another-program")]
    [InlineData("azp", "another-program")]
    [InlineData("sub", "")]
    [InlineData("exp", -121L)]
    [InlineData("iat", 121L)]
    [InlineData("nbf", 121L)]
    [InlineData("exp", null)]
    [InlineData("iat", null)]
    [InlineData("nonce", null)]
    public async Task Token_that_is_not_for_this_sign_in_is_refused(string claim, object? value)
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var host = await StartAsync(provider, linked: true);
        provider.Claims = c =>
        {
            c.Remove(claim);
            if (value is not null)
            {
                c[claim] = value is long offset ? provider.Now().ToUnixTimeSeconds() + offset : value;
            }
        };
        Assert.Equal((401, null), await ShortAsync(host, provider));
        Assert.Empty(host.Accounts.Sessions);
    }

    [Fact]
    public async Task Token_for_several_programs_is_refused_without_its_party()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var host = await StartAsync(provider, linked: true);
        provider.Claims = c => c["aud"] = new[] { IdentityProvider.ClientId, "another" };
        Assert.Equal((401, null), await ShortAsync(host, provider));
        provider.Claims = c => (c["aud"], c["azp"]) = (new[] { IdentityProvider.ClientId, "another" }, IdentityProvider.ClientId);
        Assert.Equal(302, (await SignInAsync(host, provider)).Status);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("hs256")]
    [InlineData("changed")]
    [InlineData("unsigned")]
    [InlineData("text")]
    public async Task Token_without_the_providers_signature_is_refused(string attack)
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var host = await StartAsync(provider, linked: true);
        provider.Token = token => Forge(attack, token);
        Assert.Equal((401, null), await ShortAsync(host, provider));
        Assert.Empty(host.Accounts.Sessions);
        Assert.DoesNotContain(host.Logs, l => l.Text.Contains("eyJ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sign_in_comes_back_once_to_the_browser_that_began_it_and_in_time()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var host = await StartAsync(provider, linked: true);
        using var client = host.Anybody();
        var (address, browser) = await BeginAsync(client);
        var back = provider.Approve(address);
        Assert.Equal(401, (await ReturnAsync(client, back, null)).Status);
        Assert.Equal(401, (await ReturnAsync(client, back, browser)).Status);

        (address, browser) = await BeginAsync(client);
        back = provider.Approve(address);
        var (_, otherBrowser) = await BeginAsync(client);
        Assert.Equal(401, (await ReturnAsync(client, back, otherBrowser)).Status);

        (address, browser) = await BeginAsync(client);
        back = provider.Approve(address);
        Assert.Equal(401, (await ReturnAsync(client, back.Replace("state=", "state=x"), browser)).Status);
        Assert.Equal(302, (await ReturnAsync(client, back, browser)).Status);
        Assert.Equal(401, (await ReturnAsync(client, back, browser)).Status);

        (address, browser) = await BeginAsync(client);
        back = provider.Approve(address);
        host.Time.Advance(PendingSignIns.Life);
        Assert.Equal(401, (await ReturnAsync(client, back, browser)).Status);
        Assert.Single(host.Accounts.Sessions);
    }

    [Fact]
    public async Task Code_of_another_sign_in_is_refused_because_the_verifier_differs()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var host = await StartAsync(provider, linked: true);
        using var client = host.Anybody();
        var (attackers, _) = await BeginAsync(client);
        var stolen = provider.Approve(attackers).Split('&')[0].Split('=')[1];
        var (address, browser) = await BeginAsync(client);
        var back = provider.Approve(address);
        var own = back.Split('&')[0].Split('=')[1];
        Assert.Equal(401, (await ReturnAsync(client, back.Replace(own, stolen), browser)).Status);
        Assert.Empty(host.Accounts.Sessions);
    }

    [Fact]
    public async Task New_key_of_the_provider_is_fetched_when_a_token_names_it_and_at_most_once_a_minute()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var host = await StartAsync(provider, linked: true);
        Assert.Equal(302, (await SignInAsync(host, provider)).Status);
        provider.ChangeKey();
        Assert.Equal((401, null), await ShortAsync(host, provider));
        Assert.Equal(1, provider.KeysFetched);
        host.Time.Advance(OidcProvider.RefreshAtMost);
        Assert.Equal(302, (await SignInAsync(host, provider)).Status);
        Assert.Equal(2, provider.KeysFetched);
    }

    [Fact]
    public async Task Provider_that_calls_itself_otherwise_or_is_away_is_not_used()
    {
        var provider = await IdentityProvider.StartAsync();
        await using var host = await StartAsync(provider, linked: true);
        using var client = host.Anybody();
        provider.PublishedIssuer = "http://evil.example";
        await UnavailableAsync();
        await provider.DisposeAsync();
        await UnavailableAsync();

        async Task UnavailableAsync()
        {
            using var response = await client.GetAsync("/api/sign-in/oidc/start", Token);
            Assert.Equal(503, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task Without_a_provider_the_stations_say_how_to_sign_in()
    {
        await using var host = await ApiHost.StartAsync();
        Assert.Contains("--oidc-issuer", (await host.GetAsync("/api/sign-in/oidc/start", 404))!["detail"]!.GetValue<string>());
        await host.GetAsync("/api/sign-in/oidc/callback?code=a&state=b", 404);
    }

    private static async Task<ApiHost> StartAsync(IdentityProvider provider, bool linked = false)
    {
        var host = await ApiHost.StartAsync(
            h => h.Accounts.Persons["a-meier"] = linked ? Anna with { Issuer = provider.Issuer, Subject = "subject-1" } : Anna,
            b => b.Services.Configure<QuartierApiOptions>(o => o.Oidc = new(provider.Issuer, IdentityProvider.ClientId, IdentityProvider.ClientSecret)));
        provider.Now = () => host.Time.GetUtcNow();
        return host;
    }

    private static async Task<(Uri Address, string Browser)> BeginAsync(HttpClient client)
    {
        using var response = await client.GetAsync("/api/sign-in/oidc/start", Token);
        Assert.Equal(302, (int)response.StatusCode);
        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("; path=/api/sign-in/oidc; samesite=lax; httponly", cookie);
        return (response.Headers.Location!, cookie.Split(';')[0]);
    }

    private static async Task<(int Status, string? Cookie)> ReturnAsync(HttpClient client, string path, string? browser)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (browser is not null)
        {
            request.Headers.Add("Cookie", browser);
        }

        using var response = await client.SendAsync(request, Token);
        var cookie = response.Headers.GetValues("Set-Cookie").FirstOrDefault(c => c.StartsWith("quartier-session=", StringComparison.Ordinal))?.Split(';')[0];
        Assert.Equal(response.StatusCode == System.Net.HttpStatusCode.Redirect ? "/#/" : null, response.Headers.Location?.ToString());
        return ((int)response.StatusCode, cookie);
    }

    private static async Task<(int Status, string? Cookie, string Path)> SignInAsync(ApiHost host, IdentityProvider provider)
    {
        using var client = host.Anybody();
        var (address, browser) = await BeginAsync(client);
        var path = provider.Approve(address);
        var (status, cookie) = await ReturnAsync(client, path, browser);
        return (status, cookie, path);
    }

    private static async Task<(int Status, string? Cookie)> ShortAsync(ApiHost host, IdentityProvider provider)
    {
        var (status, cookie, _) = await SignInAsync(host, provider);
        return (status, cookie);
    }

    private static string Forge(string attack, string token)
    {
        var parts = token.Split('.');
        var payload = parts[1];
        switch (attack)
        {
            case "none":
                return $"{IdentityProvider.Encode("""{"alg":"none","typ":"JWT"}""")}.{payload}.";
            case "hs256":
                var text = $"{IdentityProvider.Encode("""{"alg":"HS256","kid":"first","typ":"JWT"}""")}.{payload}";
                var mac = System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes("first"), Encoding.ASCII.GetBytes(text));
                return $"{text}.{System.Buffers.Text.Base64Url.EncodeToString(mac)}";
            case "changed":
                var json = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(payload)).Replace("subject-1", "subject-9");
                return $"{parts[0]}.{IdentityProvider.Encode(json)}.{parts[2]}";
            case "unsigned":
                return $"{parts[0]}.{payload}.";
            default:
                return "no token";
        }
    }
}
