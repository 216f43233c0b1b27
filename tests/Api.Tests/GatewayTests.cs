using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Api.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Quartier.Api.Gateways;

namespace Api.Tests;

/// <summary>Credentials of gateways: given, proved, ended, recorded.</summary>
public sealed class GatewayTests
{
    private const string Base = "/api/cities/muenster/gateways";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Password_that_is_made_is_shown_once_and_kept_as_a_digest()
    {
        await using var host = await ApiHost.StartAsync();
        var (name, answer) = await SetAsync(host, "{}");
        var password = answer["password"]!.GetValue<string>();
        Assert.Equal($"muenster/{name}", answer["userName"]!.GetValue<string>());
        Assert.Matches("^[a-z2-9]{32}$", password);
        var kept = Assert.Single(host.Gateways.All.Values);
        Assert.Equal(Rfc2898DeriveBytes.Pbkdf2(password, kept.Salt.AsSpan(), kept.Iterations, HashAlgorithmName.SHA256, 32), kept.Digest);
        var listed = (await host.GetAsync(Base))!.ToJsonString();
        Assert.DoesNotContain(password, listed, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(kept.Digest.AsSpan()), listed, StringComparison.Ordinal);
        Assert.Contains(host.Ledger.Entries, e => e.Entry.Detail == $"password {kept.Id} of gateway {name} set" && e.City == "muenster");
    }

    [Fact]
    public async Task Chosen_password_takes_the_current_number_of_iterations_and_a_weak_one_is_refused()
    {
        await using var host = await ApiHost.StartAsync();
        await SetAsync(host, """{"password": "Zählkasten-7-Promenade"}""");
        Assert.Equal(PasswordDigests.ChosenIterations, Assert.Single(host.Gateways.All.Values).Iterations);
        foreach (var weak in new[] { "short", "aaaaaaaaaaaaaaaaaaaaaaaa", "qk_0123456789abcdef", "with\\u0000control-characters" })
        {
            await SetAsync(host, $$"""{"password": "{{weak}}"}""", 400);
        }

        Assert.Single(host.Gateways.All);
    }

    [Fact]
    public async Task Password_proves_its_gateway_alone_and_until_another_takes_its_place()
    {
        await using var host = await ApiHost.StartAsync();
        var (name, answer) = await SetAsync(host, "{}");
        var first = Encoding.UTF8.GetBytes(answer["password"]!.GetValue<string>());
        var authentication = host.App.Services.GetRequiredService<GatewayAuthentication>();
        var gateway = new GatewayName("muenster", name);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(GatewayFault.None, (await authentication.CheckPasswordAsync(gateway, first, Token)).Fault);
        }

        Assert.Equal(GatewayFault.Wrong, (await authentication.CheckPasswordAsync(gateway, first.AsMemory()[1..], Token)).Fault);
        Assert.Equal(GatewayFault.Wrong, (await authentication.CheckPasswordAsync(new("muenster", "other"), first, Token)).Fault);
        await SetAsync(host, "{}");
        Assert.Equal(GatewayFault.Wrong, (await authentication.CheckPasswordAsync(gateway, first, Token)).Fault);
    }

    [Fact]
    public async Task Revoked_gateway_still_must_prove_itself()
    {
        await using var host = await ApiHost.StartAsync();
        var (name, _) = await SetAsync(host, "{}");
        var book = host.App.Services.GetRequiredService<GatewayBook>();
        Assert.True(book.MustProve(new("muenster", name)));
        using var revoked = await host.Client.DeleteAsync($"{Base}/{name}/credentials", Token);
        Assert.True(revoked.IsSuccessStatusCode);
        await book.ReadAsync(Token);
        Assert.True(book.MustProve(new("muenster", name)));
        Assert.Contains(host.Ledger.Entries, e => e.Entry.Detail?.EndsWith("revoked", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "/x/password")]
    [InlineData("POST", "/x/certificate")]
    [InlineData("DELETE", "/x/credentials")]
    public async Task Only_administrators_may(string method, string path)
    {
        await using var host = await ApiHost.StartAsync();
        using var anybody = host.Anybody();
        using var request = new HttpRequestMessage(new(method), Base + path);
        using var answer = await anybody.SendAsync(request, Token);
        Assert.Equal(401, (int)answer.StatusCode);
        Assert.Empty(host.Gateways.All);
    }

    [Fact]
    public async Task Unknown_gateway_gets_no_credential()
    {
        await using var host = await ApiHost.StartAsync();
        await host.SendAsync(HttpMethod.Post, $"{Base}/nobody/password", "{}", "application/json", 404);
        Assert.Empty(host.Gateways.All);
    }

    [Fact]
    public void Authority_issues_for_the_name_it_is_told_and_trusts_nothing_else()
    {
        using var authority = Authority(out var time);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=town/other,O=Evil", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var issued = authority.Issue(new("town", "g"), request.CreateSigningRequestPem(), time.GetUtcNow().AddDays(10), out var objection);
        Assert.Equal(string.Empty, objection);
        Assert.Equal("CN=town/g", issued!.Subject);
        Assert.False(issued.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        Assert.True(authority.Trusts(issued));
        time.Advance(TimeSpan.FromDays(11));
        Assert.False(authority.Trusts(issued));

        using var another = Authority(out _);
        using var foreign = another.Issue(new("town", "g"), request.CreateSigningRequestPem(), time.GetUtcNow().AddDays(10), out _);
        Assert.False(authority.Trusts(foreign!));
        Assert.False(authority.Trusts(authority.Certificate));
        using var self = request.CreateSelfSigned(time.GetUtcNow().AddDays(-1), time.GetUtcNow().AddDays(1));
        Assert.False(authority.Trusts(self));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----")]
    public void Request_that_is_none_is_refused_with_the_remedy(string request)
    {
        using var authority = Authority(out var time);
        Assert.Null(authority.Issue(new("town", "g"), request, time.GetUtcNow().AddDays(1), out var objection));
        Assert.Contains("openssl req", objection, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(1536)]
    public void Key_that_is_too_short_is_refused(int bits)
    {
        using var authority = Authority(out var time);
        using var rsa = RSA.Create(bits);
        var request = new CertificateRequest("CN=g", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequestPem();
        Assert.Null(authority.Issue(new("town", "g"), request, time.GetUtcNow().AddDays(1), out var objection));
        Assert.Contains("2048", objection, StringComparison.Ordinal);
    }

    private static GatewayAuthority Authority(out ManualTime time)
    {
        time = new(new DateTimeOffset(2026, 7, 2, 0, 0, 0, TimeSpan.Zero));
        var (certificate, key) = GatewayAuthority.Make(RandomNumberGenerator.Create(), time.GetUtcNow());
        return new(X509Certificate2.CreateFromPem(certificate, key), RandomNumberGenerator.Create(), time);
    }

    private static async Task<(string Gateway, System.Text.Json.Nodes.JsonNode Answer)> SetAsync(ApiHost host, string body, int status = 200)
    {
        var gateway = host.Registry.Find("muenster")!.City.Gateways[0].Id;
        return (gateway, (await host.SendAsync(HttpMethod.Post, $"{Base}/{gateway}/password", body, "application/json", status))!);
    }
}
