using System.Net;
using System.Text.Json.Nodes;

namespace Grains.Tests.SensorThings;

/// <summary>Batches in both forms (OGC 18-088, 11; OASIS OData JSON Format 4.01, 19).</summary>
public sealed class BatchTests
{
    private const string Linked = """{"@iot.id":1}""";
    private const string Lost = ""","Thing":{"@iot.id":99}""";
    private const string Placed = $",\"Locations\":[{Bodies.Location}]";

    [Fact]
    public async Task Json_requests_refer_to_what_earlier_ones_created()
    {
        await using var silo = await WritingSilo.StartAsync();
        var body = $$$"""
            {"requests":[
              {"id":"t","method":"post","url":"Things","body":{{{Bodies.Whole()}}}},
              {"id":"d","method":"post","url":"$t/Datastreams","body":{{{Bodies.Datastream(sensor: Linked)}}} ,"dependsOn":["t"]},
              {"id":"o","method":"post","url":"Observations","body":{"result":5,"Datastream":{"@iot.id":"$d"} } },
              {"id":"x","method":"post","url":"$nothing/Datastreams","body":{}},
              {"id":"y","method":"patch","url":"Things(1)","body":{"name":"Kiln"},"dependsOn":["x"]},
              {"id":"z","method":"delete","url":"Things(77)"},
              {"id":"g","method":"get","url":"Things(1)?$select=name"}
            ]}
            """;
        var answers = await PostAsync(silo, body);
        Assert.Equal([201, 201, 201, 424, 424, 404, 200], answers.Select(a => (int)a!["status"]!));
        Assert.Equal("Oven", (string)answers[6]!["body"]!["name"]!);
        Assert.EndsWith("/v1.1/Things(1)", (string)answers[0]!["headers"]!["location"]!, StringComparison.Ordinal);
        Assert.EndsWith("/v1.1/Datastreams(2)", (string)answers[1]!["headers"]!["location"]!, StringComparison.Ordinal);
        Assert.Equal(1, (await silo.BooksAsync()).Stored);
        Assert.DoesNotContain("Kiln", await silo.AdditionsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_atomicity_group_is_carried_out_together_or_not_at_all()
    {
        await using var silo = await WritingSilo.StartAsync();
        var body = $$$"""
            {"requests":[
              {"id":"t","atomicityGroup":"g","method":"post","url":"Things","body":{{{Bodies.Thing("Together", Placed)}}}},
              {"id":"d","atomicityGroup":"g","method":"post","url":"$t/Datastreams","body":{{{Bodies.Datastream()}}}},
              {"id":"o","atomicityGroup":"g","method":"post","url":"$d/Observations","body":{"result":5}},
              {"id":"u","atomicityGroup":"h","method":"post","url":"Things","body":{{{Bodies.Thing("Apart")}}}},
              {"id":"v","atomicityGroup":"h","method":"post","url":"Datastreams","body":{{{Bodies.Datastream(more: Lost)}}}}
            ]}
            """;
        var answers = await PostAsync(silo, body);
        Assert.Equal([201, 201, 201, 424, 400], answers.Select(a => (int)a!["status"]!));
        var additions = await silo.AdditionsAsync();
        Assert.Contains("Together", additions, StringComparison.Ordinal);
        Assert.DoesNotContain("Apart", additions, StringComparison.Ordinal);
        Assert.Equal(1, (await silo.BooksAsync()).Stored);
    }

    [Theory]
    [InlineData("delete", "Things(1)/Datastreams", "", 400, "its own address")]
    [InlineData("patch", "Things(1)/Datastreams", "{}", 400, "its own address")]
    [InlineData("delete", "Datastreams", "", 400, "not changed as a whole")]
    [InlineData("post", "Things(1)", """{"name":"a","description":"b"}""", 400, "creates an entity in a set")]
    [InlineData("patch", "Observations(1)", """{"result":1}""", 404, "no Observations(1)")]
    [InlineData("delete", "Observations(1)", "", 404, "no Observations(1)")]
    [InlineData("delete", "Things(1)/Datastreams(1)/Observations(1)", "", 400, "its own address")]
    [InlineData("put", "Observations", "{}", 400, "not changed as a whole")]
    public async Task An_address_within_a_change_set_is_taken_for_nothing_that_it_does_not_name(string method, string url, string body, int status, string expected)
    {
        await using var silo = await WritingSilo.StartAsync();
        Assert.Equal(201, (int)(await PostAsync(silo, $$$"""{"requests":[{"id":"t","method":"post","url":"Things","body":{{{Bodies.Whole()}}}}]}"""))[0]!["status"]!);
        var content = body.Length == 0 ? string.Empty : $",\"body\":{body}";
        var answer = (await PostAsync(silo, $$$"""{"requests":[{"id":"a","atomicityGroup":"g","method":"{{{method}}}","url":"{{{url}}}"{{{content}}}}]}"""))[0]!;
        Assert.Equal(status, (int)answer["status"]!);
        Assert.Contains(expected, (string)answer["body"]!["detail"]!, StringComparison.Ordinal);
        Assert.Equal(200, (int)(await PostAsync(silo, """{"requests":[{"id":"d","method":"get","url":"Datastreams(1)?$select=name"}]}"""))[0]!["status"]!);
        Assert.Equal(200, (int)(await PostAsync(silo, """{"requests":[{"id":"d","method":"get","url":"Things(1)?$select=name"}]}"""))[0]!["status"]!);
    }

    [Fact]
    public async Task If_match_counts_in_a_change_set_and_is_answered_where_it_was_asked()
    {
        await using var silo = await WritingSilo.StartAsync();
        await PostAsync(silo, $$$"""{"requests":[{"id":"t","method":"post","url":"Things","body":{{{Bodies.Thing()}}}}]}""");
        var answers = await PostAsync(silo, """
            {"requests":[
              {"id":"a","atomicityGroup":"g","method":"patch","url":"Things(1)","headers":{"If-Match":"W/\"7.x\""},"body":{"name":"Lost"}},
              {"id":"b","atomicityGroup":"g","method":"patch","url":"Things(1)","body":{"description":"Lost"}},
              {"id":"c","atomicityGroup":"h","method":"delete","url":"Things(1)","headers":{"if-match":"W/\"7.x\""}},
              {"id":"d","atomicityGroup":"i","method":"patch","url":"Things(1)","headers":{"If-Match":"W/\"1.x\""},"body":{"name":"Kept"}}
            ]}
            """);
        Assert.Equal([412, 424, 412, 200], answers.Select(a => (int)a!["status"]!));
        Assert.DoesNotContain("Lost", await silo.AdditionsAsync(), StringComparison.Ordinal);
        Assert.Contains("Kept", await silo.AdditionsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_observation_of_a_change_set_answers_for_itself_and_says_where_it_is()
    {
        await using var silo = await WritingSilo.StartAsync();
        await silo.CreateAsync("Things", Bodies.Whole());
        var answers = await PostAsync(silo, $$$"""
            {"requests":[
              {"id":"t","atomicityGroup":"g","method":"post","url":"Things","body":{{{Bodies.Thing("Kiln", Placed)}}}},
              {"id":"o","atomicityGroup":"g","method":"post","url":"Datastreams(1)/Observations","body":{"result":"warm"}},
              {"id":"p","atomicityGroup":"g","method":"post","url":"Datastreams(1)/Observations","body":{"result":5}}
            ]}
            """);
        Assert.Equal([201, 400, 201], answers.Select(a => (int)a!["status"]!));
        Assert.Contains("has texts", (string)answers[1]!["body"]!["detail"]!, StringComparison.Ordinal);
        Assert.Contains("/v1.1/Observations(", (string)answers[2]!["headers"]!["location"]!, StringComparison.Ordinal);
        Assert.Equal(1, (await silo.BooksAsync()).Stored);
    }

    [Fact]
    public async Task A_change_set_creates_no_stream_for_an_observation_that_would_be_refused()
    {
        await using var silo = await WritingSilo.StartAsync();
        var answers = await PostAsync(silo, $$$"""
            {"requests":[
              {"id":"t","atomicityGroup":"g","method":"post","url":"Things","body":{{{Bodies.Thing("Oven", Placed)}}}},
              {"id":"d","atomicityGroup":"g","method":"post","url":"$t/Datastreams","body":{{{Bodies.Datastream()}}}},
              {"id":"p","atomicityGroup":"g","method":"post","url":"$d/Observations","body":{"result":5}},
              {"id":"o","atomicityGroup":"g","method":"post","url":"$d/Observations","body":{"result":"warm"}}
            ]}
            """);
        Assert.Equal([424, 424, 424, 400], answers.Select(a => (int)a!["status"]!));
        Assert.Contains("has texts", (string)answers[3]!["body"]!["detail"]!, StringComparison.Ordinal);
        Assert.Contains("Nothing", await silo.AdditionsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_observation_of_a_change_set_brings_its_stream_and_refused_brings_none()
    {
        await using var silo = await WritingSilo.StartAsync();
        var stream = Bodies.Datastream(more: $",\"Thing\":{Bodies.Thing("Oven", Placed)}");
        var answers = await PostAsync(silo, $$$"""
            {"requests":[
              {"id":"a","atomicityGroup":"g","method":"post","url":"Observations","body":{"result":5,"Datastream":{{{stream}}} } },
              {"id":"b","atomicityGroup":"h","method":"post","url":"Observations","body":{"result":"warm","Datastream":{{{stream}}} } }
            ]}
            """);
        Assert.Equal([201, 400], answers.Select(a => (int)a!["status"]!));
        Assert.Contains("/v1.1/Observations(", (string)answers[0]!["headers"]!["location"]!, StringComparison.Ordinal);
        Assert.Equal(1, (await silo.BooksAsync()).Stored);
        Assert.Equal("1", await silo.Client.GetStringAsync("v1.1/Datastreams/$count?$filter=name eq 'Heat'", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Operators_send_observations_of_their_streams_together_as_they_do_alone()
    {
        await using var silo = await WritingSilo.StartAsync();
        await silo.CreateAsync("Things", Bodies.Whole());
        using var oda = await silo.PersonAsync("oda", "operator");
        var answers = await PostAsync(oda, $$$"""
            {"requests":[
              {"id":"a","method":"post","url":"Datastreams(1)/Observations","body":{"result":1}},
              {"id":"b","atomicityGroup":"g","method":"post","url":"Datastreams(1)/Observations","body":{"result":2}},
              {"id":"c","atomicityGroup":"g","method":"post","url":"Observations","body":{"result":3,"Datastream":{"@iot.id":1} } },
              {"id":"d","atomicityGroup":"h","method":"post","url":"Datastreams(1)/Observations","body":{"result":4}},
              {"id":"e","atomicityGroup":"h","method":"patch","url":"Things(1)","body":{"name":"Kiln"}},
              {"id":"f","atomicityGroup":"i","method":"post","url":"Datastreams(1)/Observations","body":{"result":5}},
              {"id":"g","atomicityGroup":"i","method":"post","url":"Observations","body":{"result":6,"Datastream":{{{Bodies.Datastream(more: $",\"Thing\":{Linked}")}}} } },
              {"id":"h","atomicityGroup":"j","method":"post","url":"Datastreams(1)/Observations","body":{"result":7}},
              {"id":"i","atomicityGroup":"j","method":"post","url":"Datastreams(9)/Observations","body":{"result":8}},
              {"id":"j","atomicityGroup":"k","method":"post","url":"Datastreams(1)/Observations","body":{"result":9}},
              {"id":"k","atomicityGroup":"k","method":"post","url":"Datastreams(1)/Observations","body":{"resul":10}}
            ]}
            """);
        Assert.Equal([201, 201, 201, 424, 403, 424, 403, 424, 404, 424, 400], answers.Select(a => (int)a!["status"]!));
        Assert.Equal(3, (await silo.BooksAsync()).Received);
        Assert.Equal("1", await silo.Client.GetStringAsync("v1.1/Datastreams/$count?$filter=name eq 'Heat'", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("operator", "")]
    [InlineData("approver", "office")]
    [InlineData("", "")]
    public async Task Nobody_else_sends_observations_in_a_change_set(string role, string office)
    {
        await using var silo = await WritingSilo.StartAsync();
        await silo.CreateAsync("Things", Bodies.Whole());
        using var person = role.Length == 0 ? silo.Anybody() : await silo.PersonAsync("oda", role, office);
        var answers = await PostAsync(person, """
            {"requests":[
              {"id":"a","atomicityGroup":"g","method":"post","url":"Datastreams(1)/Observations","body":{"result":1}},
              {"id":"b","atomicityGroup":"g","method":"post","url":"Datastreams(1)/Observations","body":{"result":2}}
            ]}
            """);
        Assert.Equal([role.Length == 0 ? 401 : 403, 424], answers.Select(a => (int)a!["status"]!));
        Assert.Equal(0, (await silo.BooksAsync()).Received);
    }

    [Fact]
    public async Task Head_is_answered_like_get_without_the_body()
    {
        await using var silo = await WritingSilo.StartAsync();
        await silo.CreateAsync("Things", Bodies.Thing());
        var answers = await PostAsync(silo, """
            {"requests":[{"id":"a","method":"head","url":"Things(1)"},{"id":"b","method":"get","url":"Things(1)"},{"id":"c","method":"head","url":"Things(9)"}]}
            """);
        Assert.Equal([200, 200, 404], answers.Select(a => (int)a!["status"]!));
        Assert.Null(answers[0]!["body"]);
        Assert.NotNull(answers[1]!["body"]);
        Assert.Null(answers[2]!["body"]);
        Assert.Equal((string)answers[1]!["headers"]!["etag"]!, (string)answers[0]!["headers"]!["etag"]!);
    }

    [Fact]
    public async Task An_address_within_a_filter_stays_within_the_filter()
    {
        await using var silo = await WritingSilo.StartAsync();
        var answers = await PostAsync(silo, $$$"""
            {"requests":[
              {"id":"t","method":"post","url":"Things","body":{{{Bodies.Thing("/v1.1/Things(1)")}}}},
              {"id":"f","method":"get","url":"Things?$select=name&$filter=name eq '/v1.1/Things(1)'"}
            ]}
            """);
        Assert.Equal([201, 200], answers.Select(a => (int)a!["status"]!));
        Assert.Equal("/v1.1/Things(1)", (string)answers[1]!["body"]!["value"]![0]!["name"]!);
    }

    [Fact]
    public async Task Multipart_parts_and_change_sets_do_the_same()
    {
        await using var silo = await WritingSilo.StartAsync();
        var body = string.Join(
            "\r\n",
            "--b", "Content-Type: multipart/mixed; boundary=c", "",
            "--c", "Content-Type: application/http", "Content-Transfer-Encoding: binary", "Content-ID: 1", "",
            "POST Things HTTP/1.1", "Content-Type: application/json", "", Bodies.Thing("Oven", $",\"Locations\":[{Bodies.Location}]"),
            "--c", "Content-Type: application/http", "Content-ID: 2", "",
            "POST $1/Datastreams HTTP/1.1", "Content-Type: application/json", "", Bodies.Datastream(),
            "--c--",
            "--b", "Content-Type: application/http", "",
            $"POST {silo.Client.BaseAddress}v1.1/Datastreams(1)/Observations HTTP/1.1", "Content-Type: application/json", "", """{"result":1}""",
            "--b", "Content-Type: application/http", "",
            "DELETE /v1.1/Things(9) HTTP/1.1", "",
            "--b--", "");
        var (status, text, _) = await silo.SendAsync(HttpMethod.Post, "$batch", body, "multipart/mixed; boundary=b");
        Assert.True(status == HttpStatusCode.OK, text);
        Assert.Equal(3, text.Split("HTTP/1.1 201 Created").Length - 1);
        Assert.Contains("HTTP/1.1 404 Not Found", text, StringComparison.Ordinal);
        Assert.Contains("/v1.1/Datastreams(1)\r\n", text, StringComparison.Ordinal);
        Assert.Equal(1, (await silo.BooksAsync()).Stored);
    }

    [Fact]
    public async Task A_part_with_a_reference_that_cannot_be_read_is_told_so()
    {
        await using var silo = await WritingSilo.StartAsync();
        var body = string.Join(
            "\r\n",
            "--b", "Content-Type: application/http", "Content-ID: t", "", "POST Things HTTP/1.1", "", Bodies.Thing(),
            "--b", "Content-Type: application/http", "", "PATCH $t HTTP/1.1", "", """{"name":"a","description":"$t","name":"b"}""",
            "--b", "Content-Type: application/http", "", "PATCH $t HTTP/1.1", "", """{"name":"\ud800","description":"$t"}""",
            "--b--", "");
        var (status, text, _) = await silo.SendAsync(HttpMethod.Post, "$batch", body, "multipart/mixed; boundary=b");
        Assert.True(status == HttpStatusCode.OK, text);
        Assert.Equal(1, text.Split("HTTP/1.1 201 Created").Length - 1);
        Assert.Equal(2, text.Split("HTTP/1.1 400 Bad Request").Length - 1);
    }

    [Theory]
    [InlineData("application/json", "[]", 400)]
    [InlineData("application/json", """{"requests":[{"id":"a","method":"get"}]}""", 400)]
    [InlineData("application/json", """{"requests":[{"id":"a","method":"delete","url":"Things(1)"},{"id":"a","method":"delete","url":"Things(1)"}]}""", 400)]
    [InlineData("multipart/mixed", "--b--", 400)]
    [InlineData("multipart/mixed; boundary=b", "nothing", 400)]
    [InlineData("multipart/mixed; boundary=b", "--b\r\nContent-Type: application/http\r\n\r\nhello\r\n--b--\r\n", 400)]
    [InlineData("text/plain", "x", 415)]
    public async Task What_is_no_batch_is_refused(string type, string body, int expected)
    {
        await using var silo = await WritingSilo.StartAsync();
        await silo.RefusedAsync(HttpMethod.Post, "$batch", body, expected, type);
    }

    [Fact]
    public async Task A_batch_lets_nobody_do_what_he_may_not_do_alone()
    {
        await using var silo = await WritingSilo.StartAsync();
        using var anybody = silo.Anybody();
        var body = $$$"""
            {"requests":[{"id":"a","method":"post","url":"Things","body":{{{Bodies.Thing()}}},"headers":{"Authorization":"{{{silo.Client.DefaultRequestHeaders.Authorization}}}x"}},
              {"id":"b","atomicityGroup":"g","method":"post","url":"Things","body":{{{Bodies.Thing()}}}},
              {"id":"c","method":"post","url":"$batch","body":{"requests":[]}}]}
            """;
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await anybody.PostAsync("v1.1/$batch", content, TestContext.Current.CancellationToken);
        var answers = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["responses"]!.AsArray();
        Assert.Equal([401, 401, 400], answers.Select(a => (int)a!["status"]!));
        Assert.Contains("Nothing", await silo.AdditionsAsync(), StringComparison.Ordinal);
    }

    private static Task<JsonArray> PostAsync(WritingSilo silo, string body) => PostAsync(silo.Client, body);

    private static async Task<JsonArray> PostAsync(HttpClient caller, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await caller.PostAsync("v1.1/$batch", content, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!["responses"]!.AsArray();
    }
}
