using System.Net;
using System.Text;

namespace SensorThings.Tests;

/// <summary>Observations that hold more than a time and a number (OGC 18-088, 8.2.8): written every way, read every way, and clipped like their readings.</summary>
public sealed class AnnotatedTests : IAsyncLifetime
{
    private const string Marker = "Kastanienallee";
    private const string ResultTime = "2026-07-02T12:00:00.000Z";
    private const string ValidTime = "2026-07-02T00:00:00.000Z/2026-07-03T00:00:00.000Z";
    private const string Quality = """{"nameOfMeasure":"calibrated-Kastanienallee"}""";
    private const string Parameters = """{"where":"Kastanienallee","depth":2.5,"tags":["a","ä"]}""";

    private readonly StaCity _city = new();

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task What_was_sent_is_read_in_every_form()
    {
        var id = await _city.Public.StreamAsync("rad-2/total");
        var path = await CreateAsync($"Datastreams({id})/Observations", Body(0, 41));
        var one = await _city.Public.JsonAsync(path);
        Assert.Equal(
            ["@iot.selfLink", "@iot.id", "phenomenonTime", "result", "resultTime", "resultQuality", "validTime", "parameters", "Datastream@iot.navigationLink", "FeatureOfInterest@iot.navigationLink"],
            one.AsObject().Select(p => p.Key));
        Assert.Equal(Time(0), (string)one["phenomenonTime"]!);
        Assert.Equal(ResultTime, (string)one["resultTime"]!);
        Assert.Equal(ValidTime, (string)one["validTime"]!);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Quality), one["resultQuality"]));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Parameters), one["parameters"]));
        Assert.Equal(one.ToJsonString(), (await _city.Public.ValuesAsync($"Datastreams({id})/Observations?$orderby=phenomenonTime desc&$top=1")).Single().ToJsonString());
        Assert.Equal("2.5", (await _city.Public.TextAsync($"{path}/parameters/depth/$value")).Text);
        Assert.Equal($$"""{"validTime":"{{ValidTime}}"}""", (await _city.Public.JsonAsync($"{path}/validTime")).ToJsonString());
        Assert.Equal("""{"resultTime":"2026-07-02T12:00:00.000Z","parameters":{"depth":2.5}}""", (await _city.Public.JsonAsync($"{path}?$select=resultTime,parameters/depth")).ToJsonString());
        var expanded = await _city.Public.JsonAsync($"Datastreams({id})?$expand=Observations($orderby=phenomenonTime desc;$top=1;$select=parameters)");
        Assert.Contains(Marker, expanded["Observations"]!.ToJsonString(), StringComparison.Ordinal);
        var table = (await _city.Public.TextAsync($"Datastreams({id})/Observations?$resultFormat=CSV&$orderby=phenomenonTime desc&$top=1&$select=resultTime,validTime,parameters/depth")).Text;
        Assert.Equal($"resultTime,validTime,parameters/depth\r\n{ResultTime},{ValidTime},2.5\r\n", table);
    }

    [Fact]
    public async Task Span_as_phenomenon_time_is_read_in_every_form_and_found_as_the_span_it_is()
    {
        var id = await _city.Public.StreamAsync("rad-2/total");
        var span = $"{Time(0)}/{Time(4)}";
        var path = await CreateAsync($"Datastreams({id})/Observations", $$"""{"phenomenonTime":"{{span}}","result":41}""");
        var one = await _city.Public.JsonAsync(path);
        Assert.Equal((span, Time(4)), ((string)one["phenomenonTime"]!, (string)one["resultTime"]!));
        Assert.Equal($$"""{"phenomenonTime":"{{span}}"}""", (await _city.Public.JsonAsync($"{path}/phenomenonTime")).ToJsonString());
        Assert.Equal(span, (await _city.Public.TextAsync($"{path}/phenomenonTime/$value")).Text);
        const string Latest = "$orderby=phenomenonTime desc&$top=1";
        var table = (await _city.Public.TextAsync($"Datastreams({id})/Observations?$resultFormat=CSV&{Latest}&$select=phenomenonTime,result")).Text;
        Assert.Equal($"phenomenonTime,result\r\n{span},41\r\n", table);
        var array = (await _city.Public.ValuesAsync($"Datastreams({id})/Observations?$resultFormat=dataArray&{Latest}")).Single();
        Assert.Equal(span, (string)array["dataArray"]![0]![1]!);
        Assert.Contains(span, (await _city.Public.TextAsync($"Datastreams({id})/Observations?$resultFormat=GeoJSON&{Latest}")).Text, StringComparison.Ordinal);
        var stream = await _city.Public.JsonAsync($"Datastreams({id})");
        Assert.EndsWith($"/{Time(4)}", (string)stream["phenomenonTime"]!, StringComparison.Ordinal);
        Assert.EndsWith($"/{Time(4)}", (string)stream["resultTime"]!, StringComparison.Ordinal);
        foreach (var (filter, count) in new[]
        {
            ($"phenomenonTime eq {span}", 1), ($"phenomenonTime eq {Time(0)}", 0), ($"phenomenonTime gt {Time(0)}", 0), ($"phenomenonTime ge {Time(0)}", 1),
            ($"phenomenonTime lt {Time(4)}", 97), ($"phenomenonTime lt {Time(3)}", 96), ($"phenomenonTime le {Time(3)}", 96), ($"result eq 41 and before(phenomenonTime,{Time(4)})", 1),
            ($"result eq 41 and during(phenomenonTime,{Time(0)}/{Time(4)})", 1), ($"result eq 41 and during(phenomenonTime,{Time(0)}/{Time(3)})", 0),
            ($"overlaps(phenomenonTime,{Time(3)}/{Time(9)})", 1), ($"overlaps(phenomenonTime,{Time(4)}/{Time(9)})", 0), ($"meets(phenomenonTime,{Time(4)}/{Time(9)})", 1),
            ($"starts(phenomenonTime,{Time(0)}/{Time(9)})", 1), ($"finishes(phenomenonTime,{Time(-9)}/{Time(4)})", 1),
        })
        {
            var found = await _city.Public.AllAsync($"Datastreams({id})/Observations?$filter={Uri.EscapeDataString(filter)}");
            Assert.True(found.Count == count, $"{filter}: {found.Count} instead of {count}");
        }

        Assert.Single(await _city.Public.ValuesAsync($"Datastreams?$filter=id eq {id} and Observations/phenomenonTime eq {Uri.EscapeDataString(span)}"));
        Assert.Single(await _city.Public.ValuesAsync($"Datastreams?$filter=id eq {id} and finishes(phenomenonTime,{Uri.EscapeDataString($"2000-01-01T00:00:00Z/{Time(4)}")})"));
    }

    [Fact]
    public async Task What_the_registry_has_named_can_be_written_to_before_anybody_has_read()
    {
        Assert.StartsWith("Observations(", await CreateAsync("Datastreams(1)/Observations", $$"""{"phenomenonTime":"{{Time(0)}}","result":1}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Span_is_written_in_data_arrays_and_over_mqtt_and_told_there()
    {
        var id = await _city.Public.StreamAsync("rad-2/total");
        var arrays = $$"""[{"Datastream":{"@iot.id":{{id}}},"components":["phenomenonTime","result"],"dataArray":[["{{Time(0)}}/{{Time(1)}}",1],["{{Time(2)}}/{{Time(2)}}",2]]}]""";
        await SendAsync("CreateObservations", arrays, 201);
        using var reader = await MqttPeer.ConnectAsync(_city.Silo.Mqtt);
        using var office = await MqttPeer.ConnectAsync(_city.Silo.Mqtt, _city.Key);
        Assert.Equal(0, await reader.SubscribeAsync($"v1.1/Datastreams({id})/Observations"));
        Assert.Equal(0, await office.PublishAsync($"v1.1/Datastreams({id})/Observations", $$"""{"phenomenonTime":"{{Time(3)}}/{{Time(4)}}","result":3}"""));
        var (_, told) = await reader.NextAsync();
        Assert.Equal($"{Time(3)}/{Time(4)}", (string)told["phenomenonTime"]!);
        var found = await _city.Public.ValuesAsync($"Datastreams({id})/Observations?$orderby=phenomenonTime desc&$top=3&$select=phenomenonTime");
        Assert.Equal([$"{Time(3)}/{Time(4)}", Time(2), $"{Time(0)}/{Time(1)}"], found.Select(o => (string)o["phenomenonTime"]!));
        Assert.Contains("the earlier first", await SendAsync($"Datastreams({id})/Observations", $$"""{"phenomenonTime":"{{Time(1)}}/{{Time(0)}}","result":1}""", 400), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Result_time_of_a_datastream_is_the_span_of_its_observations_result_times()
    {
        var id = await _city.Public.StreamAsync("rad-2/total");
        var before = await _city.Public.JsonAsync($"Datastreams({id})");
        Assert.Equal((string)before["phenomenonTime"]!, (string)before["resultTime"]!);
        await CreateAsync($"Datastreams({id})/Observations", $$"""{"phenomenonTime":"{{Time(0)}}","result":1,"resultTime":"2026-09-01T00:00:00Z"}""");
        await CreateAsync($"Datastreams({id})/Observations", $$"""{"phenomenonTime":"{{Time(1)}}","result":2,"resultTime":"2026-05-01T00:00:00Z"}""");
        var after = await _city.Public.JsonAsync($"Datastreams({id})");
        Assert.Equal("2026-05-01T00:00:00.000Z/2026-09-01T00:00:00.000Z", (string)after["resultTime"]!);
        Assert.EndsWith($"/{Time(1)}", (string)after["phenomenonTime"]!, StringComparison.Ordinal);
        Assert.Single(await _city.Public.ValuesAsync($"Datastreams?$filter=id eq {id} and overlaps(resultTime,2026-08-01T00:00:00Z/2026-12-01T00:00:00Z)"));
        Assert.Empty(await _city.Public.ValuesAsync($"Datastreams?$filter=id eq {id} and overlaps(phenomenonTime,2026-08-01T00:00:00Z/2026-12-01T00:00:00Z)"));

        // A greater value takes the place of the one whose result was known last, and what was said of that goes with it.
        await CreateAsync($"Datastreams({id})/Observations", $$"""{"phenomenonTime":"{{Time(0)}}","result":5}""");
        Assert.Equal($"2026-05-01T00:00:00.000Z/{Time(0)}", (string)(await _city.Public.JsonAsync($"Datastreams({id})?$select=resultTime"))["resultTime"]!);
    }

    [Fact]
    public async Task Data_array_names_what_some_of_its_rows_hold()
    {
        var id = await _city.Public.StreamAsync("rad-2/total");
        var plain = (await _city.Public.ValuesAsync($"Datastreams({id})/Observations?$resultFormat=dataArray&$top=2")).Single();
        Assert.Equal("""["id","phenomenonTime","result","resultTime"]""", plain["components"]!.ToJsonString());
        await CreateAsync($"Datastreams({id})/Observations", Body(0, 41));
        var latest = (await _city.Public.ValuesAsync($"Datastreams({id})/Observations?$resultFormat=dataArray&$top=2&$orderby=phenomenonTime desc")).Single();
        Assert.Equal("""["id","phenomenonTime","result","resultTime","resultQuality","validTime","parameters"]""", latest["components"]!.ToJsonString());
        Assert.Equal(ValidTime, (string)latest["dataArray"]![0]![5]!);
        Assert.Null(latest["dataArray"]![1]![6]);
        var selected = (await _city.Public.ValuesAsync($"Datastreams({id})/Observations?$resultFormat=dataArray&$top=1&$orderby=phenomenonTime desc&$select=parameters,result")).Single();
        Assert.Contains(Marker, selected["dataArray"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resultTime eq 2026-07-02T12:00:00Z", 1)]
    [InlineData("resultTime lt 2026-06-01T00:00:00Z", 1)]
    [InlineData("resultTime ge 2026-07-02T00:00:00Z", 2)]
    [InlineData("validTime lt 2026-07-04T00:00:00Z", 1)]
    [InlineData("during(phenomenonTime,validTime)", 0)]
    [InlineData("during(2026-07-02T01:00:00Z,validTime)", 1)]
    [InlineData("validTime eq null", 98)]
    [InlineData("parameters/depth gt 2", 1)]
    [InlineData("parameters/tags/0 eq 'a'", 1)]
    [InlineData("parameters/where eq 'Kastanienallee' and result eq 41", 1)]
    [InlineData("resultQuality/nameOfMeasure eq 'calibrated-Kastanienallee'", 1)]
    [InlineData("startswith(parameters/where,'Kastanien')", 1)]
    public async Task Filters_see_what_the_answer_shows(string filter, int count)
    {
        var id = await _city.Public.StreamAsync("rad-2/total");
        await CreateAsync($"Datastreams({id})/Observations", Body(0, 41));
        await CreateAsync($"Datastreams({id})/Observations", $$"""{"phenomenonTime":"{{Time(1)}}","result":42,"resultTime":"2026-05-01T00:00:00Z"}""");
        await CreateAsync($"Datastreams({id})/Observations", $$"""{"phenomenonTime":"{{Time(2)}}","result":43}""");
        var found = await _city.Public.AllAsync($"Datastreams({id})/Observations?$filter={Uri.EscapeDataString(filter)}");
        Assert.True(found.Count == count, $"{filter}: {found.Count} instead of {count}");
        var streams = await _city.Public.ValuesAsync($"Datastreams?$select=id&$filter={Uri.EscapeDataString($"id eq {id} and Observations/resultTime lt 2026-06-01T00:00:00Z")}");
        Assert.Single(streams);
    }

    [Fact]
    public async Task Order_by_result_time_is_that_of_the_answer()
    {
        var id = await _city.Public.StreamAsync("rad-2/total");
        await CreateAsync($"Datastreams({id})/Observations", Body(0, 41));
        await CreateAsync($"Datastreams({id})/Observations", $$"""{"phenomenonTime":"{{Time(1)}}","result":42,"resultTime":"2026-05-01T00:00:00Z"}""");
        var ordered = (await _city.Public.AllAsync($"Datastreams({id})/Observations?$orderby=resultTime&$top=30")).Select(o => (string)o["resultTime"]!).ToList();
        Assert.Equal(98, ordered.Count);
        Assert.Equal(ordered.Order(StringComparer.Ordinal), ordered);
        Assert.Equal("2026-05-01T00:00:00.000Z", ordered[0]);
        var deep = (await _city.Public.AllAsync($"Datastreams({id})/Observations?$orderby=parameters/depth desc&$top=40")).Select(o => o.Id()).ToList();
        Assert.Equal(98, deep.Distinct().Count());
    }

    [Fact]
    public async Task Coarse_grant_shows_and_finds_nothing_of_it()
    {
        var id = await _city.Public.StreamAsync("luft-1/temperature");
        var body = $$"""{"phenomenonTime":"2026-07-01T01:05:00Z","result":20,"resultTime":"{{ResultTime}}","validTime":"{{ValidTime}}","resultQuality":{{Quality}},"parameters":{{Parameters}} }""";
        await CreateAsync($"Datastreams({id})/Observations", body);
        Assert.Contains(Marker, (await _city.Operator.TextAsync($"Datastreams({id})/Observations?$top=50")).Text, StringComparison.Ordinal);
        foreach (var query in new[]
        {
            "", "&$resultFormat=dataArray", "&$resultFormat=CSV", "&$resultFormat=GeoJSON", "&$select=parameters,validTime,resultQuality",
            "&$filter=parameters/where eq 'Kastanienallee'", "&$filter=resultTime eq 2026-07-02T12:00:00Z", "&$filter=validTime lt 2099-01-01T00:00:00Z", "&$filter=resultQuality ne null",
        })
        {
            var (status, text) = await _city.Public.TextAsync($"Datastreams({id})/Observations?$top=50{query}");
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.DoesNotContain(Marker, text, StringComparison.Ordinal);
            Assert.DoesNotContain("2026-07-02T12", text, StringComparison.Ordinal);
            if (query.StartsWith("&$filter", StringComparison.Ordinal))
            {
                Assert.Empty(JsonNode.Parse(text)!["value"]!.AsArray());
            }
        }

        Assert.Empty(await _city.Public.ValuesAsync($"Datastreams?$filter=id eq {id} and Observations/parameters/where eq 'Kastanienallee'"));
        Assert.Single(await _city.Operator.ValuesAsync($"Datastreams?$filter=id eq {id} and Observations/parameters/where eq 'Kastanienallee'"));
    }

    [Fact]
    public async Task Redacted_quality_hides_what_the_sender_says_of_it()
    {
        var id = await _city.Public.StreamAsync("geheim-1/total");
        var path = await CreateAsync($"Datastreams({id})/Observations", Body(0, 3));
        Assert.NotNull((await _city.Operator.JsonAsync(path))["resultQuality"]);
        var seen = await _city.Public.JsonAsync(path);
        Assert.Null(seen["resultQuality"]);
        Assert.NotNull(seen["parameters"]);
        Assert.DoesNotContain("calibrated", (await _city.Public.TextAsync($"Datastreams({id})/Observations?$resultFormat=dataArray")).Text, StringComparison.Ordinal);
        Assert.Empty(await _city.Public.ValuesAsync($"Datastreams({id})/Observations?$filter=resultQuality ne null"));
        Assert.Empty(await _city.Public.ValuesAsync($"Datastreams?$filter=id eq {id} and startswith(Observations/resultQuality/nameOfMeasure,'c')"));
        Assert.Single(await _city.Operator.ValuesAsync($"Datastreams?$filter=id eq {id} and startswith(Observations/resultQuality/nameOfMeasure,'c')"));
    }

    [Fact]
    public async Task Repeats_and_contradictions_end_in_the_same_result_whatever_the_order()
    {
        var id = await _city.Public.StreamAsync("rad-2/total");
        string[] sent =
        [
            """{"result":5,"parameters":{"a":1}}""", """{"result":5,"parameters":{"a":2}}""", """{"result":5}""", """{"result":4,"parameters":{"a":9}}""",
        ];
        foreach (var (order, at) in new[] { new[] { 0, 1, 2, 3 }, [3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 0, 3, 1, 1] }.Select((o, i) => (o, Time(i))))
        {
            foreach (var i in order)
            {
                await CreateAsync($"Datastreams({id})/Observations", sent[i].Replace("{\"result\"", $"{{\"phenomenonTime\":\"{at}\",\"result\"", StringComparison.Ordinal));
            }

            var stored = (await _city.Public.ValuesAsync($"Datastreams({id})/Observations?$filter=phenomenonTime eq {at}&$select=result,resultQuality,parameters")).Single();
            Assert.Equal("""{"a":2}""", stored["parameters"]!.ToJsonString());
            Assert.Equal(5, (int)stored["result"]!);
            Assert.Contains("contradicted", stored["resultQuality"]!.AsArray().Select(q => (string)q!));
        }
    }

    [Fact]
    public async Task Data_arrays_lists_and_batches_bring_it_too()
    {
        var id = await _city.Public.StreamAsync("rad-2/total");
        var arrays = $$"""
            [{"Datastream":{"@iot.id":{{id}}},"components":["phenomenonTime","result","resultTime","validTime","resultQuality","parameters"],"dataArray":[
              ["{{Time(0)}}",1,"{{ResultTime}}","{{ValidTime}}",{{Quality}},{{Parameters}} ],["{{Time(1)}}",2,null,null,null,null],["{{Time(2)}}",3,null,null,null,{"mail":"x"}]]}]
            """;
        var answers = JsonNode.Parse(await SendAsync("CreateObservations", arrays, 201))!.AsArray();
        Assert.Equal("error", (string)answers[2]!);
        await SendAsync($"Datastreams({id})/Observations", $"[{Body(3, 4)},{Body(4, 5)}]", 201);
        var batch = $$"""{"requests":[{"id":"1","method":"post","url":"Datastreams({{id}})/Observations","body":{{Body(5, 6)}} },{"id":"2","atomicityGroup":"g","method":"post","url":"Datastreams({{id}})/Observations","body":{{Body(6, 7)}} }]}""";
        Assert.All(JsonNode.Parse(await SendAsync("$batch", batch, 200))!["responses"]!.AsArray(), r => Assert.Equal(201, (int)r!["status"]!));
        var found = await _city.Public.AllAsync($"Datastreams({id})/Observations?$filter=parameters/where eq '{Marker}'&$orderby=phenomenonTime");
        Assert.Equal([1, 4, 5, 6, 7], found.Select(o => (int)o["result"]!));
        Assert.All(found, o => Assert.Equal(ResultTime, (string)o["resultTime"]!));
    }

    [Fact]
    public async Task Over_mqtt_it_is_created_and_told()
    {
        var id = await _city.Public.StreamAsync("rad-2/total");
        using var reader = await MqttPeer.ConnectAsync(_city.Silo.Mqtt);
        using var office = await MqttPeer.ConnectAsync(_city.Silo.Mqtt, _city.Key);
        Assert.Equal(0, await reader.SubscribeAsync($"v1.1/Datastreams({id})/Observations"));
        Assert.Equal(0, await office.PublishAsync($"v1.1/Datastreams({id})/Observations", Body(0, 8)));
        var (_, told) = await reader.NextAsync();
        Assert.True(JsonNode.DeepEquals(await _city.Public.JsonAsync($"Observations({told.Id()})"), told), told.ToJsonString());
        Assert.Equal(Marker, (string)told["parameters"]!["where"]!);
        Assert.Equal(0x99, await office.PublishAsync($"v1.1/Datastreams({id})/Observations", """{"result":1,"parameters":{"mail":"x"}}"""));
    }

    [Fact]
    public async Task Texts_and_json_are_results_where_the_type_allows_them()
    {
        await _city.PolicyAsync(CityFiles.Policy.Replace("[\"g/rad-*/total\"]", "[\"g/rad-*/total\", \"sensorthings/*/*\"]", StringComparison.Ordinal));
        var (category, any) = (await StreamAsync("CategoryObservation"), await StreamAsync("Observation"));
        var deep = (await _city.Public.ValuesAsync($"Datastreams({category})/Observations?$select=result,resultTime,parameters")).Single();
        Assert.Equal($$"""{"result":"tief","resultTime":"{{ResultTime}}","parameters":{"n":2} }""".Replace(" }", "}", StringComparison.Ordinal), deep.ToJsonString());
        await CreateAsync($"Datastreams({category})/Observations", $$"""{"phenomenonTime":"{{Time(0)}}","result":"nass <&> \"ü\""}""");
        await CreateAsync($"Datastreams({any})/Observations", $$"""{"phenomenonTime":"{{Time(0)}}","result":{"a":[1,{"b":"x"} ] },"parameters":{"n":1} }""");
        await CreateAsync($"Datastreams({any})/Observations", $$"""{"phenomenonTime":"{{Time(1)}}","result":[1,2.5,"x",null]}""");
        await CreateAsync($"Datastreams({any})/Observations", $$"""{"phenomenonTime":"{{Time(2)}}","result":7}""");
        await CreateAsync($"Datastreams({any})/Observations", $$"""{"phenomenonTime":"{{Time(3)}}","result":"seven"}""");
        Assert.Equal("nass <&> \"ü\"", (string)(await _city.Public.ValuesAsync($"Datastreams({category})/Observations")).First()["result"]!);
        var all = await _city.Public.ValuesAsync($"Datastreams({any})/Observations");
        Assert.Equal(["""{"a":[1,{"b":"x"}]}""", """[1,2.5,"x",null]""", "7", "\"seven\"", "\"tief\""], all.Select(o => o["result"]!.ToJsonString()));
        Assert.Single(await _city.Public.ValuesAsync($"Datastreams({any})/Observations?$filter=result eq 'seven'"));
        Assert.Single(await _city.Public.ValuesAsync($"Datastreams({any})/Observations?$filter=result gt -5"));
        Assert.Single(await _city.Public.ValuesAsync($"Datastreams({any})/Observations?$filter=result/a/0 eq 1"));
        Assert.Single(await _city.Public.ValuesAsync($"Datastreams?$filter=id eq {any} and Observations/result eq 'seven'"));
        Assert.Empty(await _city.Public.ValuesAsync($"Datastreams?$filter=id eq {category} and Observations/result ge 0"));
        Assert.Contains("an e-mail address", await SendAsync($"Datastreams({any})/Observations", """{"result":"anna@example.org"}""", 400), StringComparison.Ordinal);
        Assert.Contains("none of its codes", await SendAsync($"Datastreams({category})/Observations", """{"result":1}""", 400), StringComparison.Ordinal);
        await SendAsync($"Datastreams({any})/Observations", $$"""{"result":"{{new string('x', 4095)}}"}""", 413);
    }

    private static string Time(int n) => DateTimeOffset.FromUnixTimeMilliseconds(CityReadings.At(60, 48 + n)).ToString("yyyy-MM-dd'T'HH:mm:ss.000'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static string Body(int n, int result) =>
        $$"""{"phenomenonTime":"{{Time(n)}}","result":{{result}},"resultTime":"{{ResultTime}}","validTime":"{{ValidTime}}","resultQuality":{{Quality}},"parameters":{{Parameters}} }""";

    private async Task<long> StreamAsync(string type)
    {
        const string Location = """{"name":"Hof","description":"","encodingType":"application/geo+json","location":{"type":"Point","coordinates":[7.62,51.95]}}""";
        var stream = $$"""
            {"name":"Zustand","description":"Wie?","observationType":"http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_{{type}}",
             "unitOfMeasurement":{"name":null,"symbol":null,"definition":null},"properties":{"registry":{"class":"public"} },
             "Observations":[{"phenomenonTime":"{{Time(9)}}","result":"tief","resultTime":"{{ResultTime}}","parameters":{"n":2} }],
             "Sensor":{"name":"Auge","description":"","encodingType":"text/html","metadata":"m"},"ObservedProperty":{"name":"Zustand","definition":"x","description":""} }
            """;
        var thing = await CreateAsync("Things", $$"""{"name":"Ding {{type}}","description":"","properties":{"district":"mitte"},"Locations":[{{Location}}],"Datastreams":[{{stream}}]}""");
        return (await _city.Public.ValuesAsync($"{thing}/Datastreams")).Single().Id();
    }

    private async Task<string> CreateAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _city.Operator.PostAsync(new Uri(path, UriKind.Relative), content, StaCity.Token);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(StaCity.Token)}");
        return answer.Headers.Location!.ToString()[$"{_city.Root}/".Length..];
    }

    private async Task<string> SendAsync(string path, string body, int status)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _city.Operator.PostAsync(new Uri(path, UriKind.Relative), content, StaCity.Token);
        var text = await answer.Content.ReadAsStringAsync(StaCity.Token);
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode} {text}");
        return text;
    }
}
