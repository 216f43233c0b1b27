using System.Net.Http.Headers;
using Quartier.Gateway.Load;

namespace Quartier.Benchmarks.Processes;

/// <summary>Registers the city that load tests use.</summary>
internal static class BenchCity
{
    private static readonly TimeSpan ApplyWithin = TimeSpan.FromMinutes(5);

    /// <summary>Applies a registry of that many sensors to a running silo, and the policy without which all of it would be in quarantine.</summary>
    public static async Task ApplyAsync(SiloProcess silo, int gateways, int sensors, bool withRules, bool withPlaces = false)
    {
        using var yaml = new StringWriter();
        LoadCity.Write(yaml, gateways, sensors, withRules, withPlaces);
        using var client = SiloClient.Of(silo, ApplyWithin);
        using var body = new StringContent(yaml.ToString());
        body.Headers.ContentType = new MediaTypeHeaderValue("application/yaml");
        using var response = await client.Http.PutAsync(new Uri($"api/cities/{LoadCity.Id}/registry", UriKind.Relative), body).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            var text = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
            throw new InvalidOperationException($"The registry was refused with {(int)response.StatusCode}: {text}");
        }

        await BenchPolicy.ApplyAsync(silo).ConfigureAwait(false);
    }
}
