using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Quartier.Benchmarks.Processes;

/// <summary>A caller of a silo's HTTP interfaces. Benches make their HTTP clients here alone, so that what a caller must show is added in one place.</summary>
internal sealed class SiloClient : IDisposable
{
    /// <summary>For which the load's policy grants the control room everything.</summary>
    private const string Purpose = "betrieb";

    /// <summary>A hundred sensors without a snapshot go through a million readings each in some minutes, in a quarter of an hour beside other work.</summary>
    private static readonly TimeSpan AwakeWithin = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(60);

    private SiloClient(HttpClient http) => Http = http;

    /// <summary>For everything that has no method here; addresses are relative to the silo's.</summary>
    public HttpClient Http { get; }

    /// <summary>Makes a caller of the silo; <paramref name="timeout"/> is a minute when absent.</summary>
    public static SiloClient Of(SiloProcess silo, TimeSpan? timeout = null)
    {
        var http = new HttpClient { BaseAddress = silo.Http, Timeout = timeout ?? AnswerWithin };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", silo.Key);
        http.DefaultRequestHeaders.Add("Quartier-Purpose", Purpose);
        return new(http);
    }

    /// <summary>One sample without labels of <c>/metrics</c>.</summary>
    /// <exception cref="InvalidOperationException">There is no metric of this name.</exception>
    public async Task<double> MetricAsync(string name)
    {
        var text = await Http.GetStringAsync(new Uri("metrics", UriKind.Relative)).ConfigureAwait(false);
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith(name + " ", StringComparison.Ordinal))
            {
                return double.Parse(line[(name.Length + 1)..], CultureInfo.InvariantCulture);
            }
        }

        throw new InvalidOperationException($"/metrics has no {name}.");
    }

    /// <summary>Completes when every registered grain has been woken.</summary>
    /// <exception cref="OperationCanceledException">They were not within half an hour.</exception>
    public Task WhenAwakeAsync() => UntilAsync("quartier_awake", 1, AwakeWithin);

    /// <summary>Completes when so many gateways are connected.</summary>
    /// <exception cref="OperationCanceledException">They were not within a minute.</exception>
    public Task WhenConnectedAsync(int gateways) => UntilAsync("quartier_mqtt_connections", gateways, AnswerWithin);

    /// <summary>What <c>/health</c> says of the store: the status code of the whole, and the detail of the check <c>store</c>.</summary>
    public async Task<(int Status, string Store)> HealthAsync()
    {
        using var response = await Http.GetAsync(new Uri("health", UriKind.Relative)).ConfigureAwait(false);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync().ConfigureAwait(false));
        var store = answer.RootElement.GetProperty("checks").EnumerateArray().First(c => c.GetProperty("name").GetString() == "store");
        return ((int)response.StatusCode, store.GetProperty("detail").GetString() ?? string.Empty);
    }

    /// <summary>Bytes of the journal in use.</summary>
    public async Task<long> JournalBytesAsync()
    {
        using var store = JsonDocument.Parse(await Http.GetStringAsync(new Uri("api/store", UriKind.Relative)).ConfigureAwait(false));
        return store.RootElement.GetProperty("journalBytes").GetInt64();
    }

    /// <inheritdoc/>
    public void Dispose() => Http.Dispose();

    private async Task UntilAsync(string metric, double least, TimeSpan within)
    {
        using var deadline = new CancellationTokenSource(within);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await MetricAsync(metric).ConfigureAwait(false) < least)
        {
            await timer.WaitForNextTickAsync(deadline.Token).ConfigureAwait(false);
        }
    }
}
