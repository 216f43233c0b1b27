using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Grains.Tests.SensorThings;

/// <summary>Create, update and delete, clause by clause of OGC 18-088, over a whole silo.</summary>
public sealed class WritingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Now => Text(TimeProvider.System.GetUtcNow());

    /// <summary>A time at which the server stores nothing by itself: what tells no time has that of its arrival, and one time has one value.</summary>
    private static string Earlier => Text(TimeProvider.System.GetUtcNow().AddHours(-1));

    [Fact]
    public async Task Deep_insert_creates_all_and_registers_thing_and_datastream()
    {
        await using var silo = await WritingSilo.StartAsync();
        var thing = await silo.CreateAsync("Things", Bodies.Whole());
        Assert.Equal("Things(1)", thing);
        var additions = await silo.AdditionsAsync();
        Assert.Contains("\"id\":\"oven-2\",\"type\":\"sensorthings-thing\",\"district\":\"mitte\",\"name\":\"Oven\"", additions, StringComparison.Ordinal);
        Assert.Contains("\"location\":[7.63,51.96]", additions, StringComparison.Ordinal);
        Assert.Contains("\"property\":\"temperature\",\"name\":\"Heat\",\"unit\":\"Cel\",\"question\":\"How hot?\"", additions, StringComparison.Ordinal);
        var sensors = JsonNode.Parse(await silo.Client.GetStringAsync("api/cities/town/sensors", Token))!;
        Assert.Contains("sensorthings", sensors.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_written_is_read_and_its_tag_lets_it_change_once()
    {
        await using var silo = await WritingSilo.StartAsync();
        await silo.CreateAsync("Things", Bodies.Whole());
        using var answer = await silo.Client.GetAsync("v1.1/Things(1)?$expand=Locations,HistoricalLocations,Datastreams($expand=Sensor,ObservedProperty)", Token);
        var thing = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!;
        Assert.Equal("Oven", (string)thing["name"]!);
        Assert.Equal("Lab", (string)thing["Locations"]![0]!["name"]!);
        Assert.Single(thing["HistoricalLocations"]!.AsArray());
        Assert.Equal("°C", (string)thing["Datastreams"]![0]!["unitOfMeasurement"]!["symbol"]!);
        Assert.Equal("PT100", (string)thing["Datastreams"]![0]!["Sensor"]!["name"]!);
        Assert.Equal("Temperature", (string)thing["Datastreams"]![0]!["ObservedProperty"]!["name"]!);
        using var plain = await silo.Client.GetAsync("v1.1/Things(1)", Token);
        var tag = plain.Headers.ETag!.ToString();
        Assert.Equal(HttpStatusCode.OK, (await silo.SendAsync(HttpMethod.Patch, "Things(1)", """{"name":"Kiln"}""", ifMatch: tag)).Status);
        await silo.RefusedAsync(HttpMethod.Patch, "Things(1)", """{"name":"Hob"}""", 412, ifMatch: tag);
        Assert.Contains("Kiln", await silo.Client.GetStringAsync("v1.1/Things(1)/name", Token), StringComparison.Ordinal);
        var things = JsonNode.Parse(await silo.Client.GetStringAsync("v1.1/Things?$count=true", Token))!;
        Assert.Equal(2, (int)things["@iot.count"]!);
    }

    [Theory]
    [InlineData("W/\"9.a\", W/\"1.b\"", null, 200)]
    [InlineData("W/\"with,comma\",\"1.b\"", null, 200)]
    [InlineData("W/\"9.a\", W/\"8.b\"", null, 412)]
    [InlineData("\"other\"", null, 412)]
    [InlineData("*", null, 200)]
    [InlineData("*, W/\"1.b\"", null, 412)]
    [InlineData("W/\"1.b", null, 412)]
    [InlineData(null, "*", 412)]
    [InlineData(null, "W/\"7.a\", W/\"1.b\"", 412)]
    [InlineData(null, "W/\"7.a\", \"other\"", 200)]
    [InlineData("W/\"1.b\"", "W/\"1.b\"", 412)]
    public async Task Conditions_are_lists_of_tags_or_an_asterisk(string? ifMatch, string? ifNoneMatch, int expected)
    {
        await using var silo = await WritingSilo.StartAsync();
        await silo.CreateAsync("Things", Bodies.Thing());
        using var request = new HttpRequestMessage(HttpMethod.Patch, "v1.1/Things(1)") { Content = new StringContent("{\"name\":\"Kiln\"}", System.Text.Encoding.UTF8, "application/json") };
        foreach (var (name, value) in new[] { ("If-Match", ifMatch), ("If-None-Match", ifNoneMatch) })
        {
            Assert.True(value is null || request.Headers.TryAddWithoutValidation(name, value));
        }

        using var answer = await silo.Client.SendAsync(request, Token);
        Assert.Equal(expected, (int)answer.StatusCode);
        Assert.Equal(expected == 200 ? "Kiln" : "Oven", await silo.Client.GetStringAsync("v1.1/Things(1)/name/$value", Token));
    }

    [Theory]
    [InlineData("*", 304)]
    [InlineData("\"a\", {0}, \"b\"", 304)]
    [InlineData("\"a\", \"b\"", 200)]
    public async Task What_is_known_is_not_sent_again(string ifNoneMatch, int expected)
    {
        await using var silo = await WritingSilo.StartAsync();
        await silo.CreateAsync("Things", Bodies.Thing());
        using var first = await silo.Client.GetAsync("v1.1/Things(1)", Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1.1/Things(1)");
        Assert.True(request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch.Replace("{0}", first.Headers.ETag!.ToString(), StringComparison.Ordinal)));
        using var answer = await silo.Client.SendAsync(request, Token);
        Assert.Equal(expected, (int)answer.StatusCode);
    }

    [Fact]
    public async Task An_observation_is_stored_once_and_its_address_is_told()
    {
        await using var silo = await WritingSilo.StartAsync();
        await silo.CreateAsync("Things", Bodies.Whole());
        var body = $$"""{"phenomenonTime":"{{Now}}","result":21.5}""";
        var first = await silo.CreateAsync("Datastreams(1)/Observations", body);
        Assert.StartsWith("Observations(", first, StringComparison.Ordinal);
        Assert.Equal(first, await silo.CreateAsync("Datastreams(1)/Observations", body));
        await silo.CreateAsync("Observations", """{"result":22,"Datastream":{"@iot.id":1}}""");
        await silo.CreateAsync("Observations", $$$"""{"result":23,"phenomenonTime":"{{{Earlier}}}","Datastream":{"@iot.id":"1"},"FeatureOfInterest":{"@iot.id":1}}""");
        var books = await silo.BooksAsync();
        Assert.Equal((3L, 1L, 4L), books);
    }

    [Fact]
    public async Task A_stream_that_is_not_there_is_no_address_and_no_link()
    {
        await using var silo = await WritingSilo.StartAsync();
        Assert.Contains("no Datastreams(99)", await silo.RefusedAsync(HttpMethod.Post, "Datastreams(99)/Observations", """{"result":1}""", 404), StringComparison.Ordinal);
        Assert.Contains("to which the body could link", await silo.RefusedAsync(HttpMethod.Post, "Observations", """{"result":1,"Datastream":{"@iot.id":99}}""", 400), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PT90M", 201)]
    [InlineData("PT0S", 201)]
    [InlineData("P", 400)]
    [InlineData("-PT1H", 400)]
    [InlineData("P400Y", 400)]
    public async Task A_span_may_be_told_by_its_duration(string duration, int expected)
    {
        await using var silo = await WritingSilo.StartAsync();
        await silo.CreateAsync("Things", Bodies.Whole());
        var start = TimeProvider.System.GetUtcNow().AddHours(-3).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var (status, text, _) = await silo.SendAsync(HttpMethod.Post, "Datastreams(1)/Observations", $$"""{"result":1,"phenomenonTime":"{{start}}/{{duration}}"}""");
        Assert.True((int)status == expected, text);
    }

    [Fact]
    public async Task What_the_document_shows_works_as_it_stands()
    {
        await using var silo = await WritingSilo.StartAsync();
        var text = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "sensorthings-writing.md"), Token);
        var from = text.IndexOf("POST /v1.1/Things\n", StringComparison.Ordinal) + "POST /v1.1/Things\n".Length;
        var body = text[from..text.IndexOf("```", from, StringComparison.Ordinal)].Replace("muenster", "town", StringComparison.Ordinal);
        Assert.Equal("Things(1)", await silo.CreateAsync("Things", body));
        Assert.Contains("\"class\":\"public\",\"interval\":\"PT1M\",\"max\":300", await silo.AdditionsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_part_can_be_created_alone_and_linked()
    {
        await using var silo = await WritingSilo.StartAsync();
        Assert.Equal("Sensors(1)", await silo.CreateAsync("Sensors", Bodies.Sensor));
        Assert.Equal("ObservedProperties(1)", await silo.CreateAsync("ObservedProperties", Bodies.Property));
        Assert.Equal("Things(1)", await silo.CreateAsync("Things", Bodies.Thing()));
        Assert.Equal("Locations(1)", await silo.CreateAsync("Things(1)/Locations", Bodies.Location));
        Assert.Equal("FeaturesOfInterest(1)", await silo.CreateAsync("FeaturesOfInterest", Bodies.Feature));
        const string Links = """{"@iot.id":1}""";
        Assert.Equal("Datastreams(1)", await silo.CreateAsync("Things(1)/Datastreams", Bodies.Datastream(sensor: Links, property: Links)));
        Assert.Equal("Datastreams(2)", await silo.CreateAsync("Datastreams", Bodies.Datastream(sensor: Links, property: Links, more: ""","Thing":{"@iot.id":1}""")));
        Assert.Equal(
            "HistoricalLocations(2)", await silo.CreateAsync("Things(1)/HistoricalLocations", """{"time":"2026-01-01T00:00:00Z","Locations":[{"@iot.id":1}]}"""));
        await silo.CreateAsync("Datastreams(2)/Observations", """{"result":1}""");
        Assert.Equal(1, (await silo.BooksAsync()).Stored);
    }

    [Theory]
    [InlineData("Things", "{}", "'name'")]
    [InlineData("Things", """{"name":"x"}""", "'description'")]
    [InlineData("Things", """{"name":"x","description":"y","colour":1}""", "'colour'")]
    [InlineData("Things", """{"name":5,"description":"y"}""", "a text is expected")]
    [InlineData("Things", """{"name":"x","description":"y","properties":[]}""", "a JSON object")]
    [InlineData("Things", """{"name":"x","description":"y","properties":{"district":"sued"}}""", "no district")]
    [InlineData("Things", """{"name":"x","description":"y","Datastreams":{}}""", "a list")]
    [InlineData("Things", "[]", "A JSON object")]
    [InlineData("Things", "{", "no JSON")]
    [InlineData("Things", """{"name":"x","name":"y","description":"z"}""", "has a member twice")]
    [InlineData("Things", """{"@iot.id":7,"name":"x","description":"y"}""", "ids are handed out")]
    [InlineData("Things", """{"name":"x","description":"y","Locations":[{"@iot.id":99}]}""", "no Locations(99)")]
    [InlineData("Locations", """{"name":"x","description":"y","encodingType":"text/plain","location":{"type":"Point","coordinates":[1,2]}}""", "encodingType")]
    [InlineData("Locations", """{"name":"x","description":"y","encodingType":"application/geo+json","location":{"type":"Point","coordinates":[1]}}""", "'location'")]
    [InlineData("Locations", """{"name":"x","description":"y","encodingType":"application/geo+json","location":{"type":"Point","coordinates":[1,200]}}""", "'location'")]
    [InlineData("Locations", """{"name":"x","description":"y","encodingType":"application/geo+json","location":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}}""", "'location'")]
    [InlineData("HistoricalLocations", """{"time":"yesterday"}""", "'time'")]
    [InlineData("Datastreams", """{"name":"x","description":"y","observationType":"temperature","unitOfMeasurement":{"name":null,"symbol":null,"definition":null}}""", "'Thing'")]
    [InlineData("Sensors", """{"name":"x","description":"y","encodingType":"text/html"}""", "'metadata'")]
    public async Task A_body_that_is_wrong_is_refused_by_name(string path, string body, string expected)
    {
        await using var silo = await WritingSilo.StartAsync();
        Assert.Contains(expected, await silo.RefusedAsync(HttpMethod.Post, path, body, 400), StringComparison.Ordinal);
        Assert.Contains("Nothing", await silo.AdditionsAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Things", """{"name":"\ud800","description":"y"}""")]
    [InlineData("Things", """{"name":"x","description":"y","properties":{"a":["\ud800\ud800"]}}""")]
    [InlineData("Things", """{"name":"x","description":"y","properties":{"\udc00":1}}""")]
    [InlineData("Things", """{"name":"x","description":"y","\ud800":1}""")]
    [InlineData("Observations", """{"result":"\ud800","Datastream":{"@iot.id":1}}""")]
    [InlineData("CreateObservations", """[{"Datastream":{"@iot.id":1},"components":["\ud800"],"dataArray":[]}]""")]
    [InlineData("$batch", """{"requests":[{"id":"\ud800","method":"get","url":"Things"}]}""")]
    public async Task A_text_that_is_none_is_refused_before_anything_is_done(string path, string body)
    {
        await using var silo = await WritingSilo.StartAsync();
        var text = await silo.RefusedAsync(HttpMethod.Post, path, body, 400);
        Assert.Contains("half of a pair", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deep_insert_that_fails_deep_inside_leaves_nothing()
    {
        await using var silo = await WritingSilo.StartAsync();
        var broken = Bodies.Whole(datastream: Bodies.Datastream(property: """{"name":"IMEI","definition":"x","description":"y"}"""));
        Assert.Contains("registry does not take it", await silo.RefusedAsync(HttpMethod.Post, "Things", broken, 400), StringComparison.Ordinal);
        var far = Bodies.Whole(datastream: Bodies.Datastream(sensor: """{"@iot.id":5}"""));
        Assert.Contains("no Sensors(5)", await silo.RefusedAsync(HttpMethod.Post, "Things", far, 400), StringComparison.Ordinal);
        await silo.RefusedAsync(HttpMethod.Patch, "Locations(1)", """{"name":"x"}""", 404);
        Assert.Contains("Nothing", await silo.AdditionsAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"result":"warm"}""", "only an OM_Observation or OM_CategoryObservation has texts")]
    [InlineData("""{"result":{"a":1}}""", "neither a MultiDatastream nor an OM_Observation")]
    [InlineData("""{"result":true}""", "numbers, not true or false")]
    [InlineData("""{"result":[1]}""", "neither a MultiDatastream nor an OM_Observation")]
    [InlineData("""{"result":null}""", "'result'")]
    [InlineData("{}", "'result'")]
    [InlineData("""{"result":1,"phenomenonTime":"2026-01-01"}""", "ISO 8601")]
    [InlineData("""{"result":1,"phenomenonTime":"2015-01-01T00:00:00Z"}""", "quarantine")]
    [InlineData("""{"result":1,"phenomenonTime":"2199-01-01T00:00:00Z"}""", "a day ahead")]
    [InlineData("""{"result":1,"phenomenonTime":"2026-01-02T00:00:00Z/2026-01-01T00:00:00Z"}""", "the earlier first")]
    [InlineData("""{"result":1,"resultTime":"soon"}""", "'resultTime': an ISO 8601 time")]
    [InlineData("""{"result":1,"validTime":"2026-01-02T00:00:00Z/2026-01-01T00:00:00Z"}""", "the earlier first")]
    [InlineData("""{"result":1,"parameters":[1]}""", "'parameters': a JSON object")]
    [InlineData("""{"result":1,"parameters":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}}""", "nested more than 8 deep")]
    [InlineData("""{"result":1,"parameters":{"station":{"deviceMac":"x"}}}""", "'parameters': it identifies a person, or a device that a person carries: the name 'deviceMac' means a MAC address")]
    [InlineData("""{"result":1,"parameters":{"seen":["ok","AA:BB:CC:DD:EE:FF"]}}""", "'seen' holds a MAC address")]
    [InlineData("""{"result":1,"parameters":{"note":"call +49 171 1234567"}}""", "'note' holds a telephone number")]
    [InlineData("""{"result":1,"parameters":{"note":"MS-AB 1234"}}""", "'note' holds a number plate")]
    [InlineData("""{"result":1,"parameters":{"serial":490154203237518}}""", "'serial' holds an IMEI")]
    [InlineData("""{"result":1,"parameters":{"by \u0061nna@example.org":1}}""", "an e-mail address")]
    [InlineData("""{"result":1,"resultQuality":"checked by anna@example.org"}""", "'resultQuality' holds an e-mail address")]
    [InlineData("""{"result":1,"colour":1}""", "'colour'")]
    [InlineData("""{"result":1,"FeatureOfInterest":{"@iot.id":77}}""", "no FeaturesOfInterest(77)")]
    public async Task An_observation_that_cannot_be_kept_is_refused_and_not_lost_silently(string body, string expected)
    {
        await using var silo = await WritingSilo.StartAsync();
        await silo.CreateAsync("Things", Bodies.Whole());
        Assert.Contains(expected, await silo.RefusedAsync(HttpMethod.Post, "Datastreams(1)/Observations", body, 400), StringComparison.Ordinal);
        Assert.Equal(0, (await silo.BooksAsync()).Stored);
    }

    [Theory]
    [InlineData("parameters", 4096)]
    [InlineData("resultQuality", 1024)]
    public async Task Remarks_are_bounded_and_the_answer_names_the_limit(string member, int most)
    {
        await using var silo = await WritingSilo.StartAsync();
        await silo.CreateAsync("Things", Bodies.Whole());
        string Body(int length) => $$"""{"result":1,"{{member}}":{"a":"{{new string('x', length)}}"} }""";
        await silo.CreateAsync("Datastreams(1)/Observations", Body(most - """{"a":""}""".Length));
        var refused = await silo.RefusedAsync(HttpMethod.Post, "Datastreams(1)/Observations", Body(most), 413);
        Assert.Contains($"at most {most} are kept", refused, StringComparison.Ordinal);
        Assert.Equal(1, (await silo.BooksAsync()).Stored);
    }

    [Fact]
    public async Task Results_fit_the_type_of_their_datastream()
    {
        await using var silo = await WritingSilo.StartAsync();
        var words = ""","properties":{"registry":{"codes":[{"label":"open","code":0,"text":"open"},{"label":"shut","code":1,"text":"shut"}]}}""";
        await silo.CreateAsync("Things", Bodies.Whole("count", Bodies.Datastream(Bodies.Count)));
        await silo.CreateAsync("Things", Bodies.Whole("truth", Bodies.Datastream(Bodies.Truth)));
        await silo.CreateAsync("Things", Bodies.Whole("words", Bodies.Datastream(Bodies.Category, more: words)));
        await silo.CreateAsync("Datastreams(1)/Observations", """{"result":3}""");
        await silo.CreateAsync("Datastreams(2)/Observations", """{"result":true}""");
        await silo.CreateAsync("Datastreams(3)/Observations", """{"result":"shut"}""");
        Assert.Contains("whole number", await silo.RefusedAsync(HttpMethod.Post, "Datastreams(1)/Observations", """{"result":3.5}""", 400), StringComparison.Ordinal);
        Assert.Contains("true or false", await silo.RefusedAsync(HttpMethod.Post, "Datastreams(2)/Observations", """{"result":7}""", 400), StringComparison.Ordinal);
        Assert.Contains("open, shut", await silo.RefusedAsync(HttpMethod.Post, "Datastreams(3)/Observations", """{"result":"ajar"}""", 400), StringComparison.Ordinal);
        Assert.Equal(3, (await silo.BooksAsync()).Stored);
    }

    [Fact]
    public async Task A_multi_datastream_takes_a_result_for_each_component()
    {
        await using var silo = await WritingSilo.StartAsync();
        var unit = """{"name":"n","symbol":"m/s","definition":null}""";
        const string Placed = $",\"Locations\":[{Bodies.Location}]";
        var body = $$"""
            {"name":"Wind","description":"How strong?","observationType":"{{Bodies.Complex}}","multiObservationDataTypes":["{{Bodies.Measurement}}","{{Bodies.Measurement}}"],
             "unitOfMeasurements":[{{unit}},{{unit}}],"Thing":{{Bodies.Thing("Mast", Placed)}},"Sensor":{{Bodies.Sensor}},
             "ObservedProperties":[{"name":"Speed","definition":"s","description":""},{"name":"Gust","definition":"g","description":""}]}
            """;
        await silo.CreateAsync("MultiDatastreams", body);
        await silo.CreateAsync("MultiDatastreams(1)/Observations", """{"result":[3,7.5]}""");
        await silo.CreateAsync("Observations", $$"""{"result":[4,null],"phenomenonTime":"{{Earlier}}","MultiDatastream":{"@iot.id":1} }""");
        Assert.Contains("2 results", await silo.RefusedAsync(HttpMethod.Post, "MultiDatastreams(1)/Observations", """{"result":[1]}""", 400), StringComparison.Ordinal);
        Assert.Equal(3, (await silo.BooksAsync()).Stored);
        var fewer = body.Replace(",{\"name\":\"Gust\",\"definition\":\"g\",\"description\":\"\"}", "", StringComparison.Ordinal);
        Assert.Contains("there are 2, 2 and 1", await silo.RefusedAsync(HttpMethod.Post, "MultiDatastreams", fewer, 400), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_arrays_answer_an_address_or_error_for_each_row()
    {
        await using var silo = await WritingSilo.StartAsync();
        await silo.CreateAsync("Things", Bodies.Whole());
        var start = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 600;
        var rows = string.Join(',', Enumerable.Range(0, 500).Select(i => $"[\"{DateTimeOffset.FromUnixTimeSeconds(start + i):yyyy-MM-ddTHH:mm:ssZ}\",{i}]"));
        var body = $$"""[{"Datastream":{"@iot.id":1},"components":["phenomenonTime","result"],"dataArray@iot.count":502,"dataArray":[{{rows}},["{{Now}}","warm"],[1]]},{"Datastream":{"@iot.id":9},"components":["result"],"dataArray":[[1]]}]""";
        var (status, text, _) = await silo.SendAsync(HttpMethod.Post, "CreateObservations", body);
        Assert.True(status == HttpStatusCode.Created, text);
        var answers = JsonNode.Parse(text)!.AsArray();
        Assert.Equal(503, answers.Count);
        Assert.All(answers.Take(500), a => Assert.StartsWith($"{silo.Client.BaseAddress}v1.1/Observations(", (string)a!, StringComparison.Ordinal));
        Assert.All(answers.Skip(500), a => Assert.Equal("error", (string)a!));
        Assert.Equal(500, (await silo.BooksAsync()).Stored);
        Assert.Contains("number of rows", await silo.RefusedAsync(HttpMethod.Post, "CreateObservations", body.Replace("502", "3", StringComparison.Ordinal), 400), StringComparison.Ordinal);
        var (_, list, _) = await silo.SendAsync(HttpMethod.Post, "Datastreams(1)/Observations", """[{"result":1},{"result":"x"}]""");
        Assert.Equal("error", (string)JsonNode.Parse(list)![1]!);
    }

    [Fact]
    public async Task Patch_put_and_json_patch_change_what_they_name()
    {
        await using var silo = await WritingSilo.StartAsync();
        await silo.CreateAsync("Things", Bodies.Whole());
        var (status, text, _) = await silo.SendAsync(HttpMethod.Patch, "Things(1)", """{"name":"Kiln"}""");
        Assert.True(status == HttpStatusCode.OK, text);
        Assert.Contains("\"id\":\"oven-2\",\"type\":\"sensorthings-thing\",\"district\":\"mitte\",\"name\":\"Kiln\"", await silo.AdditionsAsync(), StringComparison.Ordinal);
        (status, _, _) = await silo.SendAsync(HttpMethod.Put, "Things(1)", """{"name":"Stove","description":"Warms"}""", prefer: "return=minimal");
        Assert.Equal(HttpStatusCode.NoContent, status);
        Assert.Contains("'description'", await silo.RefusedAsync(HttpMethod.Put, "Things(1)", """{"name":"Stove"}""", 400), StringComparison.Ordinal);
        const string Type = "application/json-patch+json";
        (status, text, _) = await silo.SendAsync(
            HttpMethod.Patch, "Things(1)", """[{"op":"test","path":"/name","value":"Stove"},{"op":"add","path":"/properties","value":{"a":1}},{"op":"replace","path":"/name","value":"Hob"}]""", Type);
        Assert.True(status == HttpStatusCode.OK, text);
        Assert.Contains("\"name\":\"Hob\"", await silo.AdditionsAsync(), StringComparison.Ordinal);
        Assert.Contains("test failed", await silo.RefusedAsync(HttpMethod.Patch, "Things(1)", """[{"op":"test","path":"/name","value":"Stove"}]""", 400, Type), StringComparison.Ordinal);
        await silo.RefusedAsync(HttpMethod.Patch, "Things(1)", """{"name":"x"}""", 415, "text/plain");
        await silo.RefusedAsync(HttpMethod.Patch, "Things(7)", """{"name":"x"}""", 404);
    }

    [Fact]
    public async Task If_match_lets_only_the_known_version_change()
    {
        await using var silo = await WritingSilo.StartAsync();
        await silo.CreateAsync("Things", Bodies.Thing());
        Assert.Equal(HttpStatusCode.OK, (await silo.SendAsync(HttpMethod.Patch, "Things(1)", """{"name":"b"}""", ifMatch: "W/\"1.abc\"")).Status);
        await silo.RefusedAsync(HttpMethod.Patch, "Things(1)", """{"name":"c"}""", 412, ifMatch: "W/\"1.abc\"");
        await silo.RefusedAsync(HttpMethod.Delete, "Things(1)", null, 412, ifMatch: "\"1\"");
        await silo.RefusedAsync(HttpMethod.Delete, "Things(1)", null, 412, ifMatch: "\"other\"");
        Assert.Contains("\"name\":\"b\"", await silo.AdditionsAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await silo.SendAsync(HttpMethod.Delete, "Things(1)", null, ifMatch: "*")).Status);
    }

    [Fact]
    public async Task Delete_takes_with_it_what_the_standard_says_and_the_registry_forgets_it()
    {
        await using var silo = await WritingSilo.StartAsync();
        await silo.CreateAsync("Things", Bodies.Whole());
        await silo.CreateAsync("Datastreams(1)/Observations", """{"result":1}""");
        await silo.RefusedAsync(HttpMethod.Delete, "FeaturesOfInterest(1)", null, 403);
        await silo.RefusedAsync(HttpMethod.Delete, "Observations(5)", null, 404);
        await silo.RefusedAsync(HttpMethod.Patch, "Observations(5)", """{"result":2}""", 404);
        Assert.Equal(HttpStatusCode.OK, (await silo.SendAsync(HttpMethod.Delete, "Sensors(1)", null)).Status);
        await silo.RefusedAsync(HttpMethod.Patch, "Datastreams(1)", """{"name":"x"}""", 404);
        Assert.DoesNotContain("sensors:", await silo.AdditionsAsync(), StringComparison.Ordinal);
        await silo.RefusedAsync(HttpMethod.Post, "Datastreams(1)/Observations", """{"result":1}""", 404);
        Assert.Equal(HttpStatusCode.OK, (await silo.SendAsync(HttpMethod.Delete, "Things(1)", null)).Status);
        Assert.Contains("Nothing", await silo.AdditionsAsync(), StringComparison.Ordinal);
        await silo.RefusedAsync(HttpMethod.Delete, "Things(1)", null, 404);
        await silo.CreateAsync("Things", Bodies.Whole());

        // The second is the registry's own: it was named when somebody wrote to a stream that was not there.
        await silo.CreateAsync("Datastreams(3)/Observations", """{"result":1}""");
    }

    [Fact]
    public async Task A_location_that_moves_moves_its_thing()
    {
        await using var silo = await WritingSilo.StartAsync();
        await silo.CreateAsync("Things", Bodies.Whole());
        var moved = """{"location":{"type":"Point","coordinates":[7.64,51.97]}}""";
        Assert.Equal(HttpStatusCode.OK, (await silo.SendAsync(HttpMethod.Patch, "Locations(1)", moved)).Status);
        Assert.Contains("\"location\":[7.64,51.97]", await silo.AdditionsAsync(), StringComparison.Ordinal);
        await silo.CreateAsync("Things(1)/Locations", Bodies.Location);
        Assert.Contains("\"location\":[7.63,51.96]", await silo.AdditionsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_finds_what_was_written_and_goes_on()
    {
        var first = await WritingSilo.StartAsync();
        await first.CreateAsync("Things", Bodies.Whole());
        var before = await first.AdditionsAsync();
        await using var silo = await first.RestartAsync();
        Assert.Equal(before, await silo.AdditionsAsync());
        await silo.CreateAsync("Datastreams(1)/Observations", """{"result":1}""");
        Assert.NotEqual("Things(1)", await silo.CreateAsync("Things", Bodies.Whole()));
        Assert.Equal(1, (await silo.BooksAsync()).Stored);
    }

    [Fact]
    public async Task Nobody_without_the_right_writes_anything()
    {
        await using var silo = await WritingSilo.StartAsync();
        await silo.CreateAsync("Things", Bodies.Whole());
        using var anybody = silo.Anybody();
        foreach (var (path, body) in new[] { ("Things", Bodies.Whole()), ("Datastreams(1)/Observations", """{"result":1}"""), ("CreateObservations", """[{"Datastream":{"@iot.id":1},"components":["result"],"dataArray":[[1]]}]""") })
        {
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var answer = await anybody.PostAsync($"v1.1/{path}", content, Token);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        using var deleted = await anybody.DeleteAsync("v1.1/Things(1)", Token);
        Assert.Equal(HttpStatusCode.Unauthorized, deleted.StatusCode);
        Assert.Equal(0, (await silo.BooksAsync()).Received);
    }

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ss.000Z", CultureInfo.InvariantCulture);

    private static string Root()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Orleans.sln")))
        {
            directory = Path.GetDirectoryName(directory)!;
        }

        return directory;
    }
}
