using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Quartier.Silo;
using Quartier.Silo.Accounts;
using Quartier.Silo.Tls;

namespace Grains.Tests.Gateways;

/// <summary>A whole silo with TLS on loopback, a town with the gateways g and h, and the files that clients need.</summary>
internal sealed class SecureSilo : IAsyncDisposable
{
    private readonly string _directory;
    private HttpClient? _http;

    private SecureSilo(string directory) => _directory = directory;

    public TestAuthority Authority { get; } = new();

    public SiloHost Host { get; private set; } = null!;

    public HttpClient Http => _http!;

    public ServerCertificate Certificate => Host.Services.GetRequiredService<ServerCertificate>();

    public string AuthorityFile => PathOf("server-authority.crt");

    public string CertificateFile => PathOf("server.crt");

    public string KeyFile => PathOf("server.key");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="directory">Empty, of the test's own.</param>
    /// <param name="options">What to tell it besides its listeners and certificate.</param>
    public static async Task<SecureSilo> StartAsync(string directory, params string[] options)
    {
        var silo = new SecureSilo(directory);
        await File.WriteAllTextAsync(silo.AuthorityFile, silo.Authority.Pem, Token);
        silo.WriteCertificate(silo.Authority.Issue("localhost"));
        silo.Host = await SiloHost.StartAsync(SiloOptions.Parse(
            [
                "--data", silo.PathOf("data"), "--dashboard", directory, "--http", "127.0.0.1:0", "--mqtt", "127.0.0.1:0", "--https", "127.0.0.1:0", "--mqtts", "127.0.0.1:0",
                "--tls-certificate", silo.CertificateFile, "--tls-key", silo.KeyFile, "--gateways", "credentials", .. options,
            ]));
        silo._http = new HttpClient { BaseAddress = new($"http://{silo.Host.Http}/") };
        var key = await File.ReadAllTextAsync(Path.Combine(silo.PathOf("data"), LocalKeyFile.FileName), Token);
        silo._http.DefaultRequestHeaders.Authorization = new("Bearer", key.Trim());
        await silo.RegisterAsync();
        return silo;
    }

    public string PathOf(string name) => Path.Combine(_directory, name);

    public string Write(string name, string text)
    {
        var path = PathOf(name);
        File.Delete(path);
        return PrivateFile.TryCreate(path, text) ? path : throw new IOException(path);
    }

    public void WriteCertificate((string Certificate, string Key) made)
    {
        Write("server.crt", made.Certificate);
        Write("server.key", made.Key);
    }

    /// <summary>Has a certificate issued, as the command line does.</summary>
    public async Task<(string Certificate, string Key, string Id)> EnrolAsync(string gateway, string city = "town")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=whatever", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        var answer = await PostAsync($"api/cities/{city}/gateways/{gateway}/certificate", new { request });
        return (
            Write($"{city}-{gateway}.crt", answer["certificate"]!.GetValue<string>()),
            Write($"{city}-{gateway}.key", key.ExportPkcs8PrivateKeyPem()),
            answer["item"]!["id"]!.GetValue<string>());
    }

    public async Task<string> PasswordAsync(string gateway, string city = "town") =>
        (await PostAsync($"api/cities/{city}/gateways/{gateway}/password", new { }))["password"]!.GetValue<string>();

    public async Task RevokeAsync(string gateway)
    {
        using var answer = await Http.DeleteAsync($"api/cities/town/gateways/{gateway}/credentials", Token);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    public async Task<JsonNode> PostAsync(string path, object body)
    {
        using var answer = await Http.PostAsJsonAsync(path, body, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        var text = await Http.GetStringAsync(path, Token);
        return JsonNode.Parse(text)!;
    }

    /// <summary>How many readings the city has taken.</summary>
    public async Task<long> ReceivedAsync(string gateway)
    {
        var books = await GetAsync("api/cities/town/books");
        return books["gateways"]!.AsArray().Single(g => g!["id"]!.GetValue<string>() == gateway)!["stored"]!.GetValue<long>();
    }

    /// <summary>What mosquitto's clients need to know of the server.</summary>
    public string[] Server(string client = "peer") =>
        ["-V", "5", "-h", "localhost", "-p", $"{Host.Listeners.Mqtts!.Port}", "--cafile", AuthorityFile, "-i", client];

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        await Host.DisposeAsync();
        Authority.Dispose();
    }

    private async Task RegisterAsync()
    {
        var yaml = CityYaml.Of("s").Replace("office: office}]\nsensorModels", "office: office}, {id: h, name: Other, office: office}]\nsensorModels", StringComparison.Ordinal)
            + "  - {id: s, gateway: h, district: mitte, name: Sensor, model: plain, office: office}\n";
        using var content = new StringContent(yaml, Encoding.UTF8, "application/yaml");
        using var answer = await Http.PutAsync("api/cities/town/registry", content, Token);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Token));
    }
}
