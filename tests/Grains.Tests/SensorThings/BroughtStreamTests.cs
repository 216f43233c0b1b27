using System.Text.Json.Nodes;

namespace Grains.Tests.SensorThings;

/// <summary>Observations that bring their Datastream (OGC 18-088, 10.2.1.2): all of it is created, or nothing.</summary>
public sealed class BroughtStreamTests
{
    private const string Placed = $",\"Locations\":[{Bodies.Location}]";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_observation_brings_its_datastream_with_all_that_this_needs()
    {
        await using var silo = await WritingSilo.StartAsync();
        var address = await silo.CreateAsync("Observations", Of("21.5", Stream()));
        Assert.StartsWith("Observations(", address, StringComparison.Ordinal);
        var stream = JsonNode.Parse(await silo.Client.GetStringAsync("v1.1/Datastreams(1)?$expand=Thing($expand=Locations),Sensor,ObservedProperty", Token))!;
        Assert.Equal("Heat", (string)stream["name"]!);
        Assert.Equal("Lab", (string)stream["Thing"]!["Locations"]![0]!["name"]!);
        Assert.Equal("PT100", (string)stream["Sensor"]!["name"]!);
        Assert.Contains("\"property\":\"temperature\"", await silo.AdditionsAsync(), StringComparison.Ordinal);
        await silo.CreateAsync("Datastreams(1)/Observations", """{"result":22}""");
        Assert.Equal(2, (await silo.BooksAsync()).Stored);
    }

    [Fact]
    public async Task A_multi_datastream_and_a_feature_come_with_it_too()
    {
        await using var silo = await WritingSilo.StartAsync();
        var multi = $$"""
            {"name":"Wind","description":"d","observationType":"{{Bodies.Complex}}","multiObservationDataTypes":["{{Bodies.Measurement}}","{{Bodies.Measurement}}"],
             "unitOfMeasurements":[{"name":"metre","symbol":"m","definition":"ucum:m"},{"name":"degree","symbol":"°","definition":"ucum:deg"}],
             "Thing":{{Bodies.Thing()}},"Sensor":{{Bodies.Sensor}},"ObservedProperties":[{{Bodies.Property}},{"name":"Way","definition":"https://example.org/w","description":"w"}]}
            """;
        await silo.CreateAsync("Observations", $$"""{"result":[5,180],"MultiDatastream":{{multi}},"FeatureOfInterest":{{Bodies.Feature}}}""");
        Assert.Equal(2, (await silo.BooksAsync()).Stored);
        Assert.Contains("Wind", await silo.Client.GetStringAsync("v1.1/MultiDatastreams(1)/name", Token), StringComparison.Ordinal);
        Assert.Contains("Yard", await silo.Client.GetStringAsync("v1.1/FeaturesOfInterest(1)/name", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Observations_come_within_a_new_feature_with_and_without_a_stream_of_their_own()
    {
        await using var silo = await WritingSilo.StartAsync();
        await silo.CreateAsync("Things", Bodies.Whole());
        var within = $$"""{"result":1,"Datastream":{"@iot.id":1} },{"result":2,"Datastream":{{Stream()}} }""";
        var feature = Bodies.Feature.TrimEnd('}') + "}" + $$""","Observations":[{{within}}]}""";
        Assert.Equal("FeaturesOfInterest(1)", await silo.CreateAsync("FeaturesOfInterest", feature));
        Assert.Equal(2, (await silo.BooksAsync()).Stored);
        var other = await silo.Entities.ObservedAsync(Quartier.Contracts.SensorThings.EntityKind.Datastream, 2, long.MaxValue, 4, Token);
        Assert.Equal(1, Assert.Single(other).Feature);
    }

    [Theory]
    [InlineData("\"warm\"", "", 400, "has texts")]
    [InlineData("5,\"phenomenonTime\":\"2001-01-01T00:00:00Z\"", "", 400, "expire on arrival")]
    [InlineData("5,\"phenomenonTime\":\"1961-01-01T00:00:00Z\"", "", 400, "ISO 8601")]
    [InlineData("5,\"FeatureOfInterest\":{\"@iot.id\":99}", "", 400, "no FeaturesOfInterest(99)")]
    [InlineData("5,\"colour\":1", "", 400, "no such member")]
    [InlineData("5", ",\"colour\":1", 400, "'Datastream/colour'")]
    [InlineData("5", ",\"properties\":{\"registry\":{\"class\":\"secret\"}}", 400, "class")]
    [InlineData("5,\"MultiDatastream\":{\"@iot.id\":1}", "", 400, "not to both")]
    public async Task What_is_refused_creates_nothing(string result, string more, int status, string expected)
    {
        await using var silo = await WritingSilo.StartAsync();
        var detail = await silo.RefusedAsync(HttpMethod.Post, "Observations", Of(result, Stream(more)), status);
        Assert.Contains(expected, detail, StringComparison.Ordinal);
        Assert.Contains("Nothing", await silo.AdditionsAsync(), StringComparison.Ordinal);
        Assert.Equal("0", await silo.Client.GetStringAsync("v1.1/Things/$count?$filter=name eq 'Oven'", Token));
    }

    [Fact]
    public async Task Without_a_place_there_is_neither_feature_nor_stream()
    {
        await using var silo = await WritingSilo.StartAsync();
        var placeless = Bodies.Datastream(more: $",\"Thing\":{Bodies.Thing()}");
        Assert.Contains("no Location", await silo.RefusedAsync(HttpMethod.Post, "Observations", Of("5", placeless), 400), StringComparison.Ordinal);
        var nested = Bodies.Thing("Oven", $",\"Datastreams\":[{Bodies.Datastream(more: ",\"Observations\":[{\"result\":5}]")}]");
        Assert.Contains("no Location", await silo.RefusedAsync(HttpMethod.Post, "Things", nested, 400), StringComparison.Ordinal);
        Assert.Contains("Nothing", await silo.AdditionsAsync(), StringComparison.Ordinal);
        var thing = await silo.CreateAsync("Things", Bodies.Thing());
        var linked = Bodies.Datastream(more: ",\"Thing\":{\"@iot.id\":99}");
        Assert.Contains("no Things(99)", await silo.RefusedAsync(HttpMethod.Post, "Observations", Of("5", linked), 400), StringComparison.Ordinal);
        await silo.CreateAsync($"{thing}/Locations", Bodies.Location);
        await silo.CreateAsync("Observations", Of("5", Bodies.Datastream(more: $",\"Thing\":{{\"@iot.id\":{thing[7..^1]}}}")));
        Assert.Equal(1, (await silo.BooksAsync()).Stored);
    }

    [Fact]
    public async Task It_is_no_way_around_the_right_to_create_streams()
    {
        await using var silo = await WritingSilo.StartAsync();
        using var oda = await silo.PersonAsync("oda", "operator");
        using var anybody = silo.Anybody();
        foreach (var (client, status) in new[] { (oda, 403), (anybody, 401) })
        {
            using var content = new StringContent(Of("5", Stream()), System.Text.Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync("v1.1/Observations", content, Token);
            Assert.Equal(status, (int)answer.StatusCode);
        }

        Assert.Contains("Nothing", await silo.AdditionsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_and_a_list_name_streams_that_exist()
    {
        await using var silo = await WritingSilo.StartAsync();
        await silo.CreateAsync("Things", Bodies.Whole());
        var one = Of("5", Stream());
        Assert.Contains("the address names", await silo.RefusedAsync(HttpMethod.Post, "Datastreams(1)/Observations", one, 400), StringComparison.Ordinal);
        var (status, text, _) = await silo.SendAsync(HttpMethod.Post, "Observations", $$"""[{"result":1,"Datastream":{"@iot.id":1} },{{one}}]""");
        Assert.Equal(201, (int)status);
        Assert.Contains("error", text, StringComparison.Ordinal);
        Assert.Equal(1, (await silo.BooksAsync()).Stored);
    }

    private static string Stream(string more = "") => Bodies.Datastream(more: $",\"Thing\":{Bodies.Thing("Oven", Placed)}{more}");

    private static string Of(string result, string stream) => $$"""{"result":{{result}},"Datastream":{{stream}} }""";
}
