using Api.Tests.Fakes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests;

public sealed class DescriptionTests
{
    [Fact]
    public async Task Document_is_openapi_3_1_and_describes_every_route_whole()
    {
        await using var host = await ApiHost.StartAsync();
        var document = (await host.GetAsync("/openapi/v1.json"))!;
        Assert.StartsWith("3.1.", document["openapi"]!.GetValue<string>());
        var routes = host.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText?.StartsWith("/openapi", StringComparison.Ordinal) == false)
            .Where(e => e.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null)
            .ToList();
        Assert.True(routes.Count >= 32, $"{routes.Count} routes");
        foreach (var route in routes)
        {
            var method = Assert.Single(route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods);
            var where = $"{method} {route.RoutePattern.RawText}";
            var operation = document["paths"]![route.RoutePattern.RawText!]?[method.ToLowerInvariant()];
            Assert.True(operation is not null, where + " is not described");
            Assert.True(operation["summary"]?.GetValue<string>().Length > 0, where + " has no summary");
            Assert.True(operation["operationId"]?.GetValue<string>().Length > 0, where + " has no id");
            foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
            {
                Assert.True(parameter!["description"]?.GetValue<string>().Length > 0, $"{where}: {parameter["name"]} is not described");
                Assert.True(parameter["schema"] is not null, $"{where}: {parameter["name"]} has no schema");
            }

            var responses = operation["responses"]!.AsObject();
            Assert.True(responses["200"]?["content"] is not null, where + " does not say what it answers");
            Assert.All(responses.Where(r => r.Key[0] != '2' && where != "GET /health"), r =>
                Assert.True(r.Value!["content"]?["application/problem+json"]?["schema"] is not null, $"{where}: {r.Key} is no problem document"));
        }
    }

    [Fact]
    public async Task Parameters_are_described_with_their_limits()
    {
        await using var host = await ApiHost.StartAsync();
        var document = (await host.GetAsync("/openapi/v1.json"))!;
        var readings = document["paths"]!["/api/cities/{city}/sensors/{gateway}/{sensor}/{property}/readings"]!["get"]!["parameters"]!.AsArray();
        var limit = readings.Single(p => p!["name"]!.GetValue<string>() == "limit")!;
        Same.Json("""{"maximum":10000,"minimum":1,"type":"integer","default":1000}""", limit["schema"]);
        Assert.Equal("query", limit["in"]!.GetValue<string>());
        Assert.Contains(readings, p => p!["name"]!.GetValue<string>() == "as");
        var registry = document["paths"]!["/api/cities/{city}/registry"]!["put"]!;
        Assert.NotNull(registry["requestBody"]!["content"]!["application/yaml"]);
    }

    [Fact]
    public async Task Schemas_say_what_times_and_quality_look_like()
    {
        await using var host = await ApiHost.StartAsync();
        var schemas = (await host.GetAsync("/openapi/v1.json"))!["components"]!["schemas"]!;
        var reading = schemas["LatestItem"]!["properties"]!;
        Assert.Contains("date-time", reading["time"]!.ToJsonString() + schemas["UtcTime"]?.ToJsonString());
        Assert.Contains("out-of-range", reading["quality"]!.ToJsonString() + schemas["QualityFlags"]?.ToJsonString());
    }
}
