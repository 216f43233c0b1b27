using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Api.Tests.Fakes;

/// <summary>An identity provider on a socket: discovery, keys, codes for one use, PKCE checked, RS256 tokens written by hand.</summary>
internal sealed class IdentityProvider : IAsyncDisposable
{
    public const string ClientId = "quartier";
    public const string ClientSecret = "s3cret/with:signs";

    private readonly ConcurrentDictionary<string, (string Challenge, string Nonce, string RedirectUri)> _codes = new();
    private readonly WebApplication _app;
    private RSA _key = RSA.Create(2048);
    private int _number;

    private IdentityProvider(WebApplication app) => _app = app;

    public string Issuer => _app.Urls.Single();

    public string KeyId { get; private set; } = "first";

    public string Subject { get; set; } = "subject-1";

    /// <summary>Changes the claims before they are signed.</summary>
    public Action<Dictionary<string, object>> Claims { get; set; } = _ => { };

    /// <summary>Changes the finished token.</summary>
    public Func<string, string> Token { get; set; } = token => token;

    public string? PublishedIssuer { get; set; }

    public int KeysFetched { get; private set; }

    public Func<DateTimeOffset> Now { get; set; } = () => DateTimeOffset.UnixEpoch;

    public static async Task<IdentityProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var provider = new IdentityProvider(builder.Build());
        provider._app.MapGet("/.well-known/openid-configuration", provider.Discovery);
        provider._app.MapGet("/keys", provider.Keys);
        provider._app.MapPost("/token", provider.ExchangeAsync);
        await provider._app.StartAsync(TestContext.Current.CancellationToken);
        return provider;
    }

    /// <summary>What the person's browser does there: signs in, and gets the address to return to.</summary>
    public string Approve(Uri authorization)
    {
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(authorization.Query);
        Assert.Equal(Issuer + "/authorize", authorization.GetLeftPart(UriPartial.Path));
        Assert.Equal(("code", ClientId, "S256"), (query["response_type"].ToString(), query["client_id"].ToString(), query["code_challenge_method"].ToString()));
        var code = $"code-{++_number}";
        _codes[code] = (query["code_challenge"]!, query["nonce"]!, query["redirect_uri"]!);
        return $"/api/sign-in/oidc/callback?code={code}&state={query["state"]}&session_state=x";
    }

    public void ChangeKey() => (_key, KeyId) = (RSA.Create(2048), "second");

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    public string Sign(string header, string payload)
    {
        var text = $"{Encode(header)}.{Encode(payload)}";
        return $"{text}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private IResult Discovery() => Results.Json(new
    {
        issuer = PublishedIssuer ?? Issuer,
        authorization_endpoint = Issuer + "/authorize",
        token_endpoint = Issuer + "/token",
        jwks_uri = Issuer + "/keys",
    });

    private IResult Keys()
    {
        KeysFetched++;
        var parameters = _key.ExportParameters(includePrivateParameters: false);
        return Results.Json(new
        {
            keys = new[]
            {
                new { kty = "RSA", use = "sig", alg = "RS256", kid = KeyId, n = Base64Url.EncodeToString(parameters.Modulus!), e = Base64Url.EncodeToString(parameters.Exponent!) },
            },
        });
    }

    private async Task<IResult> ExchangeAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync(TestContext.Current.CancellationToken);
        var expected = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{Uri.EscapeDataString(ClientSecret)}"));
        if (request.Headers.Authorization != "Basic " + expected
            || !_codes.TryRemove(form["code"].ToString(), out var begun)
            || form["redirect_uri"] != begun.RedirectUri
            || Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != begun.Challenge)
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        var now = Now().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = Issuer,
            ["aud"] = ClientId,
            ["sub"] = Subject,
            ["nonce"] = begun.Nonce,
            ["iat"] = now,
            ["exp"] = now + 300,
        };
        Claims(claims);
        var token = Sign(JsonSerializer.Serialize(new { alg = "RS256", kid = KeyId, typ = "JWT" }), JsonSerializer.Serialize(claims));
        return Results.Json(new { access_token = "a", token_type = "Bearer", id_token = Token(token) });
    }
}
