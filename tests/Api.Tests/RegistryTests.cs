using System.Text;
using Api.Tests.Fakes;
using Quartier.Contracts.Registry;

namespace Api.Tests;

public sealed class RegistryTests
{
    private const string Path = "/api/cities/muenster/registry";

    [Fact]
    public async Task Registry_in_force_is_answered_to_the_letter_with_its_tag()
    {
        await using var host = await ApiHost.StartAsync();
        using var response = await host.Client.GetAsync(Path, TestContext.Current.CancellationToken);
        Assert.Equal("application/yaml", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("city: muenster\nname: Münster\n", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using var again = new HttpRequestMessage(HttpMethod.Get, Path);
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        using var second = await host.Client.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(304, (int)second.StatusCode);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("?dryRun=true", true)]
    [InlineData("?dryRun=false", false)]
    public async Task File_is_handed_to_the_citys_grain(string query, bool dryRun)
    {
        await using var host = await ApiHost.StartAsync(h => h.City().Result = new(
            8, !dryRun, [new(RegistryAction.Add, "sensor promenade/neu", string.Empty), new(RegistryAction.Change, "office a", "name: x → y")], []));
        Same.Json(
            $$"""
            {"version":8,"applied":{{(dryRun ? "false" : "true")}},
             "changes":[{"action":"add","what":"sensor promenade/neu","detail":""},{"action":"change","what":"office a","detail":"name: x → y"}]}
            """,
            await host.SendAsync(HttpMethod.Put, Path + query, "city: muenster # ü", "application/yaml"));
        Assert.Equal(("city: muenster # ü", dryRun), Assert.Single(host.City().Applied));
    }

    [Fact]
    public async Task Unsound_file_is_answered_with_each_problem_and_its_place()
    {
        await using var host = await ApiHost.StartAsync(h => h.City().Result = new(
            7, false, [], [new(12, 5, "Unknown key 'sensros'. Did you mean 'sensors'?")]));
        var problem = await host.SendAsync(HttpMethod.Put, Path, "city: muenster", "text/yaml; charset=utf-8", 422);
        Same.Json("""[{"line":12,"column":5,"message":"Unknown key 'sensros'. Did you mean 'sensors'?"}]""", problem!["problems"]);
    }

    [Fact]
    public async Task New_city_can_be_registered()
    {
        await using var host = await ApiHost.StartAsync();
        await host.SendAsync(HttpMethod.Put, "/api/cities/neustadt/registry", "city: neustadt", "application/yaml");
        Assert.Single(host.City("neustadt").Applied);
        await host.GetAsync("/api/cities/neustadt/registry", 404);
    }

    [Theory]
    [InlineData("/api/cities/M%C3%BCnster/registry", "application/yaml", 400)]
    [InlineData("/api/cities/muenster/registry", "application/json", 415)]
    [InlineData("/api/cities/muenster/registry?as=public", "application/yaml", 403)]
    [InlineData("/api/cities/muenster/registry?dryRun=yes", "application/yaml", 400)]
    [InlineData("/api/cities/muenster/registry?dryrun=true", "application/yaml", 400)]
    public async Task Nothing_is_applied_when_the_request_is_refused(string path, string type, int status)
    {
        await using var host = await ApiHost.StartAsync();
        await host.SendAsync(HttpMethod.Put, path, "city: muenster", type, status);
        Assert.Empty(host.City().Applied);
    }

    [Fact]
    public async Task File_beyond_16_mebibytes_or_not_in_utf8_is_refused()
    {
        await using var host = await ApiHost.StartAsync();
        var problem = await host.SendAsync(HttpMethod.Put, Path, new string('#', (16 * 1024 * 1024) + 1), "application/yaml", 413);
        Assert.Contains("16,777,216", problem!["detail"]!.GetValue<string>());
        using var latin = new ByteArrayContent(Encoding.Latin1.GetBytes("name: Münster"));
        latin.Headers.ContentType = new("application/yaml");
        using var response = await host.Client.PutAsync(Path, latin, TestContext.Current.CancellationToken);
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains("byte 8", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Empty(host.City().Applied);
    }

    [Fact]
    public async Task File_of_more_than_64_kibibytes_is_taken()
    {
        await using var host = await ApiHost.StartAsync();
        await host.SendAsync(HttpMethod.Put, Path, new string('#', 200_000), "application/yaml");
        Assert.Equal(200_000, Assert.Single(host.City().Applied).Yaml.Length);
    }
}
