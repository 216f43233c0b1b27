using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Quartier.Api.Accounts.Oidc;

/// <summary>Talks to the identity provider: its metadata and keys, refreshed, and the exchange of a code.</summary>
internal sealed class OidcProvider(OidcSettings settings, HttpClient http, TimeProvider time) : IDisposable
{
    /// <summary>Longest answer, in bytes: keys and tokens are a few thousand.</summary>
    public const int AnswerMaxBytes = 256 * 1024;

    /// <summary>A provider that does not answer must not hold a browser for longer.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    /// <summary>Metadata are fetched again when they are older than this.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromHours(12);

    /// <summary>A token with an unknown key fetches them at once, but not more often than this: anybody can send such a token.</summary>
    public static readonly TimeSpan RefreshAtMost = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private OidcMetadata? _metadata;
    private long _fetched;

    public OidcSettings Settings => settings;

    /// <summary>A client for the provider: no redirections, which could lead tokens elsewhere.</summary>
    public static HttpClient CreateHttp() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = AnswerWithin,
        MaxResponseContentBufferSize = AnswerMaxBytes,
    };

    /// <summary>The provider's metadata.</summary>
    /// <param name="isKeyUnknown">True after a token was signed by a key that is not among them.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="OidcException">The provider cannot be reached or contradicts itself.</exception>
    public async Task<OidcMetadata> MetadataAsync(bool isKeyUnknown, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_metadata is { } known && time.GetElapsedTime(_fetched) < (isKeyUnknown ? RefreshAtMost : FreshFor))
            {
                return known;
            }

            _metadata = await FetchAsync(cancellationToken).ConfigureAwait(false);
            _fetched = time.GetTimestamp();
            return _metadata;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Exchanges a code for the ID token (OpenID Connect Core 1.0, 3.1.3), proving the start of the flow by its verifier (RFC 7636).</summary>
    /// <exception cref="OidcException">The provider refuses the code, cannot be reached, or answers something else.</exception>
    public async Task<string> ExchangeAsync(string code, string verifier, string redirectUri, CancellationToken cancellationToken)
    {
        var metadata = await MetadataAsync(isKeyUnknown: false, cancellationToken).ConfigureAwait(false);
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = redirectUri,
            ["code_verifier"] = verifier,
            ["client_id"] = settings.ClientId,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, metadata.Token) { Content = new FormUrlEncodedContent(form) };
        if (settings.ClientSecret is { } secret)
        {
            // RFC 6749, 2.3.1: both parts are form-encoded before they are joined.
            var pair = $"{Uri.EscapeDataString(settings.ClientId)}:{Uri.EscapeDataString(secret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }

        using var answer = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        return Text(answer.RootElement, "id_token");
    }

    public void Dispose()
    {
        http.Dispose();
        _gate.Dispose();
    }

    private async Task<OidcMetadata> FetchAsync(CancellationToken cancellationToken)
    {
        var address = new Uri(settings.Issuer.TrimEnd('/') + "/.well-known/openid-configuration");
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var document = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        var root = document.RootElement;
        if (Text(root, "issuer") is var issuer && issuer != settings.Issuer)
        {
            throw new OidcException($"It calls itself '{issuer}', not '{settings.Issuer}'. Give --oidc-issuer to the letter.");
        }

        using var keyRequest = new HttpRequestMessage(HttpMethod.Get, Address(root, "jwks_uri"));
        using var keys = await SendAsync(keyRequest, cancellationToken).ConfigureAwait(false);
        return new(Address(root, "authorization_endpoint"), Address(root, "token_endpoint"), Keys(keys.RootElement));
    }

    private static IReadOnlyList<SecurityKey> Keys(JsonElement document)
    {
        try
        {
            return [.. new JsonWebKeySet(document.GetRawText()).GetSigningKeys()];
        }
        catch (ArgumentException malformed)
        {
            throw new OidcException("Its keys cannot be read.", malformed);
        }
    }

    private async Task<JsonDocument> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false))
                : throw new OidcException($"{request.RequestUri!.GetLeftPart(UriPartial.Path)} answered with status {(int)response.StatusCode}.");
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException)
        {
            throw new OidcException($"{request.RequestUri!.GetLeftPart(UriPartial.Path)} gave no usable answer: {failure.Message}", failure);
        }
        catch (TaskCanceledException timeout) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OidcException($"{request.RequestUri!.GetLeftPart(UriPartial.Path)} did not answer within {AnswerWithin.TotalSeconds:0} s.", timeout);
        }
    }

    private static string Text(JsonElement document, string name) =>
        document.ValueKind == JsonValueKind.Object && document.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new OidcException($"Its answer has no '{name}'.");

    // A provider beyond the machine must not lead tokens or secrets over plain text.
    private static Uri Address(JsonElement document, string name) =>
        Uri.TryCreate(Text(document, name), UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            ? uri
            : throw new OidcException($"Its '{name}' is no https address.");
}
