using Api.Tests.Fakes;

namespace Api.Tests;

public sealed class DashboardTests : IDisposable
{
    private readonly string _dist = Directory.CreateTempSubdirectory("quartier-dist").FullName;

    public DashboardTests()
    {
        Directory.CreateDirectory(Path.Combine(_dist, "assets"));
        File.WriteAllText(Path.Combine(_dist, "index.html"), "<!doctype html><title>Quartier</title>");
        File.WriteAllText(Path.Combine(_dist, "assets", "app-1a2b.js"), "export {}");
        File.WriteAllText(Path.Combine(_dist, "map.geojson"), "{}");
        File.WriteAllText(Path.Combine(_dist, ".secret"), "hidden");
    }

    [Theory]
    [InlineData("/", 200, "text/html", "no-cache")]
    [InlineData("/index.html", 200, "text/html", "no-cache")]
    [InlineData("/assets/app-1a2b.js", 200, "text/javascript", "public, max-age=31536000, immutable")]
    [InlineData("/map.geojson", 200, "application/geo+json", "no-cache")]
    [InlineData("/.secret", 404, "application/problem+json", "no-store")]
    [InlineData("/assets/", 404, "application/problem+json", "no-store")]
    [InlineData("/some/page", 404, "application/problem+json", "no-store")]
    [InlineData("/%2e%2e/secret", 404, "application/problem+json", "no-store")]
    public async Task Files_are_served_with_type_and_caching(string path, int status, string type, string caching)
    {
        await using var host = await ApiHost.StartAsync(dashboard: _dist);
        using var response = await host.Client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        var sent = response.Headers.GetValues("Cache-Control").Single();
        Assert.Equal(caching.Split(", ").Order(), sent.Split(", ").Order());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(status == 200, response.Headers.ETag is not null);
    }

    [Fact]
    public async Task Api_is_served_beside_the_files()
    {
        await using var host = await ApiHost.StartAsync(dashboard: _dist);
        await host.GetAsync("/api/cities");
    }

    [Fact]
    public async Task Page_at_the_root_says_how_to_build_when_nothing_is_built()
    {
        await using var host = await ApiHost.StartAsync(dashboard: Path.Combine(_dist, "none"));
        using var response = await host.Client.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.Equal(503, (int)response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("npm run build", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains(host.Logs, l => l.Id.Id == 5005);
        await host.GetAsync("/other", 404);
    }

    public void Dispose() => Directory.Delete(_dist, recursive: true);
}
