using System.Collections.Immutable;
using Api.Tests.Fakes;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;

namespace Api.Tests;

/// <summary>Policies over HTTP: who may do what, and what is shown to whom.</summary>
public sealed class PolicyTests
{
    private const string Path = "/api/cities/muenster/policies";
    private const string Yaml = "application/yaml";

    private static readonly PolicyVersion Proposed = new("mitte", 3, PolicyStanding.Proposed, 90_000, "person:administrator", 60_000, null, 0, "abc");

    [Fact]
    public async Task Proposal_is_made_in_the_callers_name_for_the_stated_time()
    {
        await using var host = await ApiHost.StartAsync(h => h.Policy().Answer = new(PolicyOutcome.Done, string.Empty, Proposed, []));
        Same.Json(
            """
            {"outcome":"done","version":{"district":"mitte","version":3,"standing":"proposed","effective":"1970-01-01T00:01:30.000Z",
             "proposedBy":"person:administrator","proposed":"1970-01-01T00:01:00.000Z","decidedBy":null,"decided":null,"digest":"abc","approvedBy":null,"independent":null}}
            """,
            await host.SendAsync(HttpMethod.Post, $"{Path}?effective=2027-01-01T00:00:00Z", "policy: 1 # ü", Yaml));
        await host.SendAsync(HttpMethod.Post, Path, "x", Yaml);
        await host.SendAsync(HttpMethod.Post, $"{Path}/check", "y", Yaml);
        Assert.Equal(
            ["propose policy: 1 # ü by person:administrator for 1798761600000", "propose x by person:administrator for 0", "check y"],
            host.Policy().Asked);
    }

    [Theory]
    [InlineData("administrator", "propose", 200)]
    [InlineData("administrator", "approve", 403)]
    [InlineData("administrator", "withdraw", 200)]
    [InlineData("administrator", "list", 200)]
    [InlineData("approver", "propose", 403)]
    [InlineData("approver", "approve", 200)]
    [InlineData("approver", "withdraw", 200)]
    [InlineData("approver", "difference", 200)]
    [InlineData("operator", "propose", 403)]
    [InlineData("operator", "approve", 403)]
    [InlineData("operator", "withdraw", 403)]
    [InlineData("operator", "list", 200)]
    [InlineData("data-protection-officer", "difference", 200)]
    [InlineData("data-protection-officer", "approve", 403)]
    [InlineData("", "list", 403)]
    [InlineData("public", "list", 401)]
    [InlineData("public", "difference", 401)]
    [InlineData("public", "propose", 401)]
    [InlineData("public", "approve", 401)]
    [InlineData("public", "effective", 200)]
    public async Task Roles_decide_who_may_do_what(string role, string action, int status)
    {
        await using var host = await ApiHost.StartAsync(h => (h.Policy().Answer, h.Policy().View) = (new(PolicyOutcome.Done, string.Empty, Proposed, []), View));
        using var client = await ClientAsync(host, role);
        using var body = new StringContent("policy: 1");
        body.Headers.ContentType = new(Yaml);
        using var request = action switch
        {
            "propose" => new HttpRequestMessage(HttpMethod.Post, Path) { Content = body },
            "approve" or "withdraw" => new(HttpMethod.Post, $"{Path}/3/{action}?district=mitte"),
            "difference" => new(HttpMethod.Get, $"{Path}/1/difference"),
            "effective" => new(HttpMethod.Get, $"{Path}/effective/mitte"),
            _ => new(HttpMethod.Get, Path),
        };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode}: {text}");
        Assert.Equal(status == 200 && action is "propose" or "approve" or "withdraw" && status == 200 ? 1 : 0, host.Policy().Asked.Count);
        if (status == 200 && action is "approve" or "withdraw" && status == 200)
        {
            Assert.Equal($"{action} mitte/3 by person:{(role == "administrator" ? "administrator" : "anna")}", host.Policy().Asked[0]);
        }
    }

    [Theory]
    [InlineData(PolicyOutcome.Unchanged, 200)]
    [InlineData(PolicyOutcome.Unsound, 422)]
    [InlineData(PolicyOutcome.NotRegistered, 404)]
    [InlineData(PolicyOutcome.UnknownVersion, 404)]
    [InlineData(PolicyOutcome.SamePerson, 403)]
    [InlineData(PolicyOutcome.Decided, 409)]
    [InlineData(PolicyOutcome.TooMany, 409)]
    [InlineData(PolicyOutcome.TooFarAhead, 400)]
    public async Task Refusals_are_problems_with_their_reason(PolicyOutcome outcome, int status)
    {
        await using var host = await ApiHost.StartAsync(h => h.Policy().Answer = new(outcome, "Why it is so.", null, [new(4, 7, "'x' is no id")]));
        var answer = await host.SendAsync(HttpMethod.Post, Path, "policy: 1", Yaml, status);
        if (outcome == PolicyOutcome.Unsound)
        {
            Same.Json("""[{"line":4,"column":7,"message":"'x' is no id"}]""", answer!["problems"]);
        }
        else if (status >= 400)
        {
            Assert.Equal("Why it is so.", answer!["detail"]!.GetValue<string>());
        }
    }

    [Theory]
    [InlineData("POST", "", "application/json", 415)]
    [InlineData("POST", "?effective=tomorrow", Yaml, 400)]
    [InlineData("POST", "?dryRun=true", Yaml, 400)]
    [InlineData("POST", "/check?district=mitte", Yaml, 400)]
    [InlineData("POST", "/first/withdraw", Yaml, 400)]
    [InlineData("GET", "/9", Yaml, 404)]
    [InlineData("GET", "/9/difference", Yaml, 404)]
    [InlineData("GET", "/effective/mite", Yaml, 404)]
    [InlineData("GET", "/effective/mitte", Yaml, 404)]
    public async Task Nothing_happens_when_the_request_is_refused(string method, string rest, string type, int status)
    {
        await using var host = await ApiHost.StartAsync();
        var problem = method == "GET" ? await host.GetAsync(Path + rest, status) : await host.SendAsync(HttpMethod.Post, Path + rest, "x", type, status);
        Assert.NotNull(problem);
        Assert.Empty(host.Policy().Asked);
    }

    [Fact]
    public async Task File_beyond_a_mebibyte_is_refused()
    {
        await using var host = await ApiHost.StartAsync();
        await host.SendAsync(HttpMethod.Post, Path, new string('#', (1024 * 1024) + 1), Yaml, 413);
        await host.SendAsync(HttpMethod.Post, Path, new string('#', 1024 * 1024), Yaml);
        Assert.Single(host.Policy().Asked);
    }

    [Fact]
    public async Task Versions_are_listed_and_the_file_is_given_to_the_letter()
    {
        await using var host = await ApiHost.StartAsync(h =>
        {
            h.Policy().Versions.AddRange([Proposed, Proposed with { District = null, Version = 1, Standing = PolicyStanding.InForce }]);
            h.Policy().Document = new("muenster", "mitte", 3, "policy: 1 # ä\n", PolicyState.Proposed, 0, "person:a", 0, null, 0);
        });
        Assert.Equal(["proposed", "in-force"], (await host.GetAsync(Path))!.AsArray().Select(v => v!["standing"]!.GetValue<string>()));
        Assert.Single((await host.GetAsync($"{Path}?district=mitte"))!.AsArray());
        using var response = await host.Client.GetAsync($"{Path}/3?district=mitte", TestContext.Current.CancellationToken);
        Assert.Equal(Yaml, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("policy: 1 # ä\n", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Difference_names_who_gains_and_loses_and_what_expires_earlier()
    {
        await using var host = await ApiHost.StartAsync(h => h.Policy().Difference = PolicyDifference.None with
        {
            Access = [new("mitte", "public", "info", "all", new(Resolution.Raw, Resolution.Raw, long.MaxValue), null, 2, "g/s/v")],
            Retention = [new("mitte", "all", new(30, 0, 0), new(7, 0, 365), 2, "g/s/v", 3, 1, 0)],
            NewDenials = ["mitte/no"],
        });
        Same.Json(
            """
            {"district":null,
             "access":[{"district":"mitte","principal":"public","purpose":"info","stream":"all","before":{"sensor":"raw","cell":"raw","until":null},"after":null,"datastreams":2,"example":"g/s/v"}],
             "moreAccess":0,
             "retention":[{"district":"mitte","stream":"all","before":{"raw":30,"hour":0,"day":0},"after":{"raw":7,"hour":0,"day":365},"datastreams":2,"example":"g/s/v","readings":3,"due":1,"uncounted":0}],
             "moreRetention":0,"newDenials":["mitte/no"],"endedDenials":[]}
            """,
            await host.SendAsync(HttpMethod.Post, $"{Path}/difference", "x", Yaml));
        host.Policy().Difference = PolicyDifference.None with { Problems = [new(1, 1, "no")] };
        await host.SendAsync(HttpMethod.Post, $"{Path}/difference", "x", Yaml, 422);
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("?as=public", 1)]
    public async Task Grants_of_single_persons_are_shown_to_officers_alone(string query, int grants)
    {
        await using var host = await ApiHost.StartAsync(h => h.Policy().View = View);
        var policy = await host.GetAsync($"{Path}/effective/mitte{query}");
        Assert.Equal(grants, policy!["entries"]!.AsArray().Count);
        Assert.Equal((1, "city 2, district 0"), (policy["personal"]!.GetValue<int>(), policy["version"]!.GetValue<string>()));
        Assert.Equal(grants == 1, !policy.ToJsonString().Contains("anna", StringComparison.Ordinal));
    }

    private static PolicyView View { get; } = new(
        new(2, 0, new("muenster", "mitte", [], [], [Grant("open", "public"), Grant("hers", "office:a", "person:anna")], [], [], [], null)),
        [new("grant", "open", "city", "public → all"), new("grant", "hers", "city", "office:a, person:anna → all")]);

    private static GrantDefinition Grant(string id, params string[] principals) =>
        new(id, [.. principals], ["all"], "info", Resolution.Raw, ReadScope.Sensor, ImmutableArray<Quartier.Contracts.Registry.Location>.Empty, 1, 1, Redactions.None, "", false);

    private static async Task<HttpClient> ClientAsync(ApiHost host, string role)
    {
        if (role is "public")
        {
            return host.Anybody();
        }

        if (role is "administrator")
        {
            return host.With(host.LocalKey.Reveal());
        }

        var roles = role.Length == 0 ? "" : $"\"{role}\"";
        await host.SendAsync(HttpMethod.Post, "/api/persons", $$"""{"id":"anna","name":"Anna","roles":[{{roles}}]}""", "application/json");
        var made = await host.SendAsync(
            HttpMethod.Post, "/api/keys", """{"person":"anna","until":"2026-12-31T00:00:00Z"}""", "application/json");
        return host.With(made!["key"]!.GetValue<string>());
    }
}
