using System.Text.Json.Nodes;
using Api.Tests.Fakes;
using Domain.Tests;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Quartier.Api;
using Quartier.Contracts.Alerts;

namespace Api.Tests;

public sealed class AlertTests
{
    private const long Noon = 1_782_907_200_000;

    private const string Alert =
        """
        {"id":"abc","district":"mitte","subject":"sensor/promenade/zaehler","subjectName":"Promenade","severity":"warning","office":"mobilitaet",
         "state":"raised","start":"2026-07-01T10:00:00.000Z","raised":"2026-07-01T12:00:00.000Z","resolved":null,"acknowledgedBy":null,
         "explanation":{"rule":"counter-silent","version":1,"kind":"missing",
           "sentence":{"de":"Promenade: seit 2 Stunden keine Werte.","en":"Promenade: no values for 2 hours."},
           "readings":[{"property":"total","time":"2026-07-01T10:00:00.000Z","value":12,"quality":["late"]}],
           "thresholds":{"for":7200},"computed":{"silence":7201}},
         "withheld":null}
        """;

    [Fact]
    public async Task Alerts_carry_their_explanations()
    {
        await using var host = await ApiHost.StartAsync(h => h.District("mitte").Alerts.Add(SampleCity.Alert("abc", "mitte", Noon)));
        Same.Json($$"""{"items":[{{Alert}}],"next":null}""", await host.GetAsync("/api/cities/muenster/alerts"));
    }

    [Fact]
    public async Task Alerts_are_filtered_by_district_state_and_subject()
    {
        await using var host = await ApiHost.StartAsync(h =>
        {
            h.District("mitte").Alerts.Add(SampleCity.Alert("aa", "mitte", Noon));
            h.District("mitte").Alerts.Add(SampleCity.Alert("bb", "mitte", Noon, "sensor/promenade/other") with { State = AlertState.Resolved });
            h.District("hafen").Alerts.Add(SampleCity.Alert("cc", "hafen", Noon, "asset/parkhaus-theater"));
        });
        Assert.Equal(["cc"], await IdsAsync("?district=hafen"));
        Assert.Equal(["bb"], await IdsAsync("?state=resolved"));
        Assert.Equal(["aa"], await IdsAsync("?subject=sensor/promenade/zaehler"));
        Assert.Equal(["aa", "bb", "cc"], await IdsAsync(string.Empty));

        async Task<string[]> IdsAsync(string query) => Ids(await host.GetAsync("/api/cities/muenster/alerts" + query));
    }

    [Theory]
    [InlineData("sensor/promenade/zaehler", "battery")]
    [InlineData("asset/parkhaus-theater", "occupancy")]
    [InlineData("sensor/gone/gone", "total")]
    public async Task Public_does_not_know_of_an_alert_whose_values_are_not_public(string subject, string property)
    {
        await using var host = await ApiHost.StartAsync(h =>
        {
            var alert = SampleCity.Alert("abc", "mitte", Noon, subject);
            var readings = alert.Explanation.Readings.SetItem(0, new(property, alert.Explanation.Readings[0].Reading));
            h.District("mitte").Alerts.Add(alert with { Explanation = alert.Explanation with { Readings = readings } });
        });
        foreach (var query in (string[])["", "&limit=1", "&state=raised", $"&subject={subject}", "&district=mitte"])
        {
            Same.Json("""{"items":[],"next":null}""", await host.GetAsync("/api/cities/muenster/alerts?as=public" + query));
        }

        var operators = (await host.GetAsync("/api/cities/muenster/alerts"))!["items"]![0]!;
        Assert.Null(operators["withheld"]);
    }

    [Fact]
    public async Task Whoever_sees_books_knows_of_an_alert_without_its_values()
    {
        await using var host = await ApiHost.StartAsync(h => h.District("mitte").Alerts.Add(SampleCity.Alert("abc", "mitte", Noon)));
        host.Policies.Set(SamplePolicy.Open with { Grants = [] });
        var shown = (await host.GetAsync("/api/cities/muenster/alerts"))!["items"]![0]!;
        Assert.NotNull(shown["withheld"]);
        Same.Json("[]", shown["explanation"]!["readings"]);
        Same.Json("{}", shown["explanation"]!["computed"]);
        Assert.DoesNotContain("2 hours", shown["explanation"]!["sentence"]!["en"]!.GetValue<string>());
    }

    [Fact]
    public async Task Pages_of_the_public_are_full_and_tell_nothing_of_the_alerts_between()
    {
        await using var host = await ApiHost.StartAsync(h =>
        {
            var alerts = h.District("mitte").Alerts;
            alerts.Add(SampleCity.Alert("first", "mitte", Noon));
            for (var i = 0; i < 5; i++)
            {
                alerts.Add(OfBattery($"hidden{i}", Noon - 1_000 - i));
            }

            alerts.Add(SampleCity.Alert("second", "mitte", Noon - 2_000));
            alerts.Add(OfBattery("last", Noon - 3_000));
        });
        var page = (await host.GetAsync("/api/cities/muenster/alerts?as=public&limit=1"))!;
        Assert.Equal(["first"], Ids(page));
        Assert.Equal($"{Noon}.first.mitte", page["next"]!.GetValue<string>());
        page = (await host.GetAsync($"/api/cities/muenster/alerts?as=public&limit=1&after={Noon}.first.mitte"))!;
        Assert.Equal(["second"], Ids(page));
        Assert.Null(page["next"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("&subject=sensor/promenade/zaehler")]
    [InlineData("&state=raised&district=mitte")]
    public async Task Neither_next_nor_the_head_tells_of_alerts_that_the_caller_may_not_know_however_many_there_are(string query)
    {
        await using var host = await ApiHost.StartAsync();
        var (without, page) = await ReadAsync();
        Same.Json("""{"items":[],"next":null}""", page);
        for (var i = 0; i < 3_000; i++)
        {
            host.District("mitte").Alerts.Add(OfBattery($"hidden{i}", Noon - i));
        }

        var (with, answer) = await ReadAsync();
        Same.Json("""{"items":[],"next":null}""", answer);
        Assert.Equal(without, with);

        // Not even that somebody looked for them: what is not to be known of is not read.
        Assert.Equal(0, host.District("mitte").Listed);

        async Task<(string Head, JsonNode Body)> ReadAsync()
        {
            using var anybody = host.Anybody();
            using var response = await anybody.GetAsync("/api/cities/muenster/alerts?limit=1" + query, TestContext.Current.CancellationToken);
            var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return (string.Join('\n', response.Headers.Where(h => h.Key != "Date").Select(h => $"{h.Key}: {string.Join(", ", h.Value)}")), JsonNode.Parse(body)!);
        }
    }

    [Fact]
    public async Task What_the_public_may_know_is_decided_once_for_all_visitors_until_policy_or_permit_end()
    {
        await using var host = await ApiHost.StartAsync(h => h.District("mitte").Alerts.AddRange([SampleCity.Alert("abc", "mitte", Noon), OfBattery("hidden")]));
        var until = host.Time.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds();
        var grant = SamplePolicy.Grant("all-know", "public", "values", "information") with { UntilMs = until };
        host.Policies.Set(SamplePolicy.Open with { Grants = [grant] });
        using var anybody = host.Anybody();
        Assert.Equal(["abc"], await IdsAsync());
        var asked = host.District("mitte").Asked;
        Assert.Equal(["abc"], await IdsAsync());

        // What is shown is decided on for each who sees it, and recorded; what is not is known from before.
        Assert.Equal(1, host.District("mitte").Asked - asked);
        host.Time.Advance(TimeSpan.FromHours(1));
        Assert.Empty(await IdsAsync());
        host.Policies.Set(SamplePolicy.Open with { Grants = [grant with { UntilMs = until + 3_600_000 }] });
        Assert.Equal(["abc"], await IdsAsync());

        async Task<string[]> IdsAsync() => Ids(await anybody.JsonAsync("/api/cities/muenster/alerts", 200));
    }

    [Fact]
    public async Task Alerts_of_more_than_a_caller_may_have_decided_on_are_refused_and_counted_as_dear()
    {
        await using var host = await ApiHost.StartAsync(
            h => h.District("mitte").Alerts.Add(SampleCity.Alert("abc", "mitte", Noon)),
            b => b.Services.Configure<QuartierApiOptions>(o => o.Questions = new(10, 0, 0, 0)));
        using var anybody = host.Anybody();
        foreach (var path in (string[])["alerts", "districts", "districts/mitte"])
        {
            host.District("mitte").State = host.District("mitte").State with { RaisedAlerts = 1 };
            var problem = await anybody.JsonAsync("/api/cities/muenster/" + path, 429);
            Assert.Equal("urn:quartier:problem:too-many-questions", problem["type"]!.GetValue<string>());
        }
    }

    /// <summary>An alert of what the public does not read.</summary>
    internal static Alert OfBattery(string id, long raisedMs = Noon)
    {
        var alert = SampleCity.Alert(id, "mitte", raisedMs);
        var readings = alert.Explanation.Readings.SetItem(0, new("battery", alert.Explanation.Readings[0].Reading));
        return alert with { Explanation = alert.Explanation with { Readings = readings } };
    }

    [Fact]
    public async Task Public_sees_the_explanation_when_all_of_it_is_public()
    {
        await using var host = await ApiHost.StartAsync(h => h.District("mitte").Alerts.Add(SampleCity.Alert("abc", "mitte", Noon)));
        Same.Json($$"""{"items":[{{Alert}}],"next":null}""", await host.GetAsync("/api/cities/muenster/alerts?as=public"));
    }

    [Fact]
    public async Task Acknowledging_answers_the_alert_as_it_stands_then()
    {
        await using var host = await ApiHost.StartAsync(h => h.District("mitte").Alerts.Add(SampleCity.Alert("abc", "mitte", Noon)));
        const string path = "/api/cities/muenster/districts/mitte/alerts/abc/acknowledge";
        var alert = await host.SendAsync(HttpMethod.Post, path, """{"by":"somebody else"}""", "application/json");
        Assert.Equal("acknowledged", alert!["state"]!.GetValue<string>());
        Assert.Equal("administrator", alert["acknowledgedBy"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("mitte/alerts/abc", "?as=public", 403)]
    [InlineData("mitte/alerts/xyz", "", 404)]
    [InlineData("mite/alerts/abc", "", 404)]
    public async Task Acknowledging_is_refused_when_it_cannot_be_done(string alert, string query, int status)
    {
        await using var host = await ApiHost.StartAsync(h => h.District("mitte").Alerts.Add(SampleCity.Alert("abc", "mitte", Noon)));
        await host.SendAsync(HttpMethod.Post, $"/api/cities/muenster/districts/{alert}/acknowledge{query}", "", "application/json", status);
        Assert.Equal(AlertState.Raised, host.District("mitte").Alerts[0].State);
    }

    [Fact]
    public async Task Acknowledging_is_refused_to_whoever_is_not_signed_in()
    {
        await using var host = await ApiHost.StartAsync(h => h.District("mitte").Alerts.Add(SampleCity.Alert("abc", "mitte", Noon)));
        using var anybody = host.Anybody();
        using var response = await anybody.PostAsync("/api/cities/muenster/districts/mitte/alerts/abc/acknowledge", null, TestContext.Current.CancellationToken);
        Assert.Equal(401, (int)response.StatusCode);
        Assert.Equal(AlertState.Raised, host.District("mitte").Alerts[0].State);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("1.2")]
    [InlineData("x.ab.mitte")]
    public async Task Cursor_that_is_none_is_refused(string after)
    {
        await using var host = await ApiHost.StartAsync();
        var problem = await host.GetAsync("/api/cities/muenster/alerts?after=" + after, 400);
        Assert.Contains("'after'", problem!["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task Pages_together_are_the_whole_list_whatever_the_times_and_ids()
    {
        await using var host = await ApiHost.StartAsync();

        // Few times and few ids, so that equal times and the same id in both districts are the rule.
        var alert =
            from district in Gen.Elements("mitte", "hafen")
            from minute in Gen.Choose(0, 3)
            from id in Gen.Elements("aa", "ab", "ac", "ba", "bb", "ca")
            select SampleCity.Alert(id, district, Noon + (minute * 60_000L));
        var cases = from alerts in alert.ListOf() from limit in Gen.Choose(1, 5) select (alerts, limit);
        var property = Prop.ForAll(cases.ToArbitrary(), c => PagesAreWhole(host, [.. c.alerts], c.limit));
        await Task.Run(() => Check.One(Draws.Of(300), property), TestContext.Current.CancellationToken);
    }

    private static async Task<bool> PagesAreWhole(ApiHost host, List<Alert> alerts, int limit)
    {
        // A district has each id once.
        var unique = alerts.DistinctBy(a => (a.District, a.Id)).ToList();
        foreach (var district in (string[])["mitte", "hafen"])
        {
            host.District(district).Alerts.Clear();
            host.District(district).Alerts.AddRange(unique.Where(a => a.District == district));
        }

        var expected = unique.OrderByDescending(a => a.RaisedMs).ThenBy(a => a.Id, StringComparer.Ordinal).ThenBy(a => a.District, StringComparer.Ordinal)
            .Select(a => $"{a.Id}@{a.District}");
        var found = new List<string>();
        var after = string.Empty;
        do
        {
            var page = await host.GetAsync($"/api/cities/muenster/alerts?limit={limit}{after}");
            var items = page!["items"]!.AsArray();
            found.AddRange(items.Select(i => $"{i!["id"]}@{i["district"]}"));
            after = page["next"] is { } next ? "&after=" + Uri.EscapeDataString(next.GetValue<string>()) : string.Empty;
            if (items.Count > limit || (after.Length > 0 && items.Count < limit))
            {
                return false;
            }
        }
        while (after.Length > 0);
        return found.SequenceEqual(expected);
    }

    private static string[] Ids(JsonNode? page) => [.. page!["items"]!.AsArray().Select(i => i!["id"]!.GetValue<string>())];
}
