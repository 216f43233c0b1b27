using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Readings;
using Quartier.Contracts.SensorThings;

namespace SensorThings.Tests;

/// <summary>Observations are changed and deleted within change sets of both forms of <c>$batch</c>: judged together before anything is done (OGC 18-088, 11).</summary>
public sealed class ChangeSetTests : IAsyncLifetime
{
    private const string Opened = """match: ["g/rad-*/total", "sensorthings/*/*"]""";

    private readonly StaCity _city = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task Patch_put_json_patch_and_delete_are_made_together_with_entities_and_new_observations()
    {
        var (a, b, c, d) = (At(0), At(1), At(2), At(3));
        var stream = await _city.Public.StreamAsync("rad-2/total");
        var answers = await SendAsync($$$"""
            {"id":"t","atomicityGroup":"g","method":"post","url":"Sensors","body":{"name":"PT100","description":"d","encodingType":"text/html","metadata":"m"} },
            {"id":"a","atomicityGroup":"g","method":"patch","url":"Observations({{{a}}})","headers":{"If-Match":{{{JsonValue.Create(await TagAsync(a)).ToJsonString()}}} },"body":{"result":41} },
            {"id":"b","atomicityGroup":"g","method":"put","url":"Observations({{{b}}})","body":{"result":42,"parameters":{"by":"hand"} } },
            {"id":"c","atomicityGroup":"g","method":"patch","url":"Datastreams({{{stream}}})/Observations({{{c}}})","headers":{"Content-Type":"application/json-patch+json"},
             "body":[{"op":"replace","path":"/result","value":43}]},
            {"id":"d","atomicityGroup":"g","method":"delete","url":"Observations({{{d}}})"},
            {"id":"o","atomicityGroup":"g","method":"post","url":"Datastreams({{{stream}}})/Observations","body":{"result":5,"phenomenonTime":"2026-07-02T00:00:00Z"} },
            {"id":"e","method":"patch","url":"$o","body":{"result":6} },
            {"id":"f","atomicityGroup":"h","method":"patch","url":"$t","body":{"description":"other"} },
            {"id":"g","atomicityGroup":"h","method":"patch","url":"$o","body":{"parameters":{"in":"set"} } }
            """);
        Assert.Equal([201, 200, 200, 200, 200, 201, 200, 200, 200], Statuses(answers));
        Assert.Equal((double[])[41, 42, 43], await Task.WhenAll(new[] { a, b, c }.Select(ResultAsync)));
        Assert.Equal("""{"by":"hand"}""", (await _city.Public.JsonAsync($"Observations({b})"))["parameters"]!.ToJsonString());
        await _city.Public.GetAsync($"Observations({d})", 404);
        var made = (await _city.Public.ValuesAsync($"Datastreams({stream})/Observations?$filter=phenomenonTime eq 2026-07-02T00:00:00Z")).Single();
        Assert.Equal((6, """{"in":"set"}"""), ((double)made["result"]!, made["parameters"]!.ToJsonString()));
        Assert.NotNull(answers[1]!["headers"]!["quartier-policy"] ?? answers[1]!["headers"]!["Quartier-Policy"]);
        Assert.Equal(6, (await EntriesAsync()).Count);
    }

    [Theory]
    [InlineData("""{"id":"x","atomicityGroup":"g","method":"patch","url":"Observations(SECOND)","headers":{"If-Match":"W/\"7.x\""},"body":{"result":1} }""", 412)]
    [InlineData("""{"id":"x","atomicityGroup":"g","method":"patch","url":"Observations(SECOND)","body":{"result":"wet"} }""", 400)]
    [InlineData("""{"id":"x","atomicityGroup":"g","method":"patch","url":"Observations(SECOND)","body":{"phenomenonTime":"2026-07-01T01:45:00Z"} }""", 400)]
    [InlineData("""{"id":"x","atomicityGroup":"g","method":"put","url":"Observations(SECOND)","body":{"colour":"red"} }""", 400)]
    [InlineData("""{"id":"x","atomicityGroup":"g","method":"patch","url":"Observations(SECOND)","headers":{"Content-Type":"application/json-patch+json"},"body":[{"op":"test","path":"/result","value":-1}]}""", 400)]
    [InlineData("""{"id":"x","atomicityGroup":"g","method":"delete","url":"Observations(NEVER)"}""", 404)]
    [InlineData("""{"id":"x","atomicityGroup":"g","method":"delete","url":"Observations(DENIED)"}""", 403)]
    [InlineData("""{"id":"x","atomicityGroup":"g","method":"delete","url":"Observations(FIRST)"}""", 400)]
    [InlineData("""{"id":"x","atomicityGroup":"g","method":"delete","url":"Observations(SECOND)","headers":{"Quartier-Purpose":"Not An Id"} }""", 400)]
    [InlineData("""{"id":"x","atomicityGroup":"g","method":"delete","url":"Observations(NOISE)","headers":{"Quartier-Purpose":"information"} }""", 403)]
    [InlineData("""{"id":"x","atomicityGroup":"g","method":"delete","url":"$nothing"}""", 424)]
    public async Task One_that_is_refused_leaves_everything_as_it_is(string refused, int status)
    {
        var (first, second) = (At(4), At(5));
        refused = refused.Replace("FIRST", $"{first}", StringComparison.Ordinal).Replace("SECOND", $"{second}", StringComparison.Ordinal)
            .Replace("NEVER", $"{ObservationId.Of(Number("rad-2/total"), CityReadings.At(15, 5) + 1000)}", StringComparison.Ordinal)
            .Replace("NOISE", $"{ObservationId.Of(Number("laerm-1/laeq"), CityReadings.At(10, 1))}", StringComparison.Ordinal)
            .Replace("DENIED", $"{ObservationId.Of(Number("haus-1/energy"), CityReadings.At(60, 0))}", StringComparison.Ordinal);
        var sensors = await _city.Public.NumberAsync("Sensors/$count");
        var before = await Task.WhenAll(ResultAsync(first), ResultAsync(second));
        foreach (var entity in (string[])["", """{"id":"t","atomicityGroup":"g","method":"post","url":"Sensors","body":{"name":"Lost","description":"d","encodingType":"text/html","metadata":"m"} },"""])
        {
            var answers = await SendAsync($$$"""
                {"id":"a","atomicityGroup":"g","method":"patch","url":"Observations({{{first}}})","body":{"result":1} },
                {{{entity}}}
                {"id":"o","atomicityGroup":"g","method":"post","url":"Observations","body":{"result":5,"phenomenonTime":"2026-07-02T00:00:00Z","Datastream":{"@iot.id":{{{await _city.Public.StreamAsync("rad-2/total")}}} } } },
                {{{refused}}}
                """);
            Assert.Equal([.. Enumerable.Repeat(424, answers.Count - 1), status], Statuses(answers));
            Assert.Equal(before, await Task.WhenAll(ResultAsync(first), ResultAsync(second)));
            Assert.Equal(sensors, await _city.Public.NumberAsync("Sensors/$count"));
            Assert.Empty(await _city.Public.ValuesAsync("Observations?$filter=phenomenonTime eq 2026-07-02T00:00:00Z"));
        }

        Assert.Empty(await EntriesAsync());
    }

    [Fact]
    public async Task An_entity_that_is_refused_leaves_the_observations_as_they_are()
    {
        var (first, before) = (At(6), await ResultAsync(At(6)));
        var answers = await SendAsync($$$"""
            {"id":"a","atomicityGroup":"g","method":"patch","url":"Observations({{{first}}})","body":{"result":1} },
            {"id":"b","atomicityGroup":"g","method":"delete","url":"Observations({{{At(7)}}})"},
            {"id":"t","atomicityGroup":"g","method":"patch","url":"Sensors(9999)","body":{"name":"Lost"} }
            """);
        Assert.Equal([424, 424, 404], Statuses(answers));
        Assert.Equal(before, await ResultAsync(first));
        await _city.Public.JsonAsync($"Observations({At(7)})");
        Assert.Empty(await EntriesAsync());
    }

    [Fact]
    public async Task Operators_change_observations_of_their_streams_together_and_nobody_else_does()
    {
        await _city.PolicyAsync(CityFiles.Policy.Replace("""match: ["g/rad-*/total"]""", Opened, StringComparison.Ordinal));
        var thing = await _city.CreateAsync("Things", """
            {"name":"Dach","description":"d","properties":{"district":"hafen"},
             "Locations":[{"name":"Dachboden","description":"","encodingType":"application/geo+json","location":{"type":"Point","coordinates":[7.75,51.95]} }],
             "Datastreams":[{"name":"Feuchte","description":"Wie feucht?","observationType":"http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement",
               "unitOfMeasurement":{"name":"Prozent","symbol":"%","definition":"ucum:%"},"properties":{"registry":{"class":"public"}},
               "Sensor":{"name":"F","description":"Fühler","encodingType":"text/html","metadata":"f"},
               "ObservedProperty":{"name":"humidity","definition":"https://example.org/humidity","description":"Feuchte"}}]}
            """);
        var stream = (await _city.Operator.ValuesAsync($"{thing}/Datastreams")).Single().Id();
        var own = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            own.Add(await _city.ObserveAsync(stream, $$"""{"result":{{i}},"phenomenonTime":"2026-07-20T12:0{{i}}:00Z"}"""));
        }

        using var oda = await _city.PersonAsync("oda", "operator", "amt");
        oda.DefaultRequestHeaders.Add("Quartier-Purpose", "operation");
        var answers = await SendAsync(
            $$$"""
            {"id":"a","atomicityGroup":"g","method":"patch","url":"{{{own[0]}}}","body":{"result":10} },
            {"id":"b","atomicityGroup":"g","method":"delete","url":"{{{own[1]}}}"},
            {"id":"c","atomicityGroup":"g","method":"post","url":"Datastreams({{{stream}}})/Observations","body":{"result":20,"phenomenonTime":"2026-07-20T12:01:00Z"} },
            {"id":"d","atomicityGroup":"h","method":"patch","url":"{{{own[2]}}}","body":{"result":30} },
            {"id":"e","atomicityGroup":"h","method":"patch","url":"{{{thing}}}","body":{"name":"Keller"} },
            {"id":"f","atomicityGroup":"i","method":"delete","url":"{{{own[3]}}}"},
            {"id":"h","atomicityGroup":"i","method":"patch","url":"Observations({{{At(8)}}})","body":{"result":1} }
            """,
            oda);
        Assert.Equal([200, 200, 201, 424, 403, 424, 403], Statuses(answers));
        Assert.Equal([10, 20, 2, 3], (await _city.Operator.ValuesAsync($"Datastreams({stream})/Observations?$orderby=phenomenonTime")).Select(o => (double)o["result"]!));

        using var approver = await _city.PersonAsync("ada", "approver", "amt");
        foreach (var (client, status) in new[] { (_city.Public, 401), (approver, 403) })
        {
            foreach (var path in (string[])[own[0], "Observations(7)"])
            {
                var refused = await SendAsync($$"""
                    {"id":"a","atomicityGroup":"g","method":"delete","url":"{{path}}"},
                    {"id":"b","atomicityGroup":"g","method":"patch","url":"{{own[2]}}","body":{"result":1} }
                    """, client);
                Assert.Equal([status, 424], Statuses(refused));
            }
        }
    }

    [Fact]
    public async Task Deleted_and_sent_anew_in_one_change_set_it_is_what_was_sent()
    {
        var stream = await _city.Public.StreamAsync("rad-2/total");
        var answers = await SendAsync($$$"""
            {"id":"o","atomicityGroup":"g","method":"post","url":"Datastreams({{{stream}}})/Observations","body":{"result":77,"phenomenonTime":"2026-07-01T02:15:00Z"} },
            {"id":"d","atomicityGroup":"g","method":"delete","url":"Observations({{{At(9)}}})"}
            """);
        Assert.Equal([201, 200], Statuses(answers));
        Assert.Equal(77, await ResultAsync(At(9)));
    }

    [Fact]
    public async Task A_registry_that_the_change_set_itself_changes_keeps_no_observation_from_its_change()
    {
        var stream = await _city.Public.StreamAsync("rad-2/total");
        var answers = await SendAsync($$$"""
            {"id":"a","atomicityGroup":"g","method":"patch","url":"Observations({{{At(10)}}})","body":{"result":12} },
            {"id":"t","atomicityGroup":"g","method":"post","url":"Things","body":{"name":"Neu","description":"d","properties":{"district":"hafen"} } },
            {"id":"o","atomicityGroup":"g","method":"post","url":"Datastreams({{{stream}}})/Observations","body":{"result":13,"phenomenonTime":"2026-07-02T00:00:00Z"} },
            {"id":"b","atomicityGroup":"g","method":"delete","url":"Observations({{{At(11)}}})"}
            """);
        Assert.Equal([200, 201, 201, 200], Statuses(answers));
        Assert.Equal(12, await ResultAsync(At(10)));
        await _city.Public.GetAsync($"Observations({At(11)})", 404);
    }

    [Fact]
    public async Task Multipart_change_sets_do_the_same()
    {
        var (first, second) = (At(12), At(13));
        string Body(string tag) => string.Join(
            "\r\n",
            "--b", "Content-Type: multipart/mixed; boundary=c", "",
            "--c", "Content-Type: application/http", "Content-ID: 1", "",
            $"PATCH Observations({first}) HTTP/1.1", "Content-Type: application/json-patch+json", $"If-Match: {tag}", "", """[{"op":"replace","path":"/result","value":55}]""",
            "--c", "Content-Type: application/http", "Content-ID: 2", "",
            $"DELETE {_city.Root}/Observations({second}) HTTP/1.1", "",
            "--c--",
            "--b--", "");
        var tag = await TagAsync(first);
        var lost = await MultipartAsync(Body("W/\"7.x\""));
        Assert.Contains("HTTP/1.1 412", lost, StringComparison.Ordinal);
        Assert.Contains("HTTP/1.1 424", lost, StringComparison.Ordinal);
        await _city.Public.JsonAsync($"Observations({second})");
        var made = await MultipartAsync(Body(tag));
        Assert.Equal(2, made.Split("HTTP/1.1 200 OK").Length - 1);
        Assert.Equal(55, await ResultAsync(first));
        await _city.Public.GetAsync($"Observations({second})", 404);
    }

    private int Number(string stream) => _city.Silo.Services.GetRequiredService<IReadingStore>()
        .Find(new($"{StaCity.City}/g/{stream.Split('/')[0]}", stream.Split('/')[1]))!.Value;

    /// <summary>Id of the counter's Observation of a quarter of an hour.</summary>
    private long At(int i) => ObservationId.Of(Number("rad-2/total"), CityReadings.At(15, i))!.Value;

    private async Task<double> ResultAsync(long id) => (double)(await _city.Public.JsonAsync($"Observations({id})"))["result"]!;

    private async Task<string> TagAsync(long id)
    {
        using var answer = await _city.Public.GetAsync(new Uri($"Observations({id})", UriKind.Relative), Token);
        return answer.Headers.ETag!.ToString();
    }

    private async Task<List<LedgerEntry>> EntriesAsync()
    {
        var page = await _city.Silo.Services.GetRequiredService<ILedgerReader>().RangeAsync(StaCity.City, 0, 1_000);
        return [.. page.Entries.Select(e => e.Entry).Where(e => e.Kind == LedgerEntryKind.Correction)];
    }

    private static IEnumerable<int> Statuses(JsonArray answers) => answers.Select(a => (int)a!["status"]!);

    private async Task<JsonArray> SendAsync(string requests, HttpClient? client = null)
    {
        using var content = new StringContent($"{{\"requests\":[{requests}]}}", Encoding.UTF8, "application/json");
        using var answer = await (client ?? _city.Operator).PostAsync(new Uri("$batch", UriKind.Relative), content, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!["responses"]!.AsArray();
    }

    private async Task<string> MultipartAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/mixed; boundary=b");
        using var answer = await _city.Operator.PostAsync(new Uri("$batch", UriKind.Relative), content, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return text;
    }
}
