using System.Text.Json;
using System.Text.RegularExpressions;
using Domain.Tests.Policies;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Domain.Policies;
using Quartier.Domain.Registers;

namespace Domain.Tests.Registers;

public sealed class RecordWriterTests
{
    private const string Hostile = "</title><script>alert(1)</script><img src=x onerror=\"alert(2)\"> & 'x' \u202e\u0000";

    private static readonly RecordStanding Never = new(RegisterSamples.Now, "digest", null, 0, null);

    [Fact]
    public void Coverage_that_was_counted_before_gives_the_same_record_and_one_of_another_policy_is_not_used()
    {
        var basis = RegisterSamples.Basis(RegisterSamples.Policy);
        var other = RegisterSamples.Basis(RegisterSamples.Policy with { Streams = [RegisterSamples.Stream with { Match = ["g/n/total"], Retention = new(7, 0, 0) }] });
        var (coverage, foreign) = (new CityCoverage(basis.Registry, basis.Policies), new CityCoverage(other.Registry, other.Policies));
        Assert.NotEqual(RecordText.Write(RecordWriter.Processing(basis)), RecordText.Write(RecordWriter.Processing(other)));
        foreach (var counted in (CityCoverage?[])[coverage, foreign])
        {
            Assert.Equal(RecordText.Write(RecordWriter.Processing(basis)), RecordText.Write(RecordWriter.Processing(basis, counted)));
            Assert.Equal(RecordText.Write(RecordWriter.Impact(basis)), RecordText.Write(RecordWriter.Impact(basis, counted)));
        }

        Assert.True(coverage.IsOf(basis.Registry, basis.Policies));
        Assert.False(coverage.IsOf(basis.Registry, null));
    }

    [Fact]
    public void Record_of_the_documentation_s_city_says_what_article_30_asks_for()
    {
        var record = RecordWriter.Processing(Documented());
        Assert.Equal(["mobility-planning", "public-information"], record.Activities.Select(a => a.Id));
        var open = record.Activities[1];
        Assert.Equal("§ 3 IWG", open.LegalBasis);
        Assert.Equal("mobilitaet@example.org", open.Office.Contact);
        Assert.Contains(open.PersonsConcerned, p => p.Contains("gezählt", StringComparison.Ordinal));
        Assert.Contains(open.Recipients, r => r is { Kind: "public", Who: "die Öffentlichkeit", Until: "2027-12-31" });
        Assert.Contains(open.Recipients, r => r is { Kind: "contract", Who: "Vertragspartner Radkarte e. V.", Onward: "Nach Vertrag." });
        Assert.Equal([ActivityWriter.NoThirdCountry], open.ThirdCountries);
        Assert.Equal(
            [("bicycle-counts/raw", 90), ("bicycle-counts/hour", 730), ("bicycle-counts/day", 3650), ("parking/raw", 30)],
            open.Erasure.Select(e => (e.Id, e.Days)));
        Assert.Contains(record.Measures, m => m.Id == "zone/mitte/shelter");
        Assert.Contains(record.OpenPoints, p => p.Id == "data-protection-officer" && p.Text.StartsWith("OFFEN", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_city_says_of_sensors_in_one_district_is_one_category_there()
    {
        var sensor = RegisterSamples.Sensor("s", "mitte");
        var shorter = RegisterSamples.With(sensor with { Datastreams = [sensor.Datastreams[0] with { RetentionDays = 10 }] });
        var activity = Assert.Single(RecordWriter.Processing(RegisterSamples.Basis(RegisterSamples.Policy, shorter)).Activities);
        Assert.Equal(("counts", "mitte", 1), (activity.Data.Single().Id, activity.Data.Single().Districts.Single(), activity.Data.Single().Datastreams));
        Assert.Equal([("counts/raw", 10), ("counts/day", 730)], activity.Erasure.Select(e => (e.Id, e.Days)));
        Assert.Equal(["mitte"], Assert.Single(activity.Recipients).Districts);
    }

    [Fact]
    public void What_a_district_says_otherwise_stands_beside_what_the_city_says()
    {
        var nord = RegisterSamples.Policy with
        {
            District = "nord",
            Contracts = [],
            Grants = [],
            Purposes = [RegisterSamples.Policy.Purposes[0] with { LegalBasis = "§ 2", Override = true }],
            Streams = [RegisterSamples.Stream with { Operator = "Nordwerke", Override = true }],
        };
        var activities = RecordWriter.Processing(RegisterSamples.Basis(RegisterSamples.Policy, null, nord)).Activities;
        Assert.Equal([("planning", "§ 1", "Stadtwerke"), ("planning@nord", "§ 2", "Nordwerke")], activities.Select(a => (a.Id, a.LegalBasis, a.Data.Single().Operator)));
    }

    [Fact]
    public void A_text_on_passing_on_that_speaks_of_third_countries_is_quoted()
    {
        var grant = RegisterSamples.Grant with { Onward = "An ein Drittland." };
        var activity = Assert.Single(RecordWriter.Processing(RegisterSamples.Basis(RegisterSamples.Policy with { Grants = [grant] })).Activities);
        Assert.Equal(["Die Regelung zur Weitergabe sagt: „An ein Drittland.“"], activity.ThirdCountries);
    }

    [Fact]
    public void Same_configuration_in_another_order_gives_the_same_text_and_another_one_does_not()
    {
        var policy = PolicySamples.Read(PolicySamples.City);
        var turned = policy with
        {
            Streams = [.. policy.Streams.Reverse()],
            Grants = [.. policy.Grants.Reverse()],
            Purposes = [.. policy.Purposes.Reverse()],
        };
        foreach (var write in (Func<RegisterBasis, string>[])[b => RecordText.Write(RecordWriter.Processing(b)), b => RecordText.Write(RecordWriter.Impact(b))])
        {
            Assert.Equal(write(Documented(policy)), write(Documented(turned)));
            Assert.NotEqual(write(Documented(policy)), write(Documented(policy with { Grants = [policy.Grants[0]] })));
        }
    }

    [Fact]
    public void Difference_names_the_place_of_a_change_and_no_other()
    {
        var policy = RegisterSamples.Policy;
        var before = RecordText.Write(RecordWriter.Processing(RegisterSamples.Basis(policy)));
        var shorter = policy with { Streams = [RegisterSamples.Stream with { Retention = new(30, 0, 730) }] };
        var after = RecordText.Write(RecordWriter.Processing(RegisterSamples.Basis(shorter)));
        Assert.Equal([new("activities[planning].erasure[counts/raw].days", "90", "30")], RecordDifference.Between(before, after).Changes);
        Assert.Empty(RecordDifference.Between(before, before).Changes);
        var longer = policy with { Purposes = [policy.Purposes[0], policy.Purposes[0] with { Id = "art", Name = "Kunst" }] };
        var change = Assert.Single(RecordDifference.Between(before, RecordText.Write(RecordWriter.Processing(RegisterSamples.Basis(longer)))).Changes);
        Assert.Equal(("activities[art]", null), (change.Path, change.Before));
        Assert.Contains(RecordDifference.Between(null, before).Changes, c => c is { Path: "city", Before: null, After: "town" });
    }

    [Fact]
    public void Difference_of_a_list_is_one_change_and_what_went_has_no_after()
    {
        const string Before = """{"a":["x","y"],"b":[{"id":"1","c":1},{"id":"2","c":2}],"d":null}""";
        const string After = """{"a":["x"],"b":[{"id":"2","c":3}],"d":true,"e":{}}""";
        Assert.Equal(
            [new("a", """["x","y"]""", """["x"]"""), new("b[2].c", "2", "3"), new("b[1]", """{"id":"1","c":1}""", null), new("d", null, "true"), new RecordChange("e", null, "{}")],
            RecordDifference.Between(Before, After).Changes);
    }

    [Fact]
    public void Difference_is_bounded_and_says_so()
    {
        var many = JsonSerializer.Serialize(Enumerable.Range(0, RecordDifference.MaxChanges + 5).ToDictionary(i => $"k{i}", i => i));
        var difference = RecordDifference.Between("{}", many);
        Assert.Equal((RecordDifference.MaxChanges, 5), (difference.Changes.Length, difference.More));
    }

    [Fact]
    public void Hostile_names_stay_text_in_every_page()
    {
        var basis = HostileBasis();
        string[] pages =
        [
            RecordPage.Write(RecordWriter.Processing(basis), Never with { ApprovedBy = Hostile, ApprovedDigest = Hostile }),
            RecordPage.Write(RecordWriter.Impact(basis), Never),
            RecordPage.Write(Hostile, RecordDifference.Between(null, RecordText.Write(RecordWriter.Processing(basis))), Never),
        ];
        foreach (var page in pages)
        {
            Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain('\u0000', page);
            var tags = Regex.Matches(page, "<[^>]*>", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(m => m.Value);
            Assert.All(tags, t => Assert.Matches("^<(!DOCTYPE html|html lang=\"de\"|meta [a-z]+=\"[a-z0-9=, -]+\"( content=\"[a-z0-9=, -]+\")?|(h2|p|li) class=\"[a-z]+\"|th scope=\"col\"|/?[a-z0-9]+)>$", t));
        }
    }

    [Fact]
    public void Page_is_for_print_in_german_and_its_style_is_the_one_its_policy_names()
    {
        var page = RecordPage.Write(RecordWriter.Impact(Documented()), Never);
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"de\">", page, StringComparison.Ordinal);
        var style = Regex.Match(page, "<style>(.*)</style>", RegexOptions.None, TimeSpan.FromSeconds(5)).Groups[1].Value;
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(style)));
        Assert.Contains($"style-src 'sha256-{hash}'", RecordPage.ContentSecurityPolicy, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", RecordPage.ContentSecurityPolicy, StringComparison.Ordinal);
        Assert.Contains("break-before:page", style, StringComparison.Ordinal);
        Assert.Contains("<caption>", page, StringComparison.Ordinal);
        Assert.Contains("Stand: 01.07.2026, 00:00 Uhr (UTC). Noch nie freigegeben.", page, StringComparison.Ordinal);
        Assert.Contains("<td>Stadt Fassung 3</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("district 0", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", page, StringComparison.OrdinalIgnoreCase);
    }

    private static RegisterBasis Documented(PolicyDefinition? policy = null) => new(
        PolicySamples.Registry,
        new("muenster", 1, System.Collections.Immutable.ImmutableDictionary<string, EffectivePolicy>.Empty
            .Add("mitte", PolicyInheritance.Merge(policy ?? PolicySamples.Read(PolicySamples.City), 3, null, 0, "mitte"))),
        RegisterSamples.Now);

    private static RegisterBasis HostileBasis()
    {
        var city = RegisterSamples.Registry.City with
        {
            Name = Hostile,
            Offices = [new("office", Hostile, Hostile)],
            Districts = [.. RegisterSamples.Registry.City.Districts.Select(d => d with { Name = Hostile })],
        };
        var policy = RegisterSamples.Policy with
        {
            Purposes = [RegisterSamples.Policy.Purposes[0] with { Name = Hostile, LegalBasis = Hostile, Question = Hostile, ReviewDay = Hostile }],
            Streams = [RegisterSamples.Stream with { Operator = Hostile, Answers = new(Hostile, Hostile, Hostile, Hostile) }],
            Grants = [RegisterSamples.Grant with { Onward = Hostile }],
            Contracts = [RegisterSamples.Contract with { Partner = Hostile, Onward = Hostile }],
            Zones = [new NoSensingZone("z", Hostile, Hostile, [])],
        };
        return RegisterSamples.Basis(policy, new RegistrySnapshot(city, 1));
    }
}
