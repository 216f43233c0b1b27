using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;

namespace Quartier.Client.Policies;

/// <summary>Policies and their way into force (docs/policy-changes.md). Throws like <see cref="QuartierClient"/>.</summary>
public sealed class PoliciesClient
{
    private readonly QuartierClient client;

    internal PoliciesClient(QuartierClient client) => this.client = client;

    /// <summary>All versions of a city's documents, each document's newest first.</summary>
    /// <param name="city">Id of the city.</param>
    /// <param name="district">Only of this district's document; null for all documents.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<IReadOnlyList<PolicyVersion>> ListAsync(string city, string? district, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, Path(city, string.Empty, district), null, ClientJson.Default.IReadOnlyListPolicyVersion, cancellation);

    /// <summary>The file of one version.</summary>
    /// <param name="city">Id of the city.</param>
    /// <param name="district">Id of the district; null for the city's own document.</param>
    /// <param name="version">Which version.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<string> GetFileAsync(string city, string? district, long version, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path(city, Text(version), district));
        return await client.SendTextAsync(request, cancellation).ConfigureAwait(false);
    }

    /// <summary>What holds in a district and where it comes from.</summary>
    public Task<EffectivePolicy> GetEffectiveAsync(string city, string district, CancellationToken cancellation) => SendAsync(
        HttpMethod.Get, Path(city, "effective/" + Uri.EscapeDataString(district)), null, ClientJson.Default.EffectivePolicy, cancellation);

    /// <summary>Whether a file could be proposed; throws with its problems when not.</summary>
    public Task<PolicyAnswer> CheckAsync(string city, byte[] yaml, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, Path(city, "check"), yaml, ClientJson.Default.PolicyAnswer, cancellation);

    /// <summary>What a file would change.</summary>
    public Task<PolicyDifference> CompareAsync(string city, byte[] yaml, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, Path(city, "difference"), yaml, ClientJson.Default.PolicyDifference, cancellation);

    /// <summary>What a version would change.</summary>
    public Task<PolicyDifference> CompareAsync(string city, string? district, long version, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, Path(city, Text(version) + "/difference", district), null, ClientJson.Default.PolicyDifference, cancellation);

    /// <summary>Proposes a file as the next version of its document.</summary>
    /// <param name="city">Id of the city.</param>
    /// <param name="yaml">The file.</param>
    /// <param name="effective">When it is to take effect; null for on approval.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<PolicyAnswer> ProposeAsync(string city, byte[] yaml, DateTimeOffset? effective, CancellationToken cancellation)
    {
        var query = effective is { } time ? "?effective=" + time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) : string.Empty;
        return SendAsync(HttpMethod.Post, Path(city, string.Empty) + query, yaml, ClientJson.Default.PolicyAnswer, cancellation);
    }

    /// <summary>Approves what another person has proposed.</summary>
    public Task<PolicyAnswer> ApproveAsync(string city, string? district, long version, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, Path(city, Text(version) + "/approve", district), null, ClientJson.Default.PolicyAnswer, cancellation);

    /// <summary>Withdraws a proposal, or rejects another person's.</summary>
    public Task<PolicyAnswer> WithdrawAsync(string city, string? district, long version, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, Path(city, Text(version) + "/withdraw", district), null, ClientJson.Default.PolicyAnswer, cancellation);

    private static string Path(string city, string rest, string? district = null) =>
        $"api/cities/{Uri.EscapeDataString(city)}/policies{(rest.Length > 0 ? "/" : string.Empty)}{rest}"
        + (district is null ? string.Empty : "?district=" + Uri.EscapeDataString(district));

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);

    private async Task<T> SendAsync<T>(HttpMethod method, string path, byte[]? yaml, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path);
        if (yaml is not null)
        {
            request.Content = new ByteArrayContent(yaml);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/yaml");
        }

        return await client.SendAsync(request, type, cancellation).ConfigureAwait(false);
    }
}
