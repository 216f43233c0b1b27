using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Quartier.Client.Accounts;
using Quartier.Client.Alerts;
using Quartier.Client.Assets;
using Quartier.Client.Backups;
using Quartier.Client.Books;
using Quartier.Client.Bridges;
using Quartier.Client.Cities;
using Quartier.Client.Decisions;
using Quartier.Client.Gateways;
using Quartier.Client.Health;
using Quartier.Client.Ledgers;
using Quartier.Client.Policies;
using Quartier.Client.Postures;
using Quartier.Client.Readings;
using Quartier.Client.Registers;
using Quartier.Client.Registry;
using Quartier.Client.Retention;
using Quartier.Client.Sensors;

namespace Quartier.Client;

/// <summary>
/// The native HTTP API (docs/api.md) with types. Every method throws <see cref="QuartierProblemException"/> with the server's own text when
/// the server refuses, cannot be reached or answers with something else than the API.
/// </summary>
public sealed class QuartierClient
{
    private readonly HttpClient http;

    /// <summary>Creates a client.</summary>
    /// <param name="http">Its base address is the server's; the caller owns it.</param>
    /// <exception cref="ArgumentException">It has no base address.</exception>
    public QuartierClient(HttpClient http)
    {
        ArgumentNullException.ThrowIfNull(http);
        this.http = http.BaseAddress is null ? throw new ArgumentException("The HTTP client needs a base address.", nameof(http)) : http;
    }

    /// <summary>Persons, keys and sign-ins.</summary>
    public AccountsClient Accounts => new(this);

    /// <summary>Gateways and their credentials.</summary>
    public GatewaysClient Gateways => new(this);

    /// <summary>How the installation stands.</summary>
    public Task<Posture> GetPostureAsync(CancellationToken cancellation) => GetAsync("api/posture", ClientJson.Default.Posture, cancellation);

    /// <summary>The ledger of reads, denials and changes.</summary>
    public LedgerClient Ledger => new(this);

    /// <summary>Policies and their way into force.</summary>
    public PoliciesClient Policies => new(this);

    /// <summary>The public register of sensors, records and contracts.</summary>
    public RecordsClient Records => new(this);

    /// <summary>All cities.</summary>
    public Task<IReadOnlyList<City>> GetCitiesAsync(CancellationToken cancellation) =>
        GetAsync("api/cities", ClientJson.Default.IReadOnlyListCity, cancellation);

    /// <summary>One city.</summary>
    public Task<CityDetail> GetCityAsync(string city, CancellationToken cancellation) =>
        GetAsync(City(city), ClientJson.Default.CityDetail, cancellation);

    /// <summary>A city's districts with their live state.</summary>
    public Task<IReadOnlyList<District>> GetDistrictsAsync(string city, CancellationToken cancellation) =>
        GetAsync($"{City(city)}/districts", ClientJson.Default.IReadOnlyListDistrict, cancellation);

    /// <summary>A city's assets with their live state.</summary>
    /// <param name="city">Id of the city.</param>
    /// <param name="district">Id of a district, or null for all.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<IReadOnlyList<Asset>> GetAssetsAsync(string city, string? district, CancellationToken cancellation) =>
        GetAsync($"{City(city)}/assets{Query(("district", district))}", ClientJson.Default.IReadOnlyListAsset, cancellation);

    /// <summary>One asset with its live state.</summary>
    public Task<Asset> GetAssetAsync(string city, string asset, CancellationToken cancellation) =>
        GetAsync($"{City(city)}/assets/{Escape(asset)}", ClientJson.Default.Asset, cancellation);

    /// <summary>A page of a city's sensors.</summary>
    /// <param name="city">Id of the city.</param>
    /// <param name="district">Id of a district, or null for all.</param>
    /// <param name="after"><see cref="SensorPage.Next"/> of the page before, or null for the first.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<SensorPage> GetSensorsAsync(string city, string? district, string? after, CancellationToken cancellation) =>
        GetAsync($"{City(city)}/sensors{Query(("district", district), ("after", after))}", ClientJson.Default.SensorPage, cancellation);

    /// <summary>One sensor with its live values.</summary>
    public Task<Sensor> GetSensorAsync(string city, string gateway, string sensor, CancellationToken cancellation) =>
        GetAsync($"{City(city)}/sensors/{Escape(gateway)}/{Escape(sensor)}", ClientJson.Default.Sensor, cancellation);

    /// <summary>The newest reading of a datastream.</summary>
    /// <exception cref="QuartierProblemException">Status 404 when there is none yet.</exception>
    public Task<Reading> GetLatestAsync(DatastreamPath datastream, CancellationToken cancellation) =>
        GetAsync($"{Path(datastream)}/latest", ClientJson.Default.Reading, cancellation);

    /// <summary>A page of readings in order of time.</summary>
    /// <param name="datastream">Of what.</param>
    /// <param name="from">First instant.</param>
    /// <param name="to">First instant after it.</param>
    /// <param name="limit">1 … 10,000.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<ReadingPage> GetReadingsAsync(
        DatastreamPath datastream, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation)
    {
        var query = Query(("from", Text(from)), ("to", Text(to)), ("limit", limit.ToString(CultureInfo.InvariantCulture)));
        return GetAsync($"{Path(datastream)}/readings{query}", ClientJson.Default.ReadingPage, cancellation);
    }

    /// <summary>Aggregates over windows of a datastream.</summary>
    /// <param name="datastream">Of what.</param>
    /// <param name="from">First instant.</param>
    /// <param name="to">First instant after it.</param>
    /// <param name="window"><c>PT15M</c>, <c>PT1H</c> or <c>P1D</c>.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<AggregateList> GetAggregatesAsync(
        DatastreamPath datastream, DateTimeOffset from, DateTimeOffset to, string window, CancellationToken cancellation)
    {
        var query = Query(("from", Text(from)), ("to", Text(to)), ("window", window));
        return GetAsync($"{Path(datastream)}/aggregates{query}", ClientJson.Default.AggregateList, cancellation);
    }

    /// <summary>A page of alerts.</summary>
    /// <param name="city">Id of the city.</param>
    /// <param name="state"><c>raised</c>, <c>acknowledged</c>, <c>resolved</c>, or null for all.</param>
    /// <param name="after"><see cref="AlertPage.Next"/> of the page before, or null for the first.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<AlertPage> GetAlertsAsync(string city, string? state, string? after, CancellationToken cancellation) =>
        GetAsync($"{City(city)}/alerts{Query(("state", state), ("after", after))}", ClientJson.Default.AlertPage, cancellation);

    /// <summary>Takes an alert on, as the person whose credential the client sends.</summary>
    public async Task<Alert> AcknowledgeAsync(string city, string district, string alert, CancellationToken cancellation)
    {
        var path = $"{City(city)}/districts/{Escape(district)}/alerts/{Escape(alert)}/acknowledge";
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        return await SendAsync(request, ClientJson.Default.Alert, cancellation).ConfigureAwait(false);
    }

    /// <summary>Explains a decision who may read what.</summary>
    public Task<Decision> WhyAsync(string city, DecisionQuestion question, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(question);
        var query = Query(
            ("principal", question.Principal), ("purpose", question.Purpose), ("stream", question.Stream), ("resolution", question.Resolution));
        return GetAsync($"{City(city)}/why{query}", ClientJson.Default.Decision, cancellation);
    }

    /// <summary>Writes a page of an export to a stream.</summary>
    /// <param name="city">Id of the city.</param>
    /// <param name="question">What is exported.</param>
    /// <param name="after">What the page before returned; null for the first.</param>
    /// <param name="output">Gets the page as the server sends it, in UTF-8.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>Where the next page begins; null after the last.</returns>
    public async Task<string?> ExportAsync(string city, ExportQuestion question, string? after, Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(question);
        var query = Query(
            ("streams", string.Join(',', question.Streams)),
            ("from", question.From is { } from ? Text(from) : null),
            ("to", question.To is { } to ? Text(to) : null),
            ("window", question.Window),
            ("format", question.Format),
            ("purpose", question.Purpose),
            ("after", after));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{City(city)}/export{query}");
        using var answer = await SendAsync(request, cancellation).ConfigureAwait(false);
        await ThrowIfProblemAsync(answer, cancellation).ConfigureAwait(false);
        await answer.Content.CopyToAsync(output, cancellation).ConfigureAwait(false);
        return NextOf(answer);
    }

    /// <summary>A city's books.</summary>
    public Task<CityBooks> GetBooksAsync(string city, CancellationToken cancellation) =>
        GetAsync($"{City(city)}/books", ClientJson.Default.CityBooks, cancellation);

    /// <summary>A city's bridges to other brokers.</summary>
    public Task<IReadOnlyList<Bridge>> GetBridgesAsync(string city, CancellationToken cancellation) =>
        GetAsync($"{City(city)}/bridges", ClientJson.Default.IReadOnlyListBridge, cancellation);

    /// <summary>The books of a city's sensors.</summary>
    public Task<IReadOnlyList<SensorBooks>> GetSensorBooksAsync(string city, CancellationToken cancellation) =>
        GetAsync($"{City(city)}/books/sensors", ClientJson.Default.IReadOnlyListSensorBooks, cancellation);

    /// <summary>Applies a registry file, or shows what it would change.</summary>
    /// <param name="city">Id of the city that the file describes.</param>
    /// <param name="yaml">The file.</param>
    /// <param name="dryRun">True to change nothing.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="QuartierProblemException">With <see cref="QuartierProblemException.Problems"/> when the file is inconsistent.</exception>
    public async Task<RegistryAnswer> ApplyAsync(string city, byte[] yaml, bool dryRun, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{City(city)}/registry{(dryRun ? "?dryRun=true" : string.Empty)}")
        {
            Content = new ByteArrayContent(yaml),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/yaml");
        return await SendAsync(request, ClientJson.Default.RegistryAnswer, cancellation).ConfigureAwait(false);
    }

    /// <summary>The registry file that is in force.</summary>
    public async Task<string> GetRegistryAsync(string city, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{City(city)}/registry");
        return await SendTextAsync(request, cancellation).ConfigureAwait(false);
    }

    /// <summary>What is registered beside the file, as YAML; for administrators.</summary>
    public async Task<string> GetRegistryAdditionsAsync(string city, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{City(city)}/registry/additions");
        return await SendTextAsync(request, cancellation).ConfigureAwait(false);
    }

    /// <summary>What lies in the store.</summary>
    public Task<StoreReport> GetStoreAsync(CancellationToken cancellation) => GetAsync("api/store", ClientJson.Default.StoreReport, cancellation);

    /// <summary>How the silo is; an unavailable one answers too.</summary>
    public async Task<HealthReport> GetHealthAsync(CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "health");
        using var answer = await SendAsync(request, cancellation).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
        {
            await ThrowIfProblemAsync(answer, cancellation).ConfigureAwait(false);
        }

        return await ReadAsync(answer, ClientJson.Default.HealthReport, cancellation).ConfigureAwait(false);
    }

    private static string City(string city) => "api/cities/" + Escape(city);

    private static string Path(DatastreamPath datastream) =>
        $"{City(datastream.City)}/sensors/{Escape(datastream.Gateway)}/{Escape(datastream.Sensor)}/{Escape(datastream.Property)}";

    /// <summary>The parameter <c>after</c> of the address that the Link header names (RFC 8288).</summary>
    private static string? NextOf(HttpResponseMessage answer)
    {
        const string parameter = "after=";
        var link = answer.Headers.TryGetValues("Link", out var links) ? links.First() : string.Empty;
        var start = link.IndexOf(parameter, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        var value = link[(start + parameter.Length)..];
        return Uri.UnescapeDataString(value[..value.AsSpan().IndexOfAny("&>")]);
    }

    private static string Escape(string segment) => Uri.EscapeDataString(segment);

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    internal static string Query(params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = string.Empty;
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
            {
                query += $"{(query.Length == 0 ? '?' : '&')}{name}={Uri.EscapeDataString(value)}";
            }
        }

        return query;
    }

    /// <summary>What expires within 30 days, and how the retention stands.</summary>
    public Task<RetentionReport> GetRetentionAsync(CancellationToken cancellation) =>
        GetAsync("api/retention", ClientJson.Default.RetentionReport, cancellation);

    /// <summary>Deletes now what has expired, or completes the run that was interrupted.</summary>
    public Task<RetentionReport> RunRetentionAsync(CancellationToken cancellation) =>
        PostAsync("api/retention/run", ClientJson.Default.RetentionReport, cancellation);

    /// <summary>Certificates of deletion, newest first.</summary>
    /// <param name="city">Id of a city, or null for all.</param>
    /// <param name="district">Id of a district, or null for all.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<IReadOnlyList<Certificate>> GetCertificatesAsync(string? city, string? district, CancellationToken cancellation) =>
        GetAsync($"api/retention/certificates{Query(("city", city), ("district", district))}", ClientJson.Default.IReadOnlyListCertificate, cancellation);

    /// <summary>Looks into every place for anything that should be gone, and checks the certificates.</summary>
    public Task<RetentionVerification> VerifyRetentionAsync(CancellationToken cancellation) =>
        PostAsync("api/retention/verification", ClientJson.Default.RetentionVerification, cancellation);

    /// <summary>The complete backups, oldest first.</summary>
    public Task<IReadOnlyList<Backup>> GetBackupsAsync(CancellationToken cancellation) =>
        GetAsync("api/backups", ClientJson.Default.IReadOnlyListBackup, cancellation);

    /// <summary>Makes a backup.</summary>
    public Task<Backup> MakeBackupAsync(CancellationToken cancellation) => PostAsync("api/backups", ClientJson.Default.Backup, cancellation);

    /// <summary>Removes backups that have expired, and gives those.</summary>
    public Task<IReadOnlyList<Backup>> PruneBackupsAsync(CancellationToken cancellation) =>
        PostAsync("api/backups/prune", ClientJson.Default.IReadOnlyListBackup, cancellation);

    /// <summary>Compares every backup with its manifest.</summary>
    public Task<BackupVerification> VerifyBackupsAsync(CancellationToken cancellation) =>
        PostAsync("api/backups/verification", ClientJson.Default.BackupVerification, cancellation);

    private async Task<T> PostAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        return await SendAsync(request, type, cancellation).ConfigureAwait(false);
    }

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, type, cancellation).ConfigureAwait(false);
    }

    internal async Task<string> SendTextAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var answer = await SendAsync(request, cancellation).ConfigureAwait(false);
        await ThrowIfProblemAsync(answer, cancellation).ConfigureAwait(false);
        return await answer.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
    }

    internal async Task<T> SendAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using var answer = await SendAsync(request, cancellation).ConfigureAwait(false);
        await ThrowIfProblemAsync(answer, cancellation).ConfigureAwait(false);
        return await ReadAsync(answer, type, cancellation).ConfigureAwait(false);
    }

    internal async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            throw new QuartierProblemException(
                $"No server answers at {http.BaseAddress}: {exception.Message}. Is the silo running there?", status: null, [], exception);
        }
        catch (TaskCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new QuartierProblemException(
                $"The server at {http.BaseAddress} did not answer {request.RequestUri} within {http.Timeout.TotalSeconds:0} s. It may still be at it: look before you repeat a change.",
                status: null,
                [],
                exception);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync(type, cancellation).ConfigureAwait(false)
                ?? throw new JsonException("the answer is null");
        }
        catch (JsonException exception)
        {
            throw new QuartierProblemException(
                $"The answer of {answer.RequestMessage?.RequestUri} is not what docs/api.md says ({exception.Message}). "
                + "Are client and server of the same version?",
                answer.StatusCode,
                [],
                exception);
        }
    }

    internal static async Task ThrowIfProblemAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.IsSuccessStatusCode)
        {
            return;
        }

        ProblemDocument? problem = null;
        if (answer.Content.Headers.ContentType?.MediaType == "application/problem+json")
        {
            problem = await ReadAsync(answer, ClientJson.Default.ProblemDocument, cancellation).ConfigureAwait(false);
        }

        var text = problem?.Detail ?? problem?.Title ?? $"{answer.RequestMessage?.RequestUri} answered {(int)answer.StatusCode} {answer.ReasonPhrase}.";
        throw new QuartierProblemException(text, answer.StatusCode, problem?.Problems ?? []);
    }
}
