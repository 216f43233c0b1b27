using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Api.Tests.Fakes;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;

namespace Api.Tests;

/// <summary>The public register, the records and the contracts: who sees what, and what an approval keeps.</summary>
public sealed class RegisterTests
{
    private const long Until = 1_830_000_000_000;
    private const string Processing = "/api/cities/muenster/records/processing";

    private static readonly PolicyDefinition Policy = new(
        "muenster",
        null,
        [new("planning", "Planung <b>", "§ 1", "mobilitaet", "Wie viel?", "2027-01-01", false)],
        [new("counts", ["promenade/*/total"], DataClass.Public, ["planning"], "Stadt", "mobilitaet", new("Was", "Wie", "Wer", "Nein"), new(90, 0, 0), true, false)],
        [
            new("open", ["public"], ["counts"], "planning", Resolution.Hour, ReadScope.Cell, [], Until, 100, Redactions.None, "Frei.", false),
            new("for-anna", ["person:anna"], ["counts"], "planning", Resolution.Raw, ReadScope.Sensor, [], Until, 100, Redactions.None, "Anna allein.", false),
        ],
        [],
        [
            new("radkarte", "Radkarte e. V.", ["counts"], ["planning"], "Nein.", Until),
            new("altlast", "Altlast GmbH", ["counts"], ["planning"], "Nein.", 1_700_000_000_000),
        ],
        [],
        null);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_reads_the_register_without_an_account_and_it_names_nobody()
    {
        await using var host = await StartAsync();
        using var anybody = host.Anybody();
        var register = (await anybody.GetFromJsonAsync<JsonNode>("/open/cities/muenster/register", Token))!;
        Assert.Equal(
            ["parkleitsystem/theater/free", "parkleitsystem/theater/state", "promenade/zaehler/total", "promenade/zaehler/battery"],
            register["items"]!.AsArray().Select(i => i!["stream"]!.GetValue<string>()));
        var counter = register["items"]![2]!;
        Assert.Equal(("public", "Stadt", false, true), (Text(counter, "class"), Text(counter, "operator"), counter["quarantine"]!.GetValue<bool>(), counter["countsPeople"]!.GetValue<bool>()));
        Assert.Equal("§ 1", Text(counter["purposes"]![0]!, "legalBasis"));
        Same.Json("[7.63,51.96]", counter["position"]);
        Same.Json("""["person","public"]""", new JsonArray([.. counter["access"]!.AsArray().Select(a => (JsonNode)Text(a!, "kind"))]));
        Assert.Equal("eine benannte Person", Text(counter["access"]![0]!["who"]!, "de"));
        Assert.True(register["items"]![3]!["quarantine"]!.GetValue<bool>());
        Assert.DoesNotContain("anna", register.ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Register_is_read_page_by_page_and_by_district()
    {
        await using var host = await StartAsync();
        using var anybody = host.Anybody();
        var first = (await anybody.GetFromJsonAsync<JsonNode>("/open/cities/muenster/register?limit=1", Token))!;
        Assert.Equal((2, "parkleitsystem/theater"), (first["items"]!.AsArray().Count, Text(first, "next")));
        var second = (await anybody.GetFromJsonAsync<JsonNode>("/open/cities/muenster/register?limit=1&after=parkleitsystem/theater", Token))!;
        Assert.Equal((2, null), (second["items"]!.AsArray().Count, second["next"]));
        var district = (await anybody.GetFromJsonAsync<JsonNode>("/open/cities/muenster/register?district=hafen", Token))!;
        Assert.All(district["items"]!.AsArray(), i => Assert.Equal("hafen", Text(i!, "district")));
        await host.GetAsync("/open/cities/muenster/register?district=nirgends", 404);
        await host.GetAsync("/open/cities/nirgends/register", 404);
    }

    [Fact]
    public async Task Everybody_is_told_why_something_is_measured()
    {
        await using var host = await StartAsync();
        using var anybody = host.Anybody();
        var why = (await anybody.GetFromJsonAsync<JsonNode>("/open/cities/muenster/register/promenade/zaehler/total", Token))!;
        Assert.Contains("Wie viel?", Text(why["why"]!, "de"), StringComparison.Ordinal);
        Assert.Equal("promenade/zaehler/total", Text(why["entry"]!, "stream"));
        var quarantine = (await anybody.GetFromJsonAsync<JsonNode>("/open/cities/muenster/register/promenade/zaehler/battery", Token))!;
        Assert.Contains("quarantine", Text(quarantine["why"]!, "en"), StringComparison.Ordinal);
        await host.GetAsync("/open/cities/muenster/register/promenade/zaehler/nichts", 404);
    }

    [Theory]
    [InlineData("", 401, 401, 401)]
    [InlineData("operator", 403, 403, 403)]
    [InlineData("administrator", 200, 403, 200)]
    [InlineData("approver", 200, 403, 403)]
    [InlineData("data-protection-officer", 200, 200, 200)]
    public async Task Records_and_contracts_are_for_the_roles_that_answer_for_them(string role, int see, int approve, int contracts)
    {
        await using var host = await StartAsync();
        using var client = role.Length == 0 ? host.Anybody() : await PersonAsync(host, "p-" + role, role);
        foreach (var record in (string[])["processing", "impact-assessment"])
        {
            Assert.Equal(see, await StatusAsync(client, HttpMethod.Get, $"/api/cities/muenster/records/{record}"));
            Assert.Equal(see, await StatusAsync(client, HttpMethod.Get, $"/api/cities/muenster/records/{record}/changes"));
            Assert.Equal(approve, await StatusAsync(client, HttpMethod.Post, $"/api/cities/muenster/records/{record}/approve"));
        }

        Assert.Equal(contracts, await StatusAsync(client, HttpMethod.Get, "/api/cities/muenster/contracts"));
        Assert.Equal(200, await StatusAsync(client, HttpMethod.Get, "/open/cities/muenster/contracts"));
        Assert.Equal(see == 200 ? 404 : see, await StatusAsync(client, HttpMethod.Get, "/api/cities/muenster/records/nothing"));
    }

    [Fact]
    public async Task Approval_keeps_the_record_of_its_moment_and_changes_show_what_came_since()
    {
        await using var host = await StartAsync();
        using var officer = await PersonAsync(host, "dora", "data-protection-officer");
        var before = (await officer.GetFromJsonAsync<JsonNode>(Processing, Token))!;
        Assert.Equal((false, null), (before["unchanged"]!.GetValue<bool>(), before["approved"]));
        Assert.Equal("planning", Text(before["record"]!["activities"]![0]!, "id"));
        Assert.DoesNotContain("anna", before.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        using var answer = await officer.PostAsync($"{Processing}/approve?digest={Text(before, "digest")}", null, Token);
        var approval = (await answer.Content.ReadFromJsonAsync<JsonNode>(Token))!;
        Assert.Equal((1, "person:dora", "2026-07-02T00:00:00.000Z"), (approval["number"]!.GetValue<int>(), Text(approval, "by"), Text(approval, "at")));
        Assert.True((await officer.GetFromJsonAsync<JsonNode>(Processing, Token))!["unchanged"]!.GetValue<bool>());
        Assert.Empty((await officer.GetFromJsonAsync<JsonNode>(Processing + "/changes", Token))!["changes"]!.AsArray());

        host.Policies.Set(Policy with { Streams = [Policy.Streams[0] with { Retention = new(30, 0, 0) }] });
        var changes = (await officer.GetFromJsonAsync<JsonNode>(Processing + "/changes", Token))!["changes"]!.AsArray();
        Assert.Contains(changes, c => Text(c!, "path") == "activities[planning].erasure[counts/raw].days" && Text(c!, "before") == "90" && Text(c!, "after") == "30");
        var page = await officer.GetStringAsync(Processing + "/changes?format=html", Token);
        Assert.Contains("activities[planning].erasure[counts/raw].days", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_unseen_is_approved()
    {
        await using var host = await StartAsync();
        using var officer = await PersonAsync(host, "dora", "data-protection-officer");
        var read = Text((await officer.GetFromJsonAsync<JsonNode>(Processing, Token))!, "digest");
        host.Policies.Set(Policy with { Grants = [] });
        Assert.Equal(409, await StatusAsync(officer, HttpMethod.Post, $"{Processing}/approve?digest={read}"));
        Assert.Null((await officer.GetFromJsonAsync<JsonNode>(Processing, Token))!["approved"]);
    }

    [Theory]
    [InlineData("?format=html", "application/json", true)]
    [InlineData("?format=json", "text/html", false)]
    [InlineData("", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true)]
    [InlineData("", "application/json,text/html;q=0.5", false)]
    [InlineData("", "*/*", false)]
    public async Task Page_is_answered_to_whoever_wants_one_and_runs_nothing(string query, string accept, bool isPage)
    {
        await using var host = await StartAsync();
        using var officer = await PersonAsync(host, "dora", "data-protection-officer");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/cities/muenster/records/impact-assessment" + query);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await officer.SendAsync(request, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.Equal(isPage ? "text/html" : "application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Accept", response.Headers.Vary);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        if (isPage)
        {
            Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
            Assert.Contains("Planung &lt;b&gt;", text, StringComparison.Ordinal);
            Assert.Contains("<html lang=\"de\">", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Contracts_show_their_end_and_to_officers_the_ids_of_their_valid_keys()
    {
        await using var host = await StartAsync();
        var made = await host.SendAsync(
            HttpMethod.Post, "/api/keys", """{"contract":"radkarte","city":"muenster","until":"2027-01-01T00:00:00Z"}""", "application/json");
        var key = made!["key"]!.GetValue<string>();
        var contracts = (await host.GetAsync("/api/cities/muenster/contracts"))!.AsArray();
        Assert.Equal([("altlast", true), ("radkarte", false)], contracts.Select(c => (Text(c!, "id"), c!["ended"]!.GetValue<bool>())));
        Assert.Equal(key.Split('_')[1], Assert.Single(contracts[1]!["keys"]!.AsArray())!.GetValue<string>());
        Assert.DoesNotContain(key, contracts.ToJsonString(), StringComparison.Ordinal);
        await host.Client.DeleteAsync("/api/keys/" + key.Split('_')[1], Token);
        Assert.Empty((await host.GetAsync("/api/cities/muenster/contracts"))![1]!["keys"]!.AsArray());
        using var anybody = host.Anybody();
        var open = (await anybody.GetFromJsonAsync<JsonNode>("/open/cities/muenster/contracts", Token))!.AsArray();
        Same.Json("""{"partner":"Radkarte e. V.","purposes":["Planung <b>"],"onward":"Nein.","until":"2027-12-28T13:20:00.000Z","ended":false}""", open[1]);
    }

    private static async Task<ApiHost> StartAsync() => await ApiHost.StartAsync(h => h.Policies.Set(Policy));

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static async Task<int> StatusAsync(HttpClient client, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await client.SendAsync(request, Token);
        return (int)response.StatusCode;
    }

    private static async Task<HttpClient> PersonAsync(ApiHost host, string id, string role)
    {
        await host.SendAsync(HttpMethod.Post, "/api/persons", $$"""{"id":"{{id}}","name":"{{id}}","roles":["{{role}}"]}""", "application/json");
        var made = await host.SendAsync(HttpMethod.Post, "/api/keys", $$"""{"person":"{{id}}","until":"2027-01-01T00:00:00Z"}""", "application/json");
        return host.With(made!["key"]!.GetValue<string>());
    }
}
