using System.Text.Json.Nodes;

namespace Grains.Tests.Governance;

/// <summary>The routes by which a town governs its data, through a whole silo: what they answer, to whom, and what they say to bad input.</summary>
public sealed class SiloGovernanceTests
{
    private const string Latest = "api/cities/town/sensors/g/s/v/latest";

    private static readonly string Contract = TownPolicy.City(
        TownPolicy.Stream("all", "*/*/*"),
        TownPolicy.Grant("public", "all") + TownPolicy.Grant("contract:weather", "all", id: "by-contract"),
        "contracts:\n  - {id: weather, partner: Wetterdienst, streams: [all], purposes: [info], onward: none, until: 2100-01-01}\n");

    [Fact]
    public async Task Retention_runs_certifies_and_is_verified_by_administrator_and_officer_alone()
    {
        await using var silo = await GovernedSilo.StartAsync();
        foreach (var by in (string?[])[null, "bert"])
        {
            await silo.GetAsync("api/retention", by, 403);
            await silo.SendAsync("POST", "api/retention/run", by: by, status: 403);
            await silo.GetAsync("api/retention/certificates", by, 403);
            await silo.SendAsync("POST", "api/retention/verification", by: by, status: 403);
        }

        var run = (await silo.SendAsync("POST", "api/retention/run", by: "dora"))!["run"]!;
        Assert.Equal("done", run["phase"]!.GetValue<string>());
        Assert.Equal("person:dora", run["by"]!.GetValue<string>());
        Assert.Empty((await silo.GetAsync("api/retention/certificates", "dora"))!.AsArray());
        Assert.Empty((await silo.GetAsync("api/retention/certificates?city=town&district=mitte", "dora"))!.AsArray());
        foreach (var unknown in (string[])["?city=nowhere", "?city=town&district=nowhere", "?district=nowhere"])
        {
            Assert.Contains("nowhere", (await silo.GetAsync("api/retention/certificates" + unknown, "dora", 404))!.ToJsonString(), StringComparison.Ordinal);
        }

        await silo.GetAsync("api/cities/town/policies?district=nowhere", "dora", 404);
        var verified = (await silo.SendAsync("POST", "api/retention/verification"))!;
        Assert.True(verified["sound"]!.GetValue<bool>(), verified.ToJsonString());
        Assert.Contains("alerts", verified.ToJsonString(), StringComparison.Ordinal);
        await silo.GetAsync("api/retention/certificates?limit=no", "dora", 400);
    }

    [Fact]
    public async Task Officers_of_one_city_see_nothing_of_others_and_run_nothing_for_all()
    {
        await using var silo = await GovernedSilo.StartAsync();
        await silo.SendAsync("PUT", "api/cities/other/registry", CityYaml.Of("s").Replace("city: town", "city: other", StringComparison.Ordinal), "application/yaml");
        await silo.AddAsync("olga", "data-protection-officer", "other");
        await silo.AddAsync("otto", "administrator", "other");
        Assert.NotEmpty((await silo.GetAsync("api/cities/other/ledger", "olga"))!["items"]!.AsArray());
        await silo.GetAsync("api/cities/town/ledger", "olga", 403);
        await silo.GetAsync("api/cities/town/ledger/export", "olga", 403);
        await silo.SendAsync("POST", "api/cities/town/ledger/resolve", """{"pseudonym":"person#0123456789abcdef"}""", by: "olga", status: 403);
        await silo.SendAsync("POST", "api/cities/town/ledger/accept-break", """{"because":"I would like to"}""", by: "olga", status: 403);
        Assert.Empty((await silo.GetAsync("api/retention/certificates", "olga"))!.AsArray());
        await silo.GetAsync("api/retention/certificates?city=town", "olga", 403);
        await silo.SendAsync("POST", "api/retention/run", by: "otto", status: 403);
        await silo.SendAsync("POST", "api/backups", by: "otto", status: 403);
        await silo.GetAsync("api/backups", "otto", 403);
    }

    [Fact]
    public async Task Sign_ins_and_accounts_of_the_whole_installation_are_seen_by_its_officer_and_administrator()
    {
        await using var silo = await GovernedSilo.StartAsync();
        await silo.AddAsync("olga", "data-protection-officer", "town");
        foreach (var by in (string?[])[null, "bert", "olga"])
        {
            await silo.GetAsync("api/installation/ledger", by, 403);
        }

        await silo.GetAsync("api/installation/ledger?kind=Read", "dora", 400);
        var kinds = (await silo.GetAsync("api/installation/ledger?limit=1000"))!["items"]!.AsArray().Select(e => e!["kind"]!.GetValue<string>()).ToList();
        Assert.Contains("key", kinds);
        Assert.DoesNotContain("read", kinds);
        var looks = (await silo.GetAsync("api/installation/ledger?kind=key", "dora"))!["items"]!.AsArray();
        Assert.All(looks, e => Assert.DoesNotContain("person:", e!.ToJsonString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pseudonym_of_the_installation_is_resolved_for_its_officer_alone_and_recorded_there()
    {
        await using var silo = await GovernedSilo.StartAsync();
        await silo.AddAsync("olga", "data-protection-officer", "town");
        const string resolve = "api/installation/ledger/resolve";
        var marks = (await silo.GetAsync("api/installation/ledger?kind=key&limit=1000", "dora"))!["items"]!.AsArray()
            .Select(e => e!["who"]!.GetValue<string>()).Distinct(StringComparer.Ordinal).ToList();
        foreach (var by in (string?[])[null, "administrator", "bert", "olga"])
        {
            await silo.SendAsync("POST", resolve, Asking(marks[0]), by: by, status: 403);
        }

        await silo.SendAsync("POST", resolve, Asking("person:dora"), by: "dora", status: 400);
        var persons = new List<string?>();
        foreach (var mark in marks)
        {
            persons.Add((await silo.SendAsync("POST", resolve, Asking(mark), by: "dora"))!["person"]!.GetValue<string>());
        }

        Assert.Equal(["person:administrator", "person:bert", "person:dora"], persons.Order(StringComparer.Ordinal).Take(3));
        Assert.Null((await silo.SendAsync("POST", resolve, Asking("person#0123456789abcdef"), by: "dora"))!["person"]);
        var recorded = (await silo.GetAsync("api/installation/ledger?kind=inspection&limit=1000", "dora"))!.ToJsonString();
        Assert.All(marks.Append("person#0123456789abcdef"), mark => Assert.Contains($"resolved {mark}", recorded, StringComparison.Ordinal));
        Assert.DoesNotContain("resolved", (await silo.GetAsync("api/cities/town/ledger?kind=inspection&limit=1000", "dora"))!.ToJsonString(), StringComparison.Ordinal);

        static string Asking(string mark) => new JsonObject { ["pseudonym"] = mark }.ToJsonString();
    }

    [Fact]
    public async Task Backups_are_made_listed_verified_and_a_changed_one_is_named()
    {
        await using var silo = await GovernedSilo.StartAsync();
        await silo.SendAsync("POST", "api/backups", by: "dora", status: 403);
        await silo.SendAsync("POST", "api/backups", by: null, status: 403);
        var made = (await silo.SendAsync("POST", "api/backups"))!;
        var listed = Assert.Single((await silo.GetAsync("api/backups"))!.AsArray())!;
        Assert.Equal(made["name"]?.ToJsonString(), listed["name"]?.ToJsonString());
        Assert.Empty((await silo.SendAsync("POST", "api/backups/prune"))!.AsArray());
        Assert.True((await silo.SendAsync("POST", "api/backups/verification"))!["sound"]!.GetValue<bool>());

        var file = Directory.GetFiles(silo.Backups, "city.db", SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(file, GovernedSilo.Token);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, GovernedSilo.Token);
        Assert.Contains("city.db", (await silo.SendAsync("POST", "api/backups/verification"))!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silo_without_a_place_for_backups_says_so()
    {
        await using var silo = await GovernedSilo.StartAsync(hasBackups: false);
        Assert.Contains("--backups", (await silo.SendAsync("POST", "api/backups", status: 409))!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_is_approved_by_the_digest_that_was_read_and_shows_what_changed_since()
    {
        await using var silo = await GovernedSilo.StartAsync();
        const string record = "api/cities/town/records/processing";
        await silo.GetAsync(record, null, 401);
        var read = (await silo.GetAsync(record, "dora"))!;
        var digest = read["digest"]!.GetValue<string>();
        await silo.SendAsync("POST", $"{record}/approve?digest={digest}", by: "bert", status: 403);
        await silo.SendAsync("POST", $"{record}/approve?digest={new string('0', 64)}", by: "dora", status: 409);
        await silo.SendAsync("POST", $"{record}/approve?digest={digest}", by: "dora");
        Assert.True((await silo.GetAsync(record, "dora"))!["unchanged"]!.GetValue<bool>());
        await silo.ApproveAsync(Contract);
        Assert.False((await silo.GetAsync(record, "dora"))!["unchanged"]!.GetValue<bool>());
        Assert.Contains("Wetterdienst", (await silo.GetAsync(record + "/changes", "dora"))!.ToJsonString(), StringComparison.Ordinal);
        await silo.RestartAsync();
        Assert.Contains("Wetterdienst", (await silo.GetAsync(record + "/changes", "dora"))!.ToJsonString(), StringComparison.Ordinal);
        await silo.GetAsync("api/cities/town/records/nothing", "dora", 404);
        await silo.GetAsync("api/cities/nowhere/records/processing", "dora", 404);
    }

    [Fact]
    public async Task Contract_shows_its_keys_to_officers_and_its_partner_to_everybody()
    {
        await using var silo = await GovernedSilo.StartAsync(policy: Contract);
        var id = await silo.MakeKeyAsync("weather", new JsonObject { ["contract"] = "weather", ["city"] = "town" });
        var contract = Assert.Single((await silo.GetAsync("api/cities/town/contracts", "dora"))!.AsArray())!;
        Assert.Equal($"[\"{id}\"]", contract["keys"]!.ToJsonString());
        await silo.GetAsync("api/cities/town/contracts", null, 401);
        await silo.GetAsync("api/cities/town/contracts", "weather", 403);
        var open = (await silo.GetAsync("open/cities/town/contracts", null))!.ToJsonString();
        Assert.Contains("Wetterdienst", open, StringComparison.Ordinal);
        Assert.DoesNotContain(id, open, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, int, string> BadPolicies => new()
    {
        { "broken YAML", "policy: 1\ncity: town\nstreams: [unclosed\n", 422, "problems" },
        { "not YAML of a policy", "- 1\n- 2\n", 422, "problems" },
        { "unknown purpose", TownPolicy.City(TownPolicy.Stream("all", "*/*/*"), TownPolicy.Grant("public", "all", "fun")), 422, "'fun'" },
        { "unknown stream", TownPolicy.City(TownPolicy.Stream("all", "*/*/*"), TownPolicy.Grant("public", "nothing")), 422, "'nothing'" },
        { "the same grant twice", TownPolicy.City(TownPolicy.Stream("all", "*/*/*"), TownPolicy.Grant("public", "all") + TownPolicy.Grant("public", "all")), 422, "public-info" },
        { "a district that does not exist", TownPolicy.District("nowhere", grants: TownPolicy.Grant("public", "all")), 422, "'nowhere'" },
        { "another city", TownPolicy.Open.Replace("city: town", "city: elsewhere", StringComparison.Ordinal), 422, "'elsewhere'" },
        { "nothing", " ", 422, "problems" },
    };

    [Theory]
    [MemberData(nameof(BadPolicies))]
    public async Task Bad_policy_is_answered_with_what_is_wrong_and_changes_nothing(string what, string yaml, int status, string expected)
    {
        await using var silo = await GovernedSilo.StartAsync();
        foreach (var path in (string[])["api/cities/town/policies/check", "api/cities/town/policies", "api/cities/town/policies/difference"])
        {
            var answer = (await silo.SendAsync("POST", path, yaml, "application/yaml", status: status))!.ToJsonString(Relaxed);
            Assert.True(answer.Contains(expected, StringComparison.Ordinal), $"{what}, {path}: {answer}");
        }

        Assert.Single((await silo.GetAsync("api/cities/town/policies"))!.AsArray());
        await silo.SendAsync("POST", "api/cities/nowhere/policies", TownPolicy.Open, "application/yaml", status: 404);
        await silo.SendAsync("POST", "api/cities/town/policies", TownPolicy.Open, "text/plain", status: 415);
        await silo.SendAsync("POST", "api/cities/town/policies?effective=soon", TownPolicy.Open, "application/yaml", status: 400);
    }

    [Fact]
    public async Task Approved_version_is_withdrawn_until_it_takes_effect_and_the_doubt_about_its_approver_is_shown()
    {
        await using var silo = await GovernedSilo.StartAsync();
        var soon = TimeProvider.System.GetUtcNow().AddDays(2).ToString("yyyy-MM-ddTHH:mm:ss.fffZ");
        await silo.SendAsync("POST", $"api/cities/town/policies?effective={soon}", Contract, "application/yaml");
        await silo.SendAsync("POST", "api/cities/town/policies/2/approve", by: "bert");
        await silo.SendAsync("POST", "api/cities/town/policies/2/withdraw", by: null, status: 401);
        await silo.SendAsync("POST", "api/cities/town/policies/2/withdraw", by: "dora", status: 403);
        var answer = (await silo.SendAsync("POST", "api/cities/town/policies/2/withdraw"))!["version"]!;
        Assert.Equal(("withdrawn", "person:bert"), (answer["standing"]!.GetValue<string>(), answer["approvedBy"]!.GetValue<string>()));
        await silo.SendAsync("POST", "api/cities/town/policies/1/withdraw", status: 409);
        var first = (await silo.GetAsync("api/cities/town/policies"))!.AsArray()[^1]!;
        Assert.False(first["independent"]!.GetValue<bool>(), "the proposer has just made the approver's account and key");
        await silo.RestartAsync();
        Assert.False((await silo.GetAsync("api/cities/town/policies"))!.AsArray()[^1]!["independent"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Key_that_is_revoked_ends_its_open_line_and_reads_no_more()
    {
        await using var silo = await GovernedSilo.StartAsync(policy: Contract);
        var id = await silo.MakeKeyAsync("weather", new JsonObject { ["contract"] = "weather", ["city"] = "town" });
        using var system = silo.Client("weather");
        using var line = new StreamReader(await system.GetStreamAsync("api/cities/town/live?streams=g/s/v", GovernedSilo.Token));
        Assert.Equal(": watching", await line.ReadLineAsync(GovernedSilo.Token));
        using var administrator = silo.Client("administrator");
        using var revoked = await administrator.DeleteAsync($"api/keys/{id}", GovernedSilo.Token);
        Assert.True(revoked.IsSuccessStatusCode);
        Assert.Contains("credential-ended", await line.ReadToEndAsync(GovernedSilo.Token), StringComparison.Ordinal);
        await silo.GetAsync(Latest, "weather", 401);
    }

    [Fact]
    public async Task Open_line_ends_the_moment_its_grant_is_taken_away()
    {
        await using var silo = await GovernedSilo.StartAsync();
        using var anybody = silo.Client(null);
        using var line = new StreamReader(await anybody.GetStreamAsync("api/cities/town/live?streams=g/s/v", GovernedSilo.Token));
        Assert.Equal(": watching", await line.ReadLineAsync(GovernedSilo.Token));
        await silo.ApproveAsync(TownPolicy.City(TownPolicy.Stream("all", "*/*/*"), TownPolicy.Grant("role:operator", "all", "operation")));
        Assert.Contains("no-grant", await line.ReadToEndAsync(GovernedSilo.Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broken_ledger_stops_reading_until_the_officer_accepts_the_break()
    {
        await using var silo = await GovernedSilo.StartAsync();
        await silo.SendAsync("POST", "api/cities/town/ledger/accept-break", """{"because":"there is none at all"}""", by: "dora", status: 409);
        var file = Directory.GetFiles(Path.Combine(silo.Data, "ledger", "town"), "entries-*").Single();
        await silo.RestartAsync(() => File.WriteAllText(file, File.ReadAllText(file).Replace("\"city 1\"", "\"city 7\"", StringComparison.Ordinal)));
        Assert.Contains("accept-break", (await silo.GetAsync("health", null, 503))!.ToJsonString(), StringComparison.Ordinal);
        await silo.SendAsync("POST", "api/cities/town/policies", Contract, "application/yaml", status: 503);

        const string because = """{"because":"Somebody edited the file by hand"}""";
        await silo.SendAsync("POST", "api/cities/town/ledger/accept-break", because, status: 403);
        await silo.SendAsync("POST", "api/cities/town/ledger/accept-break", because, by: null, status: 403);
        await silo.SendAsync("POST", "api/cities/town/ledger/accept-break", """{"because":"no"}""", by: "dora", status: 400);
        await silo.SendAsync("POST", "api/cities/town/ledger/accept-break", """{"because":"two\nlines of text"}""", by: "dora", status: 400);
        var accepted = (await silo.SendAsync("POST", "api/cities/town/ledger/accept-break", because, by: "dora"))!;
        Assert.Equal("broken-1-", accepted["aside"]!.GetValue<string>());
        await silo.ApproveAsync(Contract);
        var first = (await silo.GetAsync("api/cities/town/ledger", "dora"))!["items"]!.AsArray()[0]!;
        Assert.Equal("break", first["kind"]!.GetValue<string>());
        Assert.Contains("edited the file by hand", first["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        await silo.GetAsync("health", null);
    }

    private static System.Text.Json.JsonSerializerOptions Relaxed { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
