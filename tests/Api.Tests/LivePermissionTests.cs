using System.Text.Json.Nodes;
using Api.Tests.Fakes;
using Quartier.Api.Live;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Readings;

namespace Api.Tests;

/// <summary>A line carries what may be read, and ends when that does.</summary>
public sealed class LivePermissionTests
{
    private const string Path = "/api/cities/muenster/live";
    private const string Sensor = "sensor/promenade/zaehler";
    private const string Total = "promenade/zaehler/total";
    private const long Noon = SamplePolicy.Now - (12 * SamplePolicy.Hour);

    /// <summary>The line's silence begins when it has looked at the last change, which it may do in the middle of the move.</summary>
    private static readonly TimeSpan SurelySilent = 2 * Watcher.Silence;

    [Fact]
    public async Task Changes_of_what_is_not_permitted_are_not_named()
    {
        await using var host = await ApiHost.StartAsync();
        host.Policies.Set(SamplePolicy.Open with { Grants = [] });
        using var anybody = host.Anybody();
        await using var line = await Line.OpenAsync(anybody, Path);
        Change(host, Sensor, "asset/parkhaus-theater", "sensor/no/such", "alert/mitte/abc/sensor/promenade/zaehler", "alert/mitte/abd/sensor/no/such");
        host.Time.Advance(SurelySilent);
        Assert.Equal([": still here"], await line.EventAsync());
    }

    [Fact]
    public async Task Alert_is_named_to_those_who_may_read_what_it_is_about_or_see_books_and_never_its_subject()
    {
        await using var host = await ApiHost.StartAsync();
        host.Policies.Set(WithoutDevices());
        using var anybody = host.Anybody();
        await using var open = await Line.OpenAsync(anybody, Path);
        Change(host, "alert/mitte/abc/sensor/promenade/zaehler");
        Assert.Equal(["alert/mitte/abc"], await open.ChangedAsync());
        host.Policies.Set(SamplePolicy.Open with { Grants = [] });
        await using var officers = await Line.OpenAsync(host.Client, Path);
        Change(host, "alert/mitte/abd/sensor/promenade/zaehler");
        Assert.Equal(["alert/mitte/abd"], await officers.ChangedAsync());
    }

    [Fact]
    public async Task Change_of_a_part_that_is_not_permitted_does_not_show_in_the_rhythm_of_the_line()
    {
        await using var host = await ApiHost.StartAsync();
        host.Policies.Set(SamplePolicy.Open);
        host.Put("promenade", "zaehler", 0, new Reading(Noon, 1, Quality.Good));
        using var anybody = host.Anybody();
        await using var line = await Line.OpenAsync(anybody, Path + "?streams=" + Total);
        host.Put("promenade", "zaehler", 1, new Reading(Noon, 80, Quality.Good));
        Change(host, Sensor, "alert/mitte/abc/sensor/promenade/zaehler", "asset/parkhaus-theater");
        host.Time.Advance(SurelySilent);
        Assert.Equal([": still here"], await line.EventAsync());
        host.Put("promenade", "zaehler", 0, new Reading(Noon + 1, 2, Quality.Good));
        Change(host, Sensor);
        Assert.Equal([Sensor], await line.ChangedAsync());
    }

    [Fact]
    public async Task Line_ends_when_its_grant_does()
    {
        await using var host = await ApiHost.StartAsync();
        host.Policies.Set(WithoutDevices().With(SamplePolicy.Grant("all-know", "public", "values", "information") with { UntilMs = SamplePolicy.Now + 10_000 }));
        using var anybody = host.Anybody();
        await using var line = await Line.OpenAsync(anybody, Path + "?streams=" + Total);
        host.Time.Advance(TimeSpan.FromMilliseconds(10_000));
        var end = await line.EndedAsync();
        Assert.Equal(("grant-expired", Total, "all-know"), (Text(end, "reason"), Text(end, "stream"), Text(end, "grant")));
        Assert.NotEmpty(end["detail"]!["de"]!.GetValue<string>());
    }

    [Fact]
    public async Task Line_ends_when_the_policy_changes_it_to_denied_and_not_when_it_stays_permitted()
    {
        await using var host = await ApiHost.StartAsync();
        host.Policies.Set(WithoutDevices());
        using var anybody = host.Anybody();
        await using var line = await Line.OpenAsync(anybody, Path);
        Change(host, Sensor);
        Assert.Equal([Sensor], await line.ChangedAsync());
        var asked = host.District("mitte").Calls;
        for (var i = 0; i < 20; i++)
        {
            Change(host, Sensor);
            Assert.Equal([Sensor], await line.ChangedAsync());
        }

        Assert.Equal(asked, host.District("mitte").Calls);
        host.Policies.Set(WithoutDevices());
        Change(host, Sensor);
        Assert.Equal([Sensor], await line.ChangedAsync());
        Assert.Equal(asked + 1, host.District("mitte").Calls);
        host.Policies.Set(WithoutDevices() with { Denials = [new("stop", ["public"], [], [], "Because.")] });
        Change(host, Sensor);
        Assert.Equal("denied-by-policy", Text(await line.EndedAsync(), "reason"));
    }

    [Fact]
    public async Task Line_of_a_contract_ends_with_the_contract_and_with_its_key()
    {
        await using var host = await ApiHost.StartAsync();
        var contract = new ContractDefinition("wetter", "Dienst", ["values"], ["information"], "none", SamplePolicy.Now + 20_000);
        host.Policies.Set(WithoutDevices().With(SamplePolicy.Grant("by-contract", "contract:wetter", "values", "information")) with { Contracts = [contract] });
        var (id, key) = await KeyAsync(host);
        using var system = host.With(key);
        await using var first = await Line.OpenAsync(system, Path + "?streams=" + Total);
        await using var second = await Line.OpenAsync(system, Path);
        using var revoked = await host.Client.DeleteAsync("/api/keys/" + id, TestContext.Current.CancellationToken);
        Assert.Equal("credential-ended", Text(await first.EndedAsync(), "reason"));
        Assert.Equal("credential-ended", Text(await second.EndedAsync(), "reason"));
        using var again = host.With((await KeyAsync(host)).Key);
        await using var third = await Line.OpenAsync(again, Path + "?streams=" + Total);
        host.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("contract-ended", Text(await third.EndedAsync(), "reason"));
        var refused = await again.JsonAsync(Path + "?streams=" + Total, 403);
        Assert.Equal("contract-ended", Text(refused, "reason"));
    }

    [Theory]
    [InlineData("purpose=fun", "purpose-unknown")]
    [InlineData("purpose=planning", "purpose-mismatch")]
    [InlineData("purpose=operation", "no-grant")]
    public async Task Datastreams_that_are_asked_for_must_all_be_permitted(string query, string reason)
    {
        await using var host = await ApiHost.StartAsync();
        host.Policies.Set(SamplePolicy.Open);
        using var anybody = host.Anybody();
        Assert.Equal(reason, Text(await anybody.JsonAsync($"{Path}?streams={Total}&{query}", 403), "reason"));
        Assert.Equal("no-grant", Text(await anybody.JsonAsync($"{Path}?streams={Total},promenade/zaehler/battery", 403), "reason"));
        await anybody.JsonAsync($"{Path}?streams=promenade/zaehler/nothing", 404);
        await anybody.JsonAsync($"{Path}?streams=promenade", 400);
        Assert.Equal(0, host.Feed.Watchers);
    }

    [Fact]
    public async Task Ledger_gets_start_minutes_and_end_and_a_line_without_ledger_ends()
    {
        await using var host = await ApiHost.StartAsync();
        host.Policies.Set(WithoutDevices());
        using var anybody = host.Anybody();
        await using var line = await Line.OpenAsync(anybody, Path);
        Assert.Equal(["live-opened"], host.Ledger.Entries.Select(e => e.Entry.Detail));
        for (var i = 0; i < 3; i++)
        {
            Change(host, Sensor);
            await line.ChangedAsync();
        }

        Assert.Single(host.Ledger.Entries);
        host.Time.Advance(LineRecord.Period);
        Change(host, Sensor);
        await line.ChangedAsync();

        // Three changes of a sensor with two datastreams: the fourth belongs to the next minute.
        var minute = host.Ledger.Entries.Last().Entry;
        Assert.Equal((LedgerEntryKind.Read, "live", 6L, "all-know", "information"), (minute.Kind, minute.Detail, minute.Rows, minute.Grant, minute.Purpose));
        host.Ledger.Refuses = true;
        host.Time.Advance(LineRecord.Period);
        Assert.Equal("ledger-unavailable", Text(await line.EndedAsync(), "reason"));
    }

    /// <summary>Nothing but counts: every part of the counter is permitted.</summary>
    private static PolicyDefinition WithoutDevices() => SamplePolicy.Open with
    {
        Streams = [SamplePolicy.Stream("values", ["*/*/*"], "information")],
        Grants = [SamplePolicy.Grant("all-know", "public", "values", "information")],
    };

    private static void Change(ApiHost host, params string[] subjects)
    {
        subjects.ToList().ForEach(s => host.Feed.Changed("muenster", s));
        host.Time.Advance(CityWatch.Collection);
    }

    private static async Task<(string Id, string Key)> KeyAsync(ApiHost host)
    {
        var made = await host.SendAsync(
            HttpMethod.Post, "/api/keys", """{"contract":"wetter","city":"muenster","until":"2028-06-30T00:00:00Z"}""", "application/json");
        return (Text(made!["item"]!, "id"), Text(made!, "key"));
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
