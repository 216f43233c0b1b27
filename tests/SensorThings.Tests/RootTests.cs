using System.Net;
using System.Net.Http.Headers;

namespace SensorThings.Tests;

/// <summary>The root, and what HTTP is owed (OGC 18-088, 9.2.1; RFC 9110).</summary>
public sealed class RootTests(StaCity city)
{
    private static readonly string[] Sets =
    [
        "Things", "Locations", "HistoricalLocations", "Datastreams", "MultiDatastreams", "Sensors", "ObservedProperties", "Observations", "FeaturesOfInterest",
    ];

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task Root_lists_the_entity_sets_with_absolute_addresses(string slash)
    {
        var root = await city.Public.JsonAsync(city.Root + slash);
        Assert.Equal(Sets, root["value"]!.AsArray().Select(v => v!.Name()));
        Assert.All(root["value"]!.AsArray(), v => Assert.Equal($"{city.Root}/{v!.Name()}", v!["url"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Root_says_what_it_conforms_to()
    {
        var conformance = (await city.Public.JsonAsync(city.Root))["serverSettings"]!["conformance"]!.AsArray().Select(c => c!.GetValue<string>()).ToList();
        Assert.Contains("http://www.opengis.net/spec/iot_sensing/1.1/req/datamodel", conformance);
        Assert.Contains("http://www.opengis.net/spec/iot_sensing/1.1/req/request-data/filter", conformance);
        Assert.Equal(conformance.Distinct(), conformance);
    }

    [Fact]
    public async Task Every_set_of_the_root_can_be_read()
    {
        foreach (var set in Sets)
        {
            Assert.NotNull((await city.Public.JsonAsync(set))["value"]);
        }
    }

    [Fact]
    public async Task Links_name_the_server_as_the_caller_named_it()
    {
        using var local = new HttpClient();
        var things = await local.ValuesAsync($"http://localhost:{city.Silo.Http.Port}/v1.1/Things?$top=1");
        Assert.StartsWith($"http://localhost:{city.Silo.Http.Port}/v1.1/Things(", things[0]["@iot.selfLink"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Foreign_host_is_not_echoed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "Things");
        request.Headers.Host = "evil.example.org";
        using var answer = await city.Public.SendAsync(request, StaCity.Token);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Head_answers_as_get_without_a_body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "Things");
        using var answer = await city.Public.SendAsync(request, StaCity.Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotNull(answer.Headers.ETag);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(StaCity.Token));
    }

    [Fact]
    public async Task Tag_of_an_answer_saves_sending_it_again()
    {
        using var first = await city.Public.GetAsync(new Uri("Things", UriKind.Relative), StaCity.Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, "Things");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await city.Public.SendAsync(request, StaCity.Token);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        using var other = await city.Public.GetAsync(new Uri("Sensors", UriKind.Relative), StaCity.Token);
        Assert.NotEqual(first.Headers.ETag, other.Headers.ETag);
    }

    [Fact]
    public async Task Tag_of_an_entity_begins_with_its_version()
    {
        var id = (await city.Public.ValuesAsync("Things?$top=1"))[0].Id();
        using var answer = await city.Public.GetAsync(new Uri($"Things({id})", UriKind.Relative), StaCity.Token);
        Assert.Matches("^\"1\\.[0-9a-f]{24}\"$", answer.Headers.ETag!.Tag);
        Assert.True(answer.Headers.ETag.IsWeak);
    }

    [Fact]
    public async Task Options_names_the_methods()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "Things");
        using var answer = await city.Public.SendAsync(request, StaCity.Token);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Contains("GET", answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task Pages_of_a_named_origin_may_read_and_others_may_not()
    {
        using var named = await FromAsync("https://maps.example.org", HttpMethod.Get, "Things");
        Assert.Equal("https://maps.example.org", named.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.False(named.Headers.Contains("Access-Control-Allow-Credentials"));
        Assert.Contains("Origin", string.Join(',', named.Headers.Vary), StringComparison.Ordinal);
        using var other = await FromAsync("https://evil.example.org", HttpMethod.Get, "Things");
        Assert.False(other.Headers.Contains("Access-Control-Allow-Origin"));
        using var native = await FromAsync("https://maps.example.org", HttpMethod.Get, "/api/cities");
        Assert.False(native.Headers.Contains("Access-Control-Allow-Origin"));
        using var preflight = await FromAsync("https://maps.example.org", HttpMethod.Options, "Things");
        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.DoesNotContain("POST", preflight.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", preflight.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_are_compressed_for_who_accepts_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "Datastreams");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        using var answer = await city.Public.SendAsync(request, StaCity.Token);
        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Description_names_every_set_relation_and_property()
    {
        var paths = (await city.Public.JsonAsync("/openapi/sensorthings.json"))["paths"]!.AsObject();
        Assert.All(Sets, s => Assert.True(paths.ContainsKey($"/{s}"), s));
        Assert.True(paths.ContainsKey("/Datastreams({id})/Observations"));
        Assert.True(paths.ContainsKey("/Things({id})/properties/$value"));
        var all = paths.SelectMany(p => p.Value!["get"]!["parameters"]!.AsArray()).Select(p => p!["$ref"]!.GetValue<string>().Split('/')[^1]).Distinct();
        var known = (await city.Public.JsonAsync("/openapi/sensorthings.json"))["components"]!["parameters"]!.AsObject();
        Assert.All(all, name => Assert.True(known.ContainsKey(name), name));
    }

    [Theory]
    [InlineData("Dings", 404)]
    [InlineData("things", 404)]
    [InlineData("Things(999999)", 404)]
    [InlineData("Things('x')", 400)]
    [InlineData("Things(1", 400)]
    [InlineData("Things/name", 404)]
    [InlineData("Things(1)/nam", 404)]
    [InlineData("Things(1)/name/colour", 404)]
    [InlineData("Things(1)/Datastream", 404)]
    [InlineData("Things(1)/name/$ref", 400)]
    [InlineData("Things?$top=-1", 400)]
    [InlineData("Things?$top=x", 400)]
    [InlineData("Things?$skip=-1", 400)]
    [InlineData("Things?$filter=", 400)]
    [InlineData("Things?$filter=name", 400)]
    [InlineData("Things?$filter=name eq", 400)]
    [InlineData("Things?$filter=(name eq 'a'", 400)]
    [InlineData("Things?$filter=nam eq 'a'", 400)]
    [InlineData("Things?$orderby=nam", 400)]
    [InlineData("Things?$select=nam", 400)]
    [InlineData("Things?$expand=Datastream", 400)]
    [InlineData("Things?$expand=Datastreams($top=1", 400)]
    [InlineData("Things?$nonsense=1", 400)]
    [InlineData("Things?nonsense=1", 400)]
    [InlineData("Things?$top=1&$top=2", 400)]
    [InlineData("Things?$skiptoken=AAAA", 400)]
    [InlineData("Things?$resultFormat=dataArray", 400)]
    [InlineData("Things?$resultFormat=XML", 400)]
    [InlineData("Things?$count=maybe", 400)]
    public async Task What_cannot_be_answered_says_why(string path, int status)
    {
        var problem = await city.Public.GetAsync(path, status);
        Assert.True(problem["detail"]!.GetValue<string>().Length > 20);
    }

    [Fact]
    public async Task Long_addresses_and_deep_nesting_are_refused_by_name()
    {
        var deep = string.Concat(Enumerable.Repeat("Datastreams($expand=Thing($expand=", 20)) + "Locations" + new string(')', 40);
        Assert.Contains("More than 32 levels", (await city.Public.GetAsync($"Things?$expand={deep}", 400))["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        var (status, _) = await city.Public.TextAsync("Things?$filter=" + new string('x', 20_000));
        Assert.Equal(HttpStatusCode.RequestUriTooLong, status);
    }

    private async Task<HttpResponseMessage> FromAsync(string origin, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Origin", origin);
        if (method == HttpMethod.Options)
        {
            request.Headers.Add("Access-Control-Request-Method", "GET");
        }

        return await city.Public.SendAsync(request, StaCity.Token);
    }
}
