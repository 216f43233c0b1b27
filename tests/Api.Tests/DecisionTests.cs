using Api.Tests.Fakes;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Readings;

namespace Api.Tests;

/// <summary>Every read asks the district, keeps to what it says, and leaves a record.</summary>
public sealed class DecisionTests
{
    private const long Now = SamplePolicy.Now;
    private const string Sensor = "/api/cities/muenster/sensors/promenade/zaehler";
    private const string Total = Sensor + "/total";
    private const string Battery = Sensor + "/battery";
    private const double Secret = 73.125;

    public static TheoryData<string, PolicyDefinition?, string> Denials => new()
    {
        { "quarantine", SamplePolicy.Empty, "/latest?purpose=information" },
        { "purpose-missing", SamplePolicy.Open.With(SamplePolicy.Grant("more", "public", "values", "operation")), "/latest" },
        { "purpose-unknown", SamplePolicy.Open, "/latest?purpose=fun" },
        { "purpose-mismatch", SamplePolicy.Open, "/latest?purpose=planning" },
        { "no-grant", SamplePolicy.Open, "/latest?purpose=operation" },
        {
            "denied-by-policy",
            SamplePolicy.Open with { Denials = [new("stop", ["public"], [], [], "Because.")] },
            "/latest?purpose=information"
        },
        {
            "grant-expired",
            SamplePolicy.Open.With(SamplePolicy.Grant("all-know", "public", "values", "information") with { UntilMs = Now }),
            "/latest?purpose=information"
        },
        { "too-fine", SamplePolicy.Open.With(SamplePolicy.Grant("all-know", "public", "values", "information", Resolution.Hour)), "/readings" },
        { "too-fine", SamplePolicy.Open.With(SamplePolicy.Grant("all-know", "public", "values", "information", Resolution.Hour)), "/aggregates?window=PT15M" },
        { "too-fine", SamplePolicy.Open.With(SamplePolicy.Grant("all-know", "public", "values", "information", Resolution.Week)), "/aggregates?window=P1D" },
        {
            "cells-only",
            SamplePolicy.Open.With(SamplePolicy.Grant("all-know", "public", "values", "information") with { Scope = ReadScope.Cell }),
            "/latest"
        },
        {
            "outside-area",
            SamplePolicy.Open.With(SamplePolicy.Grant("all-know", "public", "values", "information") with { Area = [new(1, 1), new(2, 1), new(2, 2), new(1, 1)] }),
            "/latest"
        },
    };

    [Theory]
    [MemberData(nameof(Denials))]
    public async Task Denial_names_what_decided_in_two_languages_and_tells_no_value(string reason, PolicyDefinition? policy, string query)
    {
        await using var host = await ApiHost.StartAsync(Arrange);
        host.Policies.Set(policy!);
        using var anybody = host.Anybody();
        var (response, text) = await anybody.AskAsync(Total + query, ("Accept-Language", "de-DE,en;q=0.5"));
        using var answer = response;
        Assert.Equal(403, (int)response.StatusCode);
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.DoesNotContain("73.125", text);
        var problem = System.Text.Json.Nodes.JsonNode.Parse(text)!;
        Assert.Equal(reason, problem["reason"]!.GetValue<string>());
        Assert.Equal("urn:quartier:problem:read-denied", problem["type"]!.GetValue<string>());
        Assert.Equal(problem["explanation"]!["de"]!.GetValue<string>(), problem["detail"]!.GetValue<string>());
        Assert.NotEqual(problem["explanation"]!["de"]!.GetValue<string>(), problem["explanation"]!["en"]!.GetValue<string>());
        Assert.NotEmpty(problem["remedy"]!["en"]!.GetValue<string>());
        Assert.Equal("city 1, district 0", problem["policy"]!.GetValue<string>());
        var entry = Assert.Single(host.Ledger.Entries).Entry;
        Assert.Equal((LedgerEntryKind.Denial, "public", reason, "promenade/zaehler/total"), (entry.Kind, entry.Who, entry.Detail, Assert.Single(entry.Streams)));
        var why = await anybody.JsonAsync(problem["why"]!.GetValue<string>(), 200);
        Assert.Equal(reason, why["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task Permit_names_policy_grant_and_purpose_and_is_recorded_with_its_rows()
    {
        await using var host = await ApiHost.StartAsync(Arrange);
        host.Policies.Set(SamplePolicy.Open);
        using var anybody = host.Anybody();
        var (response, text) = await anybody.AskAsync(Total + "/readings?from=2026-07-01T00:00:00Z", ("Quartier-Purpose", "information"));
        using var answer = response;
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("city 1, district 0", response.Headers.GetValues("Quartier-Policy").Single());
        Assert.Equal("all-know", response.Headers.GetValues("Quartier-Grant").Single());
        Assert.Equal("information", response.Headers.GetValues("Quartier-Purpose").Single());
        Assert.Contains("\"onward\":\"none\"", text);
        var entry = Assert.Single(host.Ledger.Entries).Entry;
        Assert.Equal(
            (LedgerEntryKind.Read, "public", "mitte", "information", "raw", 4L, "city 1, district 0", "all-know"),
            (entry.Kind, entry.Who, entry.District, entry.Purpose, entry.Resolution, entry.Rows, entry.PolicyVersion, entry.Grant));
    }

    [Fact]
    public async Task Nothing_is_answered_when_the_ledger_takes_no_record()
    {
        await using var host = await ApiHost.StartAsync(Arrange);
        host.Policies.Set(SamplePolicy.Open);
        host.Ledger.Refuses = true;
        using var anybody = host.Anybody();
        foreach (var path in (string[])
            [
                Total + "/latest", Total + "/readings", Total + "/aggregates", Sensor, "/api/cities/muenster/sensors", "/api/cities/muenster/assets",
                "/api/cities/muenster/export?streams=promenade/zaehler/total", "/api/cities/muenster/live", Battery + "/latest",
                "/api/cities/muenster/live?streams=promenade/zaehler/total",
            ])
        {
            var problem = await anybody.JsonAsync(path, 503);
            Assert.Equal("urn:quartier:problem:ledger-unavailable", problem["type"]!.GetValue<string>());
            Assert.DoesNotContain("73.125", problem.ToJsonString());
        }

        Assert.Equal(0, host.Feed.Watchers);
    }

    [Fact]
    public async Task Lists_withhold_value_by_value_and_ask_each_district_once()
    {
        await using var host = await ApiHost.StartAsync(Arrange);
        host.Policies.Set(SamplePolicy.Open);
        using var anybody = host.Anybody();
        var streams = (await anybody.JsonAsync("/api/cities/muenster/sensors", 200))["items"]!.AsArray()
            .SelectMany(s => s!["datastreams"]!.AsArray()).ToDictionary(d => d!["property"]!.GetValue<string>(), d => d!);
        Assert.Equal(Secret, streams["total"]["value"]!.GetValue<double>());
        Assert.Null(streams["total"]["withheld"]);
        Assert.Null(streams["battery"]["value"]);
        Assert.Null(streams["battery"]["time"]);
        Assert.Contains("no grant", streams["battery"]["withheld"]!.GetValue<string>());
        Assert.Equal((1, 1), (host.District("mitte").Calls, host.District("hafen").Calls));
        var german = await anybody.JsonAsync("/api/cities/muenster/sensors", 200, ("Accept-Language", "de"));
        Assert.Contains("Keine Freigabe", german.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        var denial = host.Ledger.Entries.First(e => e.Entry is { Kind: LedgerEntryKind.Denial, District: "mitte" }).Entry;
        Assert.Equal(["promenade/zaehler/battery"], denial.Streams);
    }

    [Fact]
    public async Task Detail_of_a_sensor_tells_nothing_of_what_is_withheld()
    {
        await using var host = await ApiHost.StartAsync(Arrange);
        host.Policies.Set(SamplePolicy.Open);
        host.Sensor("promenade", "zaehler").Books = new(4711, 4711, 0, []);
        using var anybody = host.Anybody();
        var detail = await anybody.JsonAsync(Sensor, 200);
        Assert.Null(detail["books"]);
        Assert.Null(detail["datastreams"]![1]!["late"]);
        Assert.DoesNotContain("4711", detail.ToJsonString());
        Assert.DoesNotContain("80.5", detail.ToJsonString());
    }

    [Fact]
    public async Task Quality_and_place_are_left_out_everywhere()
    {
        await using var host = await ApiHost.StartAsync(Arrange);
        var grant = SamplePolicy.Grant("all-know", "public", "values", "information") with { Redactions = Redactions.Location | Redactions.Quality };
        host.Policies.Set(SamplePolicy.Open.With(grant));
        using var anybody = host.Anybody();
        Assert.Null((await anybody.JsonAsync(Total + "/latest", 200))["quality"]);
        Assert.Null((await anybody.JsonAsync(Total + "/readings", 200))["items"]![0]!["quality"]);
        Assert.Null((await anybody.JsonAsync(Total + "/aggregates", 200))["items"]![0]!["flagged"]);
        Same.Json("""["location","quality"]""", (await anybody.JsonAsync(Total + "/latest", 200))["obligations"]!["redactions"]);
        var sensor = await anybody.JsonAsync(Sensor, 200);
        Assert.Null(sensor["location"]);
        Assert.Null(sensor["datastreams"]![0]!["quality"]);
        Assert.Null((await anybody.JsonAsync("/api/cities/muenster/sensors", 200))["items"]![1]!["location"]);
        var asset = (await anybody.JsonAsync("/api/cities/muenster/assets", 200))[0]!;
        Assert.Null(asset["location"]);
        Assert.Null(asset["values"]!["free"]!["quality"]);
        Assert.Null((await anybody.JsonAsync("/api/cities/muenster/assets/parkhaus-theater", 200))["location"]);
    }

    [Fact]
    public async Task Place_that_a_grant_leaves_out_is_not_had_by_asking_without_the_grant()
    {
        await using var host = await ApiHost.StartAsync(Arrange);
        var hidden = SamplePolicy.Grant("all-know", "contract:x", "values", "information") with { Redactions = Redactions.Location };
        host.Policies.Set(SamplePolicy.Open.With(hidden));
        using var anybody = host.Anybody();
        Assert.Null((await anybody.JsonAsync(Sensor, 200))["location"]);
        Assert.NotNull((await host.GetAsync(Sensor + "?purpose=operation"))!["location"]);
        await anybody.JsonAsync("/api/cities/muenster/registry", 401);
    }

    [Fact]
    public async Task Row_limit_clips_pages_and_names_the_next()
    {
        await using var host = await ApiHost.StartAsync(Arrange);
        host.Policies.Set(SamplePolicy.Open.With(SamplePolicy.Grant("all-know", "public", "values", "information") with { RowLimit = 3 }));
        using var anybody = host.Anybody();
        var (response, text) = await anybody.AskAsync(Total + "/readings?from=2026-07-01T00:00:00Z&to=2026-07-02T00:00:00Z&limit=10000");
        using var answer = response;
        var page = System.Text.Json.Nodes.JsonNode.Parse(text)!;
        Assert.Equal(3, page["items"]!.AsArray().Count);
        var link = response.Headers.GetValues("Link").Single();
        Assert.Contains("to=2026-07-02", link);
        var rest = await anybody.JsonAsync(link[1..link.IndexOf('>')], 200);
        Assert.Single(rest["items"]!.AsArray());
        host.Policies.Set(SamplePolicy.Open.With(SamplePolicy.Grant("all-know", "public", "values", "information") with { RowLimit = 1 }));
        var windows = await anybody.JsonAsync(Total + "/aggregates?window=PT15M&from=2026-07-01T00:00:00Z", 200);
        Assert.Single(windows["items"]!.AsArray());
        Assert.Equal("2026-07-01T22:15:00.000Z", windows["next"]!.GetValue<string>());
        var sensors = await anybody.JsonAsync("/api/cities/muenster/sensors?limit=1000", 200);
        Assert.Single(sensors["items"]!.AsArray());
        Assert.NotNull(sensors["next"]);
    }

    [Fact]
    public async Task Hours_alone_tell_neither_the_last_reading_nor_an_hour_that_still_fills()
    {
        await using var host = await ApiHost.StartAsync(Arrange);
        host.Policies.Set(SamplePolicy.Open.With(SamplePolicy.Grant("all-know", "public", "values", "information", Resolution.Hour)));
        using var anybody = host.Anybody();
        var hours = await anybody.JsonAsync(Total + "/aggregates?window=PT1H&from=2026-07-01T00:00:00Z", 200);
        var only = Assert.Single(hours["items"]!.AsArray())!;
        Assert.Equal("2026-07-01T23:00:00.000Z", only["end"]!.GetValue<string>());
        Assert.Null(only["last"]);
        Assert.Empty((await anybody.JsonAsync(Total + "/aggregates?window=P1M&from=2026-07-01T00:00:00Z", 200))["items"]!.AsArray());
        Assert.NotNull((await host.GetAsync(Total + "/aggregates?window=P1M&purpose=operation&from=2026-07-01T00:00:00Z"))!["items"]![0]!["last"]);
    }

    [Theory]
    [InlineData("PT1M", "2026-07-01T22:00:00.000Z", "2026-07-01T22:01:00.000Z")]
    [InlineData("P1W", "2026-06-28T22:00:00.000Z", "2026-07-05T22:00:00.000Z")]
    [InlineData("P1M", "2026-06-30T22:00:00.000Z", "2026-07-31T22:00:00.000Z")]
    public async Task Windows_of_minutes_weeks_and_months(string window, string start, string end)
    {
        await using var host = await ApiHost.StartAsync(Arrange);
        var first = (await host.GetAsync($"{Total}/aggregates?window={window}&from=2026-07-01T21:59:00Z"))!["items"]!.AsArray()
            .First(i => string.CompareOrdinal(i!["end"]!.GetValue<string>(), "2026-07-01T22:00:00.000Z") > 0)!;
        Assert.Equal((start, end), (first["start"]!.GetValue<string>(), first["end"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Alerts_and_their_takers_are_not_known_to_those_who_may_not_read()
    {
        await using var host = await ApiHost.StartAsync(h =>
            h.District("mitte").Alerts.Add(SampleCity.Alert("abc", "mitte", Now - 1000) with { AcknowledgedBy = "A. Meier" }));
        host.Policies.Set(SamplePolicy.Open with { Grants = [] });
        using var anybody = host.Anybody();
        var text = (await anybody.JsonAsync("/api/cities/muenster/alerts", 200)).ToJsonString();
        Assert.Equal("""{"items":[],"next":null}""", text);
        Assert.Contains(host.Ledger.Entries, e => e.Entry is { Kind: LedgerEntryKind.Denial, Detail: "no-grant" });
    }

    [Theory]
    [InlineData("information", "operation")]
    [InlineData("Information", null)]
    [InlineData("../x", null)]
    public async Task Purposes_that_contradict_or_are_none_are_refused(string header, string? query)
    {
        await using var host = await ApiHost.StartAsync(Arrange);
        using var anybody = host.Anybody();
        await anybody.JsonAsync(Total + "/latest" + (query is null ? string.Empty : "?purpose=" + query), 400, ("Quartier-Purpose", header));
    }

    [Fact]
    public async Task Live_aggregates_of_districts_need_hours_and_no_more()
    {
        await using var host = await ApiHost.StartAsync(h =>
        {
            Arrange(h);
            var row = new AggregateRow(Now - 3_600_000, Now, 4, Secret, 1, 4, Now - 3_600_000, Now - 1, 4, 0);
            h.District("mitte").State = h.District("mitte").State with { Live = [new("total", row), new("battery", row)] };
        });
        host.Policies.Set(SamplePolicy.Open.With(SamplePolicy.Grant("all-know", "public", "values", "information", Resolution.Hour)));
        using var anybody = host.Anybody();
        var live = (await anybody.JsonAsync("/api/cities/muenster/districts/mitte", 200))["live"]!;
        Assert.Equal(Secret, live[0]!["sum"]!.GetValue<double>());
        Assert.Null(live[1]!["sum"]);
        Assert.NotNull(live[1]!["withheld"]);
        host.Policies.Set(SamplePolicy.Open.With(SamplePolicy.Grant("all-know", "public", "values", "information", Resolution.Day)));
        Assert.Null((await anybody.JsonAsync("/api/cities/muenster/districts/mitte", 200))["live"]![0]!["sum"]);
    }

    /// <summary>Four readings of the counter and one of its battery; the district's now is 90 minutes after the first.</summary>
    private static void Arrange(ApiHost host)
    {
        const long first = Now - (2 * SamplePolicy.Hour);
        host.District("mitte").State = host.District("mitte").State with { NowMs = first + (90 * 60_000) };
        host.Put("promenade", "zaehler", 0, [.. Enumerable.Range(0, 4).Select(i => new Reading(first + (i * 900_000), Secret, Quality.Late)),]);
        host.Put("promenade", "zaehler", 1, new Reading(first, 80.5, Quality.Good));
        host.Put("parkleitsystem", "theater", 0, new Reading(first, 17, Quality.Late));
    }
}
