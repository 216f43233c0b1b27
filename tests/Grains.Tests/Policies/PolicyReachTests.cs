using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Registry;

namespace Grains.Tests.Policies;

/// <summary>What policies do to districts, to one another and to the registry.</summary>
public sealed class PolicyReachTests
{
    private static readonly string Kept = TownPolicy.City(TownPolicy.Stream("all", "*/*/*"), TownPolicy.Grant("public", "all"));

    [Fact]
    public void A_district_overrides_its_citys_entries_and_shows_where_each_comes_from()
    {
        using var host = new CityHost(Town.City(Town.Sensor(), Town.Sensor("w") with { District = "west" }), Kept);
        PutInForce(host, TownPolicy.District("west", TownPolicy.Stream("all", "*/*/*", "internal", "P3D", overrides: true), Override("day")));
        Assert.Equal((30, 3), (Days(host), Days(host, "g/w")));
        Assert.True(Reads(host, "mitte", "g/s").Permitted);
        Assert.Equal(DenialReason.CellsOnly, Reads(host, "west", "g/w").Reason);
        Assert.Equal("city 1, district 1", Reads(host, "west", "g/w").PolicyVersion);
        var view = host.Run(() => host.Policy().Effective("west"))!;
        Assert.Equal((1L, 1L), (view.Policy.CityVersion, view.Policy.DistrictVersion));
        Assert.Equal("district, overriding city", view.Entries.Single(e => e is { Kind: "stream", Id: "all" }).Origin);
        Assert.Equal("city", view.Entries.Single(e => e is { Kind: "purpose", Id: "info" }).Origin);
        Assert.All(host.Run(() => host.Policy().Effective("mitte"))!.Entries.Where(e => e.Kind != "publication"), e => Assert.Equal("city", e.Origin));
        Assert.Null(host.Run(() => host.Policy().Effective("nowhere")));
    }

    [Fact]
    public void A_citys_document_that_would_break_a_districts_is_refused()
    {
        using var host = new CityHost(Town.City(Town.Sensor()), Kept);
        PutInForce(host, TownPolicy.District("mitte", TownPolicy.Stream("all", "*/*/*", overrides: true)));
        var refused = Propose(host, TownPolicy.City(TownPolicy.Stream("every", "*/*/*")));
        Assert.Equal(PolicyOutcome.Unsound, refused.Outcome);
        Assert.Contains(refused.Problems, p => p.Message.Contains("'mitte'", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_version_would_change_is_shown_with_the_readings_that_expire_earlier()
    {
        using var host = new CityHost(Town.City(Town.Sensor(), Town.Sensor("w") with { District = "west" }), Kept);
        Assert.Equal(3, host.Ingest(Town.Sample(-10 * 24 * 60, 1), Town.Sample(-9 * 24 * 60, 2), Town.Sample(0, 3)).Stored);
        var narrow = TownPolicy.City(TownPolicy.Stream("all", "*/*/*", raw: "P7D"), TownPolicy.Grant("office:office", "all"));
        var difference = host.Run(() => host.Policy().Compare(narrow));
        Assert.Empty(difference.Problems);
        var shorter = difference.Retention.Single(r => r.District == "mitte");
        Assert.Equal(("all", 30, 7, 1, 3L, 2L, 0), (shorter.Stream, shorter.Before.RawDays, shorter.After.RawDays, shorter.Datastreams, shorter.Readings, shorter.Due, shorter.Uncounted));
        Assert.Equal(0, difference.Retention.Single(r => r.District == "west").Readings);
        var lost = difference.Access.Single(a => a is { District: "mitte", Principal: "public" });
        Assert.Equal((Resolution.Raw, (Resolution?)null, "g/s/v"), (lost.Before!.Sensor, lost.After?.Sensor, lost.Example));
        Assert.Equal(["mitte", "west"], difference.Access.Select(a => a.District).Order());
        Propose(host, narrow);
        Assert.Equal(difference.Retention, host.Run(() => host.Policy().CompareVersion(null, 2))!.Retention);
        Assert.Null(host.Run(() => host.Policy().CompareVersion(null, 3)));
        Assert.NotEmpty(host.Run(() => host.Policy().Compare("policy: 2\n")).Problems);
    }

    [Fact]
    public void A_registry_that_places_a_sensor_in_a_zone_is_refused_with_its_line()
    {
        using var host = new CityHost(policy: null, city: null);
        Assert.True(Apply(host, Yaml(7.61, 51.96)).Applied);
        PutInForce(host, TownPolicy.City(TownPolicy.Stream("all", "*/*/*"), more: TownPolicy.Zone("shelter", 7.63, 51.94, 7.66, 51.97)));
        var refused = Apply(host, Yaml(7.65, 51.95));
        Assert.False(refused.Applied);
        var problem = Assert.Single(refused.Problems);
        Assert.Contains("'g/s' stands in the no-sensing zone 'shelter' (Shelter)", problem.Message, StringComparison.Ordinal);
        Assert.Equal(1 + Array.FindIndex(Yaml(7.65, 51.95).Split('\n'), l => l.Contains("id: s,", StringComparison.Ordinal)), problem.Line);
        Assert.False(host.Run(() => host.City().Apply(Yaml(7.65, 51.95), dryRun: true)).Problems.IsEmpty);
        Assert.True(Apply(host, Yaml(7.60, 51.96)).Applied);
    }

    [Fact]
    public void A_zone_that_waits_for_its_time_keeps_sensors_out_already_and_one_of_a_district_only_there()
    {
        using var host = new CityHost(policy: null, city: null);
        Apply(host, Yaml(7.61, 51.96));
        var zone = TownPolicy.Zone("shelter", 7.63, 51.94, 7.66, 51.97);
        var later = host.Run(() => host.Policy().Propose(TownPolicy.District("west", more: zone), "person:anna", host.NowMs + Town.Day));
        Assert.Equal(PolicyOutcome.Done, later.Outcome);
        host.Run(() => host.Policy().Approve("west", 1, "person:bert"));
        Assert.True(Apply(host, Yaml(7.65, 51.95)).Applied);
        Assert.False(Apply(host, Yaml(7.65, 51.95).Replace("district: mitte", "district: west", StringComparison.Ordinal)).Applied);
    }

    [Fact]
    public void A_policy_is_refused_while_a_sensor_stands_in_its_zone()
    {
        using var host = new CityHost(policy: null, city: null);
        Apply(host, Yaml(7.65, 51.95));
        var refused = Propose(host, TownPolicy.City(TownPolicy.Stream("all", "*/*/*"), more: TownPolicy.Zone("shelter", 7.63, 51.94, 7.66, 51.97)));
        Assert.Equal(PolicyOutcome.Unsound, refused.Outcome);
    }

    [Fact]
    public void A_new_district_begins_with_its_citys_policy_and_one_that_the_policy_no_longer_fits_goes_on()
    {
        using var host = new CityHost(policy: null, city: null);
        Apply(host, Yaml(7.61, 51.96));
        PutInForce(host, TownPolicy.City(TownPolicy.Stream("all", "g/*/v"), TownPolicy.Grant("office:office", "all")));
        var sequence = host.InForce.Find("town")!.Sequence;
        var wider = Yaml(7.61, 51.96).Replace("gateways:", "  - {id: east, name: East, office: office, retentionDays: 20}\ngateways:", StringComparison.Ordinal)
            + "  - {id: e, gateway: g, district: east, name: E, model: plain, office: office}\n";
        Assert.True(Apply(host, wider).Applied);
        host.Ingest("g/e", Town.Sample(0, 1));
        Assert.Equal(20, Days(host, "g/e"));
        Assert.True(host.InForce.Find("town")!.Sequence > sequence);

        // The property has another name now: no entry matches it.
        Assert.True(Apply(host, wider.Replace("property: v", "property: x", StringComparison.Ordinal)).Applied);
        host.Ingest("g/e", Town.Sample(1, 1));
        Assert.Equal(1, (int)host.Store.Retentions["town/g/e/x"].TotalDays);
        Assert.Equal(DenialReason.Quarantine, Reads(host, "east", "g/e", "x").Reason);
    }

    private static string Override(string floor) =>
        TownPolicy.Grant("public", "all", floor: floor, id: "public-info").Replace("scope: sensor", "scope: cell, override: true", StringComparison.Ordinal);

    private static PolicyAnswer Propose(CityHost host, string yaml) => host.Run(() => host.Policy().Propose(yaml, "person:anna", 0));

    private static void PutInForce(CityHost host, string yaml)
    {
        var proposed = Propose(host, yaml);
        Assert.True(proposed.Outcome == PolicyOutcome.Done, $"{proposed.Detail} {string.Join('\n', proposed.Problems)}");
        var approved = host.Run(() => host.Policy().Approve(proposed.Version!.District, proposed.Version.Version, "person:bert"));
        Assert.Equal(PolicyStanding.InForce, approved.Version!.Standing);
        host.Awaken();
    }

    private static ApplyResult Apply(CityHost host, string yaml) => host.Run(() => host.City().Apply(yaml, dryRun: false));

    private static int Days(CityHost host, string sensor = "g/s") => (int)host.Store.Retentions[$"town/{sensor}/v"].TotalDays;

    private static ReadDecision Reads(CityHost host, string district, string sensor, string property = "v") =>
        host.Run(() => host.District(district).Authorize(new(Principal.Public, "info", sensor, property, Resolution.Raw, ReadScope.Sensor)));

    private static string Yaml(double longitude, double latitude) => FormattableString.Invariant(
        $$"""
        city: town
        name: Town
        timeZone: Europe/Berlin
        offices: [{id: office, name: Office, contact: mail@example.org}]
        districts:
          - {id: mitte, name: Mitte, office: office, retentionDays: 30}
          - {id: west, name: West, office: office, retentionDays: 30}
        gateways: [{id: g, name: Gateway, office: office}]
        sensorModels:
          plain:
            datastreams:
              - {property: v, name: Value, unit: Cel, interval: PT1M, min: 0, max: 200, question: Why?}
        sensors:
          - {id: s, gateway: g, district: mitte, name: Sensor, model: plain, office: office, location: [{{longitude}}, {{latitude}}]}

        """);
}
