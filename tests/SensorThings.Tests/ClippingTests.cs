using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Quartier.Contracts.Ledgers;

namespace SensorThings.Tests;

/// <summary>What an attacker tries to find out what the district does not give: nothing may tell it, neither filter, order, count, page nor tag.</summary>
public sealed class ClippingTests(StaCity city)
{
    private static readonly string Secret = CityReadings.Secret.ToString(CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("laerm-1/laeq", "no-grant")]
    [InlineData("luft-1/battery", "no-grant")]
    [InlineData("haus-1/energy", "cells-only")]
    [InlineData("probe/humidity", "quarantine")]
    public async Task Denied_collection_is_refused_as_the_native_api_refuses_it(string stream, string reason)
    {
        var id = await city.Public.StreamAsync(stream);
        foreach (var query in new[] { "", "?$count=true", "?$top=0", "?$filter=result gt 1000000", "?$orderby=result", "?$resultFormat=dataArray", "?$resultFormat=CSV", "/$count", "/$ref" })
        {
            var problem = await city.Public.GetAsync($"Datastreams({id})/Observations{query}", 403);
            Assert.Equal((reason, "urn:quartier:problem:read-denied"), (problem["reason"]!.GetValue<string>(), problem["type"]!.GetValue<string>()));
            Assert.Equal($"g/{stream}", problem["stream"]!.GetValue<string>());
            Assert.StartsWith("/api/cities/stadt/why", problem["why"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, problem.ToJsonString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Operator_reads_for_a_purpose_and_the_same_as_public_does_not()
    {
        var id = await city.Public.StreamAsync("laerm-1/laeq");
        using var answer = await city.Operator.GetAsync(new Uri($"Datastreams({id})/Observations", UriKind.Relative), StaCity.Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("city 1, district 0", answer.Headers.GetValues("Quartier-Policy").Single());
        Assert.Equal("control", answer.Headers.GetValues("Quartier-Grant").Single());
        Assert.Equal("operation", answer.Headers.GetValues("Quartier-Purpose").Single());
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Contains(Secret, await answer.Content.ReadAsStringAsync(StaCity.Token), StringComparison.Ordinal);
        await city.Operator.GetAsync($"Datastreams({id})/Observations?as=public", 403);
        using var purposeless = city.Client(null);
        await purposeless.GetAsync($"Datastreams({id})/Observations?purpose=information", 403);
    }

    [Fact]
    public async Task Expanded_observations_that_are_denied_are_empty_and_say_why()
    {
        var stream = (await city.Public.ValuesAsync("Datastreams?$filter=name eq 'Schall am Rand: Dauerschallpegel'&$expand=Observations($count=true)")).Single();
        Assert.Empty(stream["Observations"]!.AsArray());
        Assert.Contains("no grant", stream["Observations@quartier.withheld"]!.GetValue<string>(), StringComparison.OrdinalIgnoreCase);
        Assert.NotEqual(CityReadings.Airs, stream["Observations@iot.count"]?.GetValue<int>() ?? 0);
        Assert.Null(stream["Observations@iot.nextLink"]);
        Assert.Null(stream["phenomenonTime"]);
        Assert.Null(stream["resultTime"]);
    }

    [Theory]
    [InlineData("Things?$filter=Datastreams/Observations/result gt 73")]
    [InlineData("Things?$filter=Datastreams/Observations/result eq 73.125")]
    [InlineData("Sensors?$filter=Datastreams/Observations/result eq 73.125")]
    [InlineData("Datastreams?$filter=Observations/result eq 73.125")]
    [InlineData("ObservedProperties?$filter=Datastreams/Observations/result eq 73.125")]
    [InlineData("FeaturesOfInterest?$filter=Observations/result eq 73.125")]
    [InlineData("Locations?$filter=Things/Datastreams/Observations/result eq 73.125")]
    [InlineData("Datastreams?$filter=Observations/Datastream/Observations/result eq 73.125")]
    [InlineData("Things?$filter=Datastreams/Observations/Datastream/Thing/Datastreams/Observations/result eq 73.125")]
    [InlineData("Datastreams?$filter=Observations/result eq 73.125 add 0 mul Thing/Datastreams/Observations/result")]
    [InlineData("FeaturesOfInterest?$filter=Observations/result sub Observations/Datastream/Observations/result eq 73.125 sub Observations/Datastream/Observations/result")]
    public async Task Filter_that_looks_into_denied_observations_finds_nothing(string path)
    {
        var seen = await city.Public.ValuesAsync(path);
        var found = await city.Operator.ValuesAsync(path);
        var nothing = await city.Public.ValuesAsync(path.Replace("73.125", "73.126", StringComparison.Ordinal));
        Assert.DoesNotContain(seen, e => e["name"]!.GetValue<string>().StartsWith("Schall", StringComparison.Ordinal));
        Assert.Equal(nothing.Select(e => e.Id()), seen.Select(e => e.Id()));
        Assert.True(found.Length > seen.Length, "the operator finds it");
    }

    [Theory]
    [InlineData("Datastreams?$filter=phenomenonTime ne null", false)]
    [InlineData("Datastreams?$filter=phenomenonTime eq null", true)]
    [InlineData("Datastreams?$filter=not (resultTime gt 2026-06-01T00:00:00Z)", true)]
    [InlineData("Datastreams?$filter=resultTime ge 2026-07-01T00:00:00Z", false)]
    [InlineData("Datastreams?$filter=during(phenomenonTime,2026-06-01T00:00:00Z/2027-01-01T00:00:00Z)", false)]
    [InlineData("Datastreams?$filter=not (Observations/result gt 0)", true)]
    [InlineData("Datastreams?$filter=Observations/phenomenonTime le Thing/Datastreams/Observations/phenomenonTime", false)]
    [InlineData("Datastreams?$filter=not (Observations/Datastream/Observations/result gt 0)", true)]
    public async Task Times_of_observations_are_no_side_channel(string path, bool isAsEmpty)
    {
        foreach (var denied in new[] { "laerm-1/laeq", "luft-1/battery" })
        {
            var id = await city.Public.StreamAsync(denied);
            Assert.Equal(isAsEmpty, (await city.Public.ValuesAsync(path)).Any(s => s.Id() == id));
            Assert.Equal(!isAsEmpty, (await city.Operator.ValuesAsync(path)).Any(s => s.Id() == id));
        }
    }

    [Fact]
    public async Task Order_by_times_is_that_of_the_times_shown()
    {
        foreach (var caller in new[] { city.Public, city.Operator })
        {
            var streams = await caller.AllAsync("Datastreams?$orderby=phenomenonTime desc,id&$top=2");
            var starts = streams.ConvertAll(s => s["phenomenonTime"]?.GetValue<string>().Split('/')[0] ?? string.Empty);
            Assert.Equal(starts.OrderDescending(StringComparer.Ordinal), starts);
            Assert.Equal(streams.Count, streams.Select(s => s.Id()).Distinct().Count());
        }
    }

    [Fact]
    public async Task Filter_into_observations_sees_the_windows_that_are_shown_and_not_the_readings_within()
    {
        var id = await city.Public.StreamAsync("luft-1/temperature");
        var peak = CityReadings.Temperature(29);
        var mean = Enumerable.Range(24, 6).Average(CityReadings.Temperature);
        async Task<bool> FindsAsync(HttpClient caller, FormattableString condition) =>
            (await caller.ValuesAsync($"Datastreams?$filter={Uri.EscapeDataString($"id eq {id} and {FormattableString.Invariant(condition)}")}")).Length == 1;
        Assert.False(await FindsAsync(city.Public, $"Observations/result eq {peak}"));
        Assert.False(await FindsAsync(city.Public, $"Observations/result gt {mean + 0.01}"));
        Assert.True(await FindsAsync(city.Public, $"Observations/result gt {mean - 0.01}"));
        Assert.True(await FindsAsync(city.Operator, $"Observations/result eq {peak}"));

        // The sixth hour still fills: nothing of it may be found, neither a value nor a time.
        Assert.False(await FindsAsync(city.Public, $"Observations/phenomenonTime ge 2026-07-01T05:00:00Z"));
        Assert.False(await FindsAsync(city.Public, $"phenomenonTime gt 2026-07-01T04:00:00Z or resultTime ge 2026-07-01T04:00:00Z"));
        Assert.False(await FindsAsync(city.Public, $"after(Observations/resultTime,2026-07-01T05:00:00Z)"));
        Assert.True(await FindsAsync(city.Operator, $"Observations/phenomenonTime ge 2026-07-01T05:00:00Z"));
    }

    [Fact]
    public async Task Filter_into_observations_is_in_the_ledger_with_what_it_looked_at()
    {
        var reader = city.Silo.Services.GetRequiredService<ILedgerReader>();
        var (energy, counts) = (await city.Public.StreamAsync("haus-1/energy"), await city.Public.StreamAsync("rad-1/total"));
        await city.Public.ValuesAsync($"Datastreams?$filter=Observations/result gt 1 and (id eq {energy} or id eq {counts})");
        await reader.SignAsync(StaCity.City);
        Assert.Contains(await FindAsync(reader, LedgerEntryKind.Denial, "g/haus-1/energy"), e => e is { Who: "public" });
        Assert.Contains(await FindAsync(reader, LedgerEntryKind.Read, "g/rad-1/total"), e => e is { Who: "public", Grant: "open-counts" });
    }

    [Fact]
    public async Task Filters_into_observations_work_in_expansions_and_from_observations()
    {
        var things = await city.Public.ValuesAsync("Things?$filter=Datastreams/Observations/result gt 140&$expand=Datastreams($filter=Observations/result gt 140;$select=name)");
        Assert.Equal(("Zählstelle Hafen", 1), (things.Single().Name(), things.Single()["Datastreams"]!.AsArray().Count));
        var counted = await city.Public.JsonAsync("Observations?$filter=Datastream/phenomenonTime ne null and Datastream/Observations/result gt 140&$count=true&$top=1");
        Assert.Equal(CityReadings.Counts, counted["@iot.count"]!.GetValue<int>());
        Assert.Equal("1", (await city.Public.TextAsync("Datastreams/$count?$filter=Observations/result gt 140")).Text);
    }

    [Theory]
    [InlineData("Datastreams?$orderby=Observations/result")]
    [InlineData("Things?$orderby=Datastreams/Observations/result desc")]
    public async Task Order_cannot_look_into_observations(string path) => await city.Public.GetAsync(path, 400);

    [Fact]
    public async Task Observation_of_a_denied_stream_is_denied_whether_or_not_it_exists()
    {
        var id = await city.Public.StreamAsync("laerm-1/laeq");
        var some = (await city.Operator.ValuesAsync($"Datastreams({id})/Observations?$top=1")).Single().Id();
        foreach (var tried in new[] { some, some + 2, some + 2_000_000 })
        {
            var own = await city.Public.GetAsync($"Observations({tried})", 403);
            Assert.Equal("no-grant", own["reason"]!.GetValue<string>());
            foreach (var below in new[] { "result", "result/$value", "Datastream", "FeatureOfInterest", "Datastream/Thing/name", "$ref" })
            {
                await city.Public.GetAsync($"Observations({tried})/{below}", 403);
            }
        }
    }

    [Fact]
    public async Task All_observations_are_those_that_may_be_read()
    {
        var all = await city.Public.AllAsync("Observations?$top=100&$expand=Datastream($select=name)");
        Assert.DoesNotContain(all, o => o["Datastream"]!.Name().StartsWith("Schall", StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, string.Join(' ', all.Select(o => o.ToJsonString())), StringComparison.Ordinal);
        var counted = await city.Public.JsonAsync("Observations?$count=true&$top=1");
        Assert.Equal(all.Count, counted["@iot.count"]!.GetValue<int>());
        Assert.Equal(CityReadings.MiddleCounts + CityReadings.Counts + 4 + 5, all.Count);
    }

    [Fact]
    public async Task Coarse_grant_gives_ended_windows_and_never_a_reading()
    {
        var id = await city.Public.StreamAsync("luft-1/temperature");
        var windows = await city.Public.ValuesAsync($"Datastreams({id})/Observations");
        Assert.Equal(5, windows.Length);
        for (var hour = 0; hour < 5; hour++)
        {
            var start = DateTimeOffset.FromUnixTimeMilliseconds(CityReadings.At(60, hour));
            Assert.Equal($"{start:yyyy-MM-dd'T'HH}:00:00.000Z/{start.AddHours(1):yyyy-MM-dd'T'HH}:00:00.000Z", windows[hour]["phenomenonTime"]!.GetValue<string>());
            Assert.Equal(Enumerable.Range(6 * hour, 6).Average(CityReadings.Temperature), windows[hour]["result"]!.GetValue<double>(), 1e-9);
            Assert.Equal("""{"window":"PT1H","statistic":"mean"}""", windows[hour]["parameters"]!.ToJsonString());
            Assert.Null(windows[hour]["resultQuality"]);
        }

        var last = (await city.Public.ValuesAsync($"Datastreams({id})/Observations?$orderby=phenomenonTime desc&$top=1")).Single();
        Assert.Equal(windows[4].ToJsonString(), last.ToJsonString());
        Assert.Equal(windows[2].ToJsonString(), (await city.Public.JsonAsync(windows[2]["@iot.selfLink"]!.GetValue<string>())).ToJsonString());
    }

    [Fact]
    public async Task Filter_on_windows_sees_their_means_and_not_the_readings_within()
    {
        var id = await city.Public.StreamAsync("luft-1/temperature");
        var peak = CityReadings.Temperature(29);
        var mean = Enumerable.Range(24, 6).Average(CityReadings.Temperature);
        Assert.Empty(await city.Public.ValuesAsync(FormattableString.Invariant($"Datastreams({id})/Observations?$filter=result eq {peak}")));
        Assert.Empty(await city.Public.ValuesAsync(FormattableString.Invariant($"Datastreams({id})/Observations?$filter=result gt {mean + 0.01}")));
        Assert.Single(await city.Public.ValuesAsync(FormattableString.Invariant($"Datastreams({id})/Observations?$filter=result gt {mean - 0.01}")));
        Assert.Single(await city.Operator.ValuesAsync(FormattableString.Invariant($"Datastreams({id})/Observations?$filter=result eq {peak}")));
        Assert.Equal("5", (await city.Public.TextAsync($"Datastreams({id})/Observations/$count")).Text);
    }

    [Fact]
    public async Task Window_that_still_fills_leaves_no_trace()
    {
        var stream = await city.Public.JsonAsync($"Datastreams({await city.Public.StreamAsync("luft-1/temperature")})");
        Assert.Equal("2026-07-01T00:00:00.000Z/2026-07-01T05:00:00.000Z", stream["phenomenonTime"]!.GetValue<string>());
        var one = (await city.Operator.ValuesAsync($"Datastreams({stream.Id()})/Observations?$orderby=phenomenonTime desc&$top=1")).Single().Id();
        await city.Public.GetAsync($"Observations({one})", 404);
    }

    [Fact]
    public async Task Row_limit_of_the_grant_cuts_the_page_and_the_next_goes_on()
    {
        var id = await city.Public.StreamAsync("rad-2/total");
        var page = await city.Operator.JsonAsync($"Datastreams({id})/Observations?$top=1000");
        Assert.Equal(50, page["value"]!.AsArray().Count);
        Assert.Equal(CityReadings.Counts, (await city.Operator.AllAsync($"Datastreams({id})/Observations?$top=1000")).Select(o => o.Id()).Distinct().Count());
    }

    [Fact]
    public async Task Hidden_place_is_told_by_nothing()
    {
        foreach (var path in new[]
        {
            "Locations?$filter=name eq 'Zählstelle ohne Ort'", "FeaturesOfInterest?$filter=name eq 'Zählstelle ohne Ort'",
            "Things?$filter=name eq 'Zählstelle ohne Ort'&$expand=Locations,Datastreams($expand=Observations($expand=FeatureOfInterest))",
            "Locations?$resultFormat=GeoJSON", "Things?$resultFormat=GeoJSON", "FeaturesOfInterest?$resultFormat=CSV", "Datastreams", "Datastreams?$resultFormat=GeoJSON",
        })
        {
            var (status, text) = await city.Public.TextAsync(path);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.DoesNotContain("7.7777", text, StringComparison.Ordinal);
            Assert.DoesNotContain("51.9777", text, StringComparison.Ordinal);
        }

        var around = Uri.EscapeDataString("geography'POLYGON((7.777 51.977,7.778 51.977,7.778 51.978,7.777 51.978,7.777 51.977))'");
        Assert.Empty(await city.Public.ValuesAsync($"Locations?$filter=st_within(location,{around})"));
        Assert.Empty(await city.Public.ValuesAsync($"FeaturesOfInterest?$filter=st_within(feature,{around})"));
        Assert.Empty(await city.Public.ValuesAsync($"Things?$filter=st_within(Locations/location,{around})"));
        Assert.Empty(await city.Public.ValuesAsync($"Datastreams?$filter=st_within(Thing/Locations/location,{around})"));
        Assert.Empty(await city.Public.ValuesAsync($"Datastreams?$filter=st_within(observedArea,{around})"));
        Assert.Single(await city.Operator.ValuesAsync($"Datastreams?$filter=st_within(observedArea,{around})"));
        Assert.Empty(await city.Public.ValuesAsync($"Observations?$filter=st_within(FeatureOfInterest/feature,{around})"));
        Assert.NotEmpty(await city.Operator.ValuesAsync($"Observations?$filter=st_within(FeatureOfInterest/feature,{around})"));
        Assert.Empty(await city.Public.ValuesAsync("Locations?$filter=geo.distance(location,geography'POINT(7.7777 51.9777)') lt 0.001"));
        Assert.Single(await city.Operator.ValuesAsync($"Locations?$filter=st_within(location,{around})"));
        var id = await city.Public.StreamAsync("geheim-1/total");
        Assert.All(await city.Public.ValuesAsync($"Datastreams({id})/Observations"), o => Assert.Null(o["resultQuality"]));
    }

    [Fact]
    public async Task Reads_and_denials_are_in_the_ledger_before_the_answer()
    {
        var reader = city.Silo.Services.GetRequiredService<ILedgerReader>();
        var counter = await city.Public.StreamAsync("rad-2/total");
        var noise = await city.Public.StreamAsync("laerm-1/laeq");
        await city.Public.ValuesAsync($"Datastreams({counter})/Observations?$top=7");
        await city.Public.GetAsync($"Datastreams({noise})/Observations", 403);
        await reader.SignAsync(StaCity.City);
        var reads = await FindAsync(reader, LedgerEntryKind.Read, "g/rad-2/total");
        Assert.Contains(reads, e => e is { Who: "public", Rows: >= 7, Resolution: "raw", Purpose: "information", Grant: "open-counts" });
        var denials = await FindAsync(reader, LedgerEntryKind.Denial, "g/laerm-1/laeq");
        Assert.Contains(denials, e => e is { Who: "public", Detail: "no-grant" });
    }

    [Fact]
    public async Task Wrong_credential_is_not_taken_for_the_public()
    {
        using var wrong = city.Client(null);
        wrong.DefaultRequestHeaders.Authorization = new("Bearer", "qk_nobody_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        Assert.Equal("urn:quartier:problem:wrong-credential", (await wrong.GetAsync("Things", 401))["type"]!.GetValue<string>());
    }

    private static async Task<IEnumerable<LedgerEntry>> FindAsync(ILedgerReader reader, LedgerEntryKind kind, string stream)
    {
        var page = await reader.FindAsync(StaCity.City, new LedgerFilter(kind, null, null, null, stream, null, null), 0, 1_000);
        return page.Entries.Select(e => e.Entry);
    }
}
