using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Api.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Quartier.Api.Accounts;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Principals;

namespace Api.Tests;

/// <summary>Persons and keys: made, changed, revoked, and what they then open.</summary>
public sealed class AccountTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_sends_nothing_is_the_public()
    {
        await using var host = await ApiHost.StartAsync();
        using var anybody = host.Anybody();
        Same.Json(
            """{"principal":"public","name":"public","roles":[],"offices":[],"rights":[],"contract":null,"city":null,"credential":"none","until":null,"openIdConnect":false}""",
            await anybody.GetFromJsonAsync<JsonNode>("/api/me", Token));
    }

    [Fact]
    public async Task Local_key_is_administrator_and_operator_and_nothing_more()
    {
        await using var host = await ApiHost.StartAsync();
        var me = (await host.GetAsync("/api/me"))!;
        Assert.Equal("person:administrator", me["principal"]!.GetValue<string>());
        Assert.Equal("local-key", me["credential"]!.GetValue<string>());
        Same.Json("""["administrator","operator"]""", me["roles"]);
        Same.Json("""["apply-registry","change-accounts","propose-policy","acknowledge-alerts","see-books","run-retention","back-up","see-policies","see-records","see-contracts", "change-gateways", "see-posture"]""", me["rights"]);
        var shown = (await host.GetAsync("/api/me?as=public"))!;
        Assert.Equal("public", shown["principal"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("qk_local_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("qk_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("qk__")]
    [InlineData("qs_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("x")]
    public async Task Wrong_key_is_refused_and_never_taken_for_the_public(string key)
    {
        await using var host = await ApiHost.StartAsync();
        using var client = host.With(key);
        foreach (var path in (string[])["/api/cities", "/api/me", "/api/cities?as=public"])
        {
            using var response = await client.GetAsync(path, Token);
            Assert.Equal(401, (int)response.StatusCode);
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
            var problem = (await response.Content.ReadFromJsonAsync<JsonNode>(Token))!;
            Assert.Equal("urn:quartier:problem:wrong-credential", problem["type"]!.GetValue<string>());
            Assert.DoesNotContain("AAAA", problem.ToJsonString());
        }

        Assert.DoesNotContain(host.Logs, l => l.Text.Contains("AAAA", StringComparison.Ordinal));
        Assert.DoesNotContain(host.Ledger.Entries, e => e.Entry.Detail!.Contains("AAAA", StringComparison.Ordinal));
        Assert.Contains(host.Ledger.Entries, e => e.Entry is { Kind: LedgerEntryKind.SignIn, Who: "public", Detail: "refused: wrong key" });
    }

    [Theory]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Bearer")]
    [InlineData("qk_local_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Another_scheme_is_a_wrong_credential(string header)
    {
        await using var host = await ApiHost.StartAsync();
        using var client = host.Anybody();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        using var response = await client.GetAsync("/api/cities", Token);
        Assert.Equal(401, (int)response.StatusCode);
    }

    [Fact]
    public async Task Whatever_lets_somebody_act_as_a_person_is_noted_for_approvals()
    {
        await using var host = await ApiHost.StartAsync();
        await host.SendAsync(HttpMethod.Post, "/api/persons", """{"id":"a-meier","name":"A. Meier","roles":["approver"]}""", "application/json");
        await host.SendAsync(HttpMethod.Patch, "/api/persons/a-meier", """{"roles":["approver","operator"]}""", "application/json");
        var key = (await host.SendAsync(HttpMethod.Post, "/api/keys", """{"person":"a-meier","until":"2026-12-01T00:00:00.000Z"}""", "application/json"))!;
        await host.SendAsync(HttpMethod.Post, "/api/persons/a-meier/sign-in-link", "", "application/json");
        Assert.Equal(4, host.AccountChanges.Noted.Count);
        using var revoked = await host.Client.DeleteAsync($"/api/keys/{key["item"]!["id"]!.GetValue<string>()}", Token);
        Assert.True(revoked.IsSuccessStatusCode);
        var nowMs = host.Time.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.All(host.AccountChanges.Noted, c => Assert.Equal(new("a-meier", "person:administrator", nowMs), c));
        Assert.Equal(4, host.AccountChanges.Noted.Count);
    }

    [Fact]
    public async Task Person_with_a_key_is_who_they_are_until_it_is_revoked()
    {
        await using var host = await ApiHost.StartAsync();
        var key = await MakeAsync(host, """{"id":"a-meier","name":"A. Meier","roles":["operator"],"offices":["mobilitaet"]}""", """{"person":"a-meier","until":"2027-01-01T00:00:00Z"}""");
        using var client = host.With(key);
        var me = (await client.GetFromJsonAsync<JsonNode>("/api/me", Token))!;
        Same.Json(
            """{"principal":"person:a-meier","name":"A. Meier","roles":["operator"],"offices":["mobilitaet"],"rights":["acknowledge-alerts","see-books","see-policies"],"contract":null,"city":null,"credential":"key","until":"2027-01-01T00:00:00.000Z","openIdConnect":false}""",
            me);
        var item = (await host.GetAsync("/api/keys"))!.AsArray().Single()!;
        Assert.Equal(("valid", "2026-07-02"), (item["state"]!.GetValue<string>(), item["lastUsed"]!.GetValue<string>()));
        using var refused = await client.GetAsync("/api/persons", Token);
        Assert.Equal(403, (int)refused.StatusCode);
        using var revoked = await host.Client.DeleteAsync("/api/keys/" + item["id"]!.GetValue<string>(), Token);
        Assert.Equal(200, (int)revoked.StatusCode);
        await EndedAsync(client, "was revoked on 2026-07-02");
    }

    [Fact]
    public async Task Key_ends_on_its_day()
    {
        await using var host = await ApiHost.StartAsync();
        var key = await MakeAsync(host, """{"id":"a-meier","name":"A. Meier"}""", """{"person":"a-meier","until":"2026-07-02T01:00:00Z"}""");
        using var client = host.With(key);
        host.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.NotNull(await client.GetFromJsonAsync<JsonNode>("/api/me", Token));
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await EndedAsync(client, "ended on 2026-07-02 01:00 UTC");
    }

    [Fact]
    public async Task Disabled_person_is_refused_with_every_credential()
    {
        await using var host = await ApiHost.StartAsync();
        var key = await MakeAsync(host, """{"id":"a-meier","name":"A. Meier"}""", """{"person":"a-meier","until":"2027-01-01T00:00:00Z"}""");
        using var client = host.With(key);
        await host.SendAsync(HttpMethod.Patch, "/api/persons/a-meier", """{"enabled":false}""", "application/json");
        await EndedAsync(client, "is disabled");
        await host.SendAsync(HttpMethod.Patch, "/api/persons/a-meier", """{"enabled":true,"roles":["approver"]}""", "application/json");
        Same.Json("""["approver"]""", (await client.GetFromJsonAsync<JsonNode>("/api/me", Token))!["roles"]);
    }

    [Fact]
    public async Task Contract_counts_in_its_own_city_alone()
    {
        await using var host = await ApiHost.StartAsync(h => h.Registry.Publish(new(SampleCity.Definition with { Id = "hamburg" }, 1)));
        var made = await host.SendAsync(
            HttpMethod.Post, "/api/keys", """{"contract":"wetterdienst","city":"muenster","until":"2028-06-30T00:00:00Z"}""", "application/json");
        using var client = host.With(made!["key"]!.GetValue<string>());
        var me = (await client.GetFromJsonAsync<JsonNode>("/api/me", Token))!;
        Assert.Equal(("system:wetterdienst", "wetterdienst", "muenster"), (me["principal"]!.GetValue<string>(), me["contract"]!.GetValue<string>(), me["city"]!.GetValue<string>()));
        using var own = await client.GetAsync("/api/cities/muenster", Token);
        Assert.Equal(200, (int)own.StatusCode);
        using var other = await client.GetAsync("/api/cities/hamburg", Token);
        Assert.Equal(403, (int)other.StatusCode);
        using var asPublic = await client.GetAsync("/api/cities/hamburg?as=public", Token);
        Assert.Equal(200, (int)asPublic.StatusCode);
        Assert.Contains(host.Ledger.Entries, e => e.City == "muenster" && e.Entry.Detail!.Contains("for contract wetterdienst", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Administrator_of_one_city_reaches_no_further()
    {
        await using var host = await ApiHost.StartAsync(h => h.Registry.Publish(new(SampleCity.Definition with { Id = "hamburg" }, 1)));
        await MakeAsync(host, """{"id":"b-all","name":"B"}""", """{"person":"b-all","until":"2027-01-01T00:00:00Z"}""");
        var key = await MakeAsync(
            host, """{"id":"a-meier","name":"A. Meier","roles":["administrator"],"city":"muenster"}""", """{"person":"a-meier","until":"2027-01-01T00:00:00Z"}""");
        using var client = host.With(key);
        Assert.Equal("a-meier", (await client.GetFromJsonAsync<JsonNode>("/api/persons", Token))!.AsArray().Single()!["id"]!.GetValue<string>());
        Assert.Single((await client.GetFromJsonAsync<JsonNode>("/api/keys", Token))!.AsArray());
        (string Path, object Body, int Status)[] attempts =
        [
            ("/api/persons", new { id = "c", name = "C", roles = new[] { "administrator" } }, 403),
            ("/api/persons", new { id = "c", name = "C", city = "hamburg" }, 403),
            ("/api/persons", new { id = "c", name = "C", city = "muenster" }, 200),
            ("/api/keys", new { person = "b-all", until = "2027-01-01T00:00:00Z" }, 404),
            ("/api/keys", new { contract = "x", city = "hamburg", until = "2027-01-01T00:00:00Z" }, 403),
            ("/api/keys", new { contract = "x", city = "muenster", until = "2027-01-01T00:00:00Z" }, 200),
            ("/api/persons/b-all/sign-in-link", new { }, 404),
        ];
        foreach (var (path, body, status) in attempts)
        {
            using var response = await client.PostAsJsonAsync(path, body, Token);
            Assert.True(status == (int)response.StatusCode, $"{path} {body}: {response.StatusCode} {await response.Content.ReadAsStringAsync(Token)}");
        }

        using var free = await client.PatchAsJsonAsync("/api/persons/a-meier", new { city = string.Empty }, Token);
        Assert.Equal(403, (int)free.StatusCode);
    }

    [Theory]
    [InlineData("/api/persons", """{"id":"A Meier","name":"A. Meier"}""", "'id'")]
    [InlineData("/api/persons", """{"id":"a"}""", "'name'")]
    [InlineData("/api/persons", """{"id":"a","name":"A\u0007"}""", "'name'")]
    [InlineData("/api/persons", """{"id":"a","name":"A","roles":["root"]}""", "administrator, operator, approver, data-protection-officer")]
    [InlineData("/api/persons", """{"id":"a","name":"A","city":"nowhere"}""", "'city'")]
    [InlineData("/api/persons", """{"id":"a","name":"A","offices":["nowhere"]}""", "mobilitaet")]
    [InlineData("/api/persons", """{"id":"a","name":"A","subject":"s"}""", "'issuer'")]
    [InlineData("/api/persons", """{"id":"a","name":"A","email":"a"}""", "'email'")]
    [InlineData("/api/persons", "[", "JSON")]
    [InlineData("/api/keys", """{"until":"2027-01-01T00:00:00Z"}""", "for whom")]
    [InlineData("/api/keys", """{"person":"administrator","contract":"x","city":"muenster","until":"2027-01-01T00:00:00Z"}""", "for whom")]
    [InlineData("/api/keys", """{"contract":"x","until":"2027-01-01T00:00:00Z"}""", "for whom")]
    [InlineData("/api/keys", """{"contract":"x","city":"muenster"}""", "missing")]
    [InlineData("/api/keys", """{"contract":"x","city":"muenster","until":"2026-07-02T00:00:00Z"}""", "after now")]
    [InlineData("/api/keys", """{"contract":"x","city":"muenster","until":"2028-07-04T00:00:00Z"}""", "latest on 2028-07-03")]
    [InlineData("/api/keys", """{"contract":"X!","city":"muenster","until":"2027-01-01T00:00:00Z"}""", "'contract'")]
    public async Task Unsound_request_changes_nothing_and_says_what_is_expected(string path, string body, string expected)
    {
        await using var host = await ApiHost.StartAsync();
        var problem = await host.SendAsync(HttpMethod.Post, path, body, "application/json", 400);
        Assert.Contains(expected, problem!["detail"]!.GetValue<string>(), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(host.Accounts.Persons);
        Assert.Empty(host.Accounts.Keys);
        Assert.Empty(host.Ledger.Entries);
    }

    [Fact]
    public async Task Nothing_changes_that_cannot_be_recorded()
    {
        await using var host = await ApiHost.StartAsync();
        var key = await MakeAsync(host, """{"id":"a-meier","name":"A. Meier"}""", """{"person":"a-meier","until":"2027-01-01T00:00:00Z"}""");
        host.Ledger.Refuses = true;
        await host.SendAsync(HttpMethod.Post, "/api/persons", """{"id":"b","name":"B"}""", "application/json", 503);
        await host.SendAsync(HttpMethod.Patch, "/api/persons/a-meier", """{"roles":["administrator"]}""", "application/json", 503);
        await host.SendAsync(HttpMethod.Post, "/api/keys", """{"person":"a-meier","until":"2027-01-01T00:00:00Z"}""", "application/json", 503);
        await host.SendAsync(HttpMethod.Post, "/api/persons/a-meier/sign-in-link", "", "application/json", 503);
        Assert.Single(host.Accounts.Persons);
        Assert.Empty(host.Accounts.Persons["a-meier"].Roles);
        Assert.Single(host.Accounts.Keys);
        Assert.Empty(host.Accounts.Links);
        using var client = host.With(key);
        Assert.NotNull(await client.GetFromJsonAsync<JsonNode>("/api/me", Token));
    }

    [Fact]
    public async Task Secret_is_shown_once_and_kept_as_a_digest()
    {
        await using var host = await ApiHost.StartAsync();
        var key = await MakeAsync(host, """{"id":"a-meier","name":"A. Meier"}""", """{"person":"a-meier","until":"2027-01-01T00:00:00Z"}""");
        Assert.Matches("^qk_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$", key);
        var secret = key[^43..];
        Assert.Equal(
            System.Security.Cryptography.SHA256.HashData(Convert.FromBase64String(secret.Replace('-', '+').Replace('_', '/') + "=")),
            host.Accounts.Keys.Values.Single().Hash.ToArray());
        Assert.DoesNotContain(secret, (await host.GetAsync("/api/keys"))!.ToJsonString());
        Assert.DoesNotContain(host.Logs, l => l.Text.Contains(secret, StringComparison.Ordinal));
        Assert.DoesNotContain(host.Ledger.Entries, e => e.Entry.ToString().Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ledger_names_persons_only_where_pseudonyms_stand()
    {
        await using var host = await ApiHost.StartAsync();
        await MakeAsync(host, """{"id":"a-meier","name":"Anna Meier","email":"anna@stadt.example"}""", """{"person":"a-meier","until":"2027-01-01T00:00:00Z"}""");
        var entries = host.Ledger.Entries.Select(e => (e.City, e.Entry.Kind, e.Entry.Who)).ToArray();
        Assert.Equal(
            [
                ("-installation", LedgerEntryKind.Key, "person:administrator"), ("-installation", LedgerEntryKind.Key, "person:a-meier"),
                ("-installation", LedgerEntryKind.Key, "person:administrator"), ("-installation", LedgerEntryKind.Key, "person:a-meier"),
            ],
            entries);
        Assert.DoesNotContain(host.Ledger.Entries, e => e.Entry.Detail!.Contains("meier", StringComparison.OrdinalIgnoreCase) || e.Entry.Detail.Contains("anna", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task What_is_open_by_a_key_ends_when_it_is_revoked_whenever_that_happens()
    {
        await using var host = await ApiHost.StartAsync();
        var key = await MakeAsync(host, """{"id":"a-meier","name":"A. Meier"}""", """{"person":"a-meier","until":"2026-07-03T00:00:00Z"}""");
        var authentication = host.App.Services.GetRequiredService<Authentication>();
        var watch = host.App.Services.GetRequiredService<CredentialWatch>();
        var before = await authentication.CheckKeyAsync(key, null, Token);
        using var open = watch.Watch(before);
        using var others = watch.Watch(await authentication.CheckKeyAsync(host.LocalKey.Reveal(), null, Token));
        Assert.False(open.Ended.IsCancellationRequested);
        using var revoked = await host.Client.DeleteAsync("/api/keys/" + key.Split('_')[1], Token);
        Assert.True(open.Ended.IsCancellationRequested);
        using var late = watch.Watch(before);
        Assert.True(late.Ended.IsCancellationRequested, "it was revoked between its check and its watch");
        Assert.False(others.Ended.IsCancellationRequested);
        using var anybody = watch.Watch(null);
        Assert.Equal((PrincipalKind.Public, false), (anybody.Principal.Kind, anybody.Ended.IsCancellationRequested));
    }

    [Fact]
    public async Task What_is_open_ends_when_its_key_expires_or_its_person_changes()
    {
        await using var host = await ApiHost.StartAsync();
        var key = await MakeAsync(host, """{"id":"a-meier","name":"A. Meier"}""", """{"person":"a-meier","until":"2026-07-03T00:00:00Z"}""");
        var authentication = host.App.Services.GetRequiredService<Authentication>();
        var watch = host.App.Services.GetRequiredService<CredentialWatch>();
        using var first = watch.Watch(await authentication.CheckKeyAsync(key, null, Token));
        await host.SendAsync(HttpMethod.Patch, "/api/persons/a-meier", """{"roles":["operator"]}""", "application/json");
        Assert.True(first.Ended.IsCancellationRequested);
        using var second = watch.Watch(await authentication.CheckKeyAsync(key, null, Token));
        Assert.False(second.Ended.IsCancellationRequested);
        host.Time.Advance(TimeSpan.FromDays(1));
        Assert.True(second.Ended.IsCancellationRequested);
        first.Dispose();
        second.Dispose();
        Assert.Equal(0, watch.Count);
    }

    [Fact]
    public async Task Many_wrong_keys_are_answered_shortly_and_a_right_one_still_passes()
    {
        await using var host = await ApiHost.StartAsync();
        using var client = host.With("qk_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        for (var i = 0; i < FailedAttempts.AttemptsMax; i++)
        {
            using var wrong = await client.GetAsync("/api/me", Token);
            Assert.Equal(401, (int)wrong.StatusCode);
        }

        using var tooMany = await client.GetAsync("/api/me", Token);
        Assert.Equal(429, (int)tooMany.StatusCode);
        Assert.Equal(60, tooMany.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Equal(FailedAttempts.AttemptsMax, host.Ledger.Entries.Count);
        Assert.NotNull(await host.GetAsync("/api/me"));
        host.Time.Advance(FailedAttempts.Window);
        using var again = await client.GetAsync("/api/me", Token);
        Assert.Equal(401, (int)again.StatusCode);
    }

    [Theory]
    [InlineData("?purpose=verkehrssteuerung", null, 200)]
    [InlineData("", "verkehrssteuerung", 200)]
    [InlineData("?purpose=a", "a", 200)]
    [InlineData("?purpose=a", "b", 400)]
    [InlineData("?purpose=A!", null, 400)]
    [InlineData("", "A!", 400)]
    public async Task Purpose_is_an_id_stated_once(string query, string? header, int status)
    {
        await using var host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/cities" + query);
        if (header is not null)
        {
            request.Headers.Add("Quartier-Purpose", header);
        }

        using var response = await host.Client.SendAsync(request, Token);
        Assert.Equal(status, (int)response.StatusCode);
    }

    private static async Task<string> MakeAsync(ApiHost host, string person, string key)
    {
        await host.SendAsync(HttpMethod.Post, "/api/persons", person, "application/json");
        return (await host.SendAsync(HttpMethod.Post, "/api/keys", key, "application/json"))!["key"]!.GetValue<string>();
    }

    private static async Task EndedAsync(HttpClient client, string why)
    {
        using var response = await client.GetAsync("/api/cities", Token);
        Assert.Equal(401, (int)response.StatusCode);
        var problem = (await response.Content.ReadFromJsonAsync<JsonNode>(Token))!;
        Assert.Equal("urn:quartier:problem:ended-credential", problem["type"]!.GetValue<string>());
        Assert.Contains(why, problem["detail"]!.GetValue<string>());
    }
}
