using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Quartier.Gateway.Load;

namespace Quartier.Benchmarks.Processes;

/// <summary>Brings the policy of the load tests' city into force: proposed by the local key's administrator, approved by a person made for it.</summary>
internal static class BenchPolicy
{
    private const string Approver = "approver";
    private static readonly TimeSpan KeyLife = TimeSpan.FromHours(1);
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(5);

    public static async Task ApplyAsync(SiloProcess silo)
    {
        using var proposer = Connect(silo, silo.Key);
        await SendAsync(proposer, "api/persons", JsonContent.Create(new { id = Approver, name = "Approver", roles = new[] { "approver" } })).ConfigureAwait(false);
        var until = TimeProvider.System.GetUtcNow() + KeyLife;
        using var made = await SendAsync(proposer, "api/keys", JsonContent.Create(new { person = Approver, until })).ConfigureAwait(false);
        using var body = new StringContent(LoadPolicy.Yaml, MediaTypeHeaderValue.Parse("application/yaml"));
        using var proposed = await SendAsync(proposer, $"api/cities/{LoadCity.Id}/policies", body).ConfigureAwait(false);
        using var approver = Connect(silo, made.RootElement.GetProperty("key").GetString()!);
        var version = proposed.RootElement.GetProperty("version").GetProperty("version").GetInt64();
        using var approved = await SendAsync(approver, FormattableString.Invariant($"api/cities/{LoadCity.Id}/policies/{version}/approve"), null).ConfigureAwait(false);
    }

    private static HttpClient Connect(SiloProcess silo, string key)
    {
        var http = new HttpClient { BaseAddress = silo.Http, Timeout = Within };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    private static async Task<JsonDocument> SendAsync(HttpClient http, string path, HttpContent? body)
    {
        using var response = await http.PostAsync(new Uri(path, UriKind.Relative), body).ConfigureAwait(false);
        var text = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        return response.IsSuccessStatusCode ? JsonDocument.Parse(text) : throw new InvalidOperationException($"POST {path} was refused with {(int)response.StatusCode}: {text}");
    }
}
