using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Domain.Policies;

namespace Domain.Tests.Policies;

public sealed class PolicyInheritanceTests
{
    private static readonly PolicyDefinition City = PolicySamples.Read(PolicySamples.City);
    private static readonly PolicyDefinition District = PolicySamples.Read(PolicySamples.District);

    [Fact]
    public void District_replaces_what_it_overrides_and_adds_the_rest()
    {
        var effective = PolicyInheritance.Merge(City, 3, District, 7, "mitte");
        Assert.Equal("city 3, district 7", effective.Version);
        var merged = effective.Merged;
        Assert.Equal(["bicycle-counts", "parking"], merged.Streams.Select(s => s.Id));
        Assert.Equal(DataClass.Internal, merged.Streams[1].Class);
        Assert.Equal(["planning-raw", "open-hours", "partner-cells"], merged.Grants.Select(g => g.Id));
        Assert.Equal(["bicycle-counts"], merged.Grants[1].Streams);
        Assert.Equal(["no-trainee", "no-export"], merged.Denials.Select(d => d.Id));
        Assert.Equal(City.Contracts, merged.Contracts);
        Assert.Equal(City.Zones, merged.Zones);
        Assert.Equal(City.Publication, merged.Publication);
        Assert.Equal(District.Streams[0], PolicyInheritance.Merge(null, 0, District, 7, "mitte").Merged.Streams[0]);
        Assert.Equal("mitte", PolicyInheritance.Merge(City, 3, null, 0, "mitte").Merged.District);
        Assert.Throws<ArgumentException>(() => PolicyInheritance.Merge(null, 0, null, 0, "mitte"));
    }

    [Fact]
    public void Lines_tell_where_each_entry_comes_from()
    {
        Assert.Equal(
            [
                ("purpose", "mobility-planning", "city"),
                ("purpose", "public-information", "city"),
                ("stream", "bicycle-counts", "city"),
                ("stream", "parking", "district, overriding city"),
                ("grant", "planning-raw", "city"),
                ("grant", "open-hours", "district, overriding city"),
                ("grant", "partner-cells", "city"),
                ("denial", "no-trainee", "city"),
                ("denial", "no-export", "district"),
                ("contract", "radkarte", "city"),
                ("zone", "shelter", "city"),
                ("publication", "publication", "city"),
            ],
            PolicyInheritance.Lines(City, District, "mitte").Select(l => (l.Kind, l.Id, l.Origin)));
        var own = District with { Grants = [District.Grants[0] with { Id = "own" }], Publication = PublicationDefinition.Default };
        var lines = PolicyInheritance.Lines(City, own, "mitte");
        Assert.Equal("district", lines.Single(l => l.Id is "own").Origin);
        Assert.Equal("district, overriding city", lines[^1].Origin);
        Assert.Equal("default", PolicyInheritance.Lines(null, District, "mitte")[^1].Origin);
        Assert.Equal(
            "public → bicycle-counts for public-information; floor day, sensor; until 2028-01-01T00:00:00Z; at most 10000 rows",
            PolicyInheritance.Lines(City, District, "mitte").Single(l => l.Id is "open-hours").Text);
    }

    [Fact]
    public void Every_line_is_said_in_german_too_without_the_words_of_files()
    {
        var merged = PolicyInheritance.Merge(City, 3, District, 7, "mitte").Merged;
        foreach (var line in PolicyInheritance.Lines(City, District, "mitte"))
        {
            var german = PolicyInGerman.Of(merged, line.Kind, line.Id);
            Assert.NotNull(german);
            Assert.DoesNotMatch(@"\bP\d+D\b|\b(floor|kept|until|office|rows|operator|review)\b|\d{4}-\d{2}-\d{2}", german);
            Assert.Null(PolicyInGerman.Of(merged, line.Kind is "publication" ? "nonsense" : line.Kind, "nowhere"));
        }

        Assert.Equal(
            "die Öffentlichkeit → bicycle-counts, Zweck public-information: Tageswerte oder gröber, je Sensor; bis 1.1.2028; höchstens 10.000 Zeilen.",
            PolicyInGerman.Of(merged, "grant", "open-hours"));
    }

    [Theory]
    [InlineData(DataClass.Public, DataClass.Public, 30, 90, DataClass.Public, 30)]
    [InlineData(DataClass.Public, DataClass.Internal, 90, 30, DataClass.Internal, 30)]
    [InlineData(DataClass.Internal, DataClass.Public, 30, 30, DataClass.Internal, 30)]
    [InlineData(DataClass.Internal, DataClass.Sensitive, 1, 30, DataClass.Sensitive, 1)]
    [InlineData(DataClass.Sensitive, DataClass.Public, 2, 1, DataClass.Sensitive, 1)]
    public void Terms_are_the_stricter_of_registry_and_policy(
        DataClass registered, DataClass policy, int registeredDays, int policyDays, DataClass expected, int expectedDays)
    {
        var stream = Definitions.Stream() with { Class = registered, RetentionDays = registeredDays };
        var entry = City.Streams[0] with { Class = policy, Retention = new RetentionDefinition(policyDays, 0, 0) };
        Assert.Equal(stream with { Class = expected, RetentionDays = expectedDays }, StreamTerms.Apply(stream, entry));
    }

    [Fact]
    public void Terms_without_an_entry_are_those_of_quarantine()
    {
        var stream = Definitions.Stream();
        Assert.Equal(stream with { Class = DataClass.Sensitive, RetentionDays = 1 }, StreamTerms.Apply(stream, null));
    }

    [Theory]
    [InlineData("promenade/*/total", "promenade/a/total", true)]
    [InlineData("promenade/*/total", "promenade/a/totals", false)]
    [InlineData("*/*/*", "g/s/p", true)]
    [InlineData("p*e/s-*-1/t*t*l", "promenade/s-x-1/total", true)]
    [InlineData("p*e/s-*-1/t*t*l", "promenade/s-1/total", false)]
    [InlineData("*a*b/*/x", "aab/s/x", true)]
    [InlineData("*a*b/*/x", "aba/s/x", false)]
    [InlineData("g/s/p", "G/s/p", false)]
    public void Patterns_match_within_their_levels(string pattern, string datastream, bool expected)
    {
        Assert.True(StreamPattern.TryParse(pattern, out var parsed));
        var levels = datastream.Split('/');
        Assert.Equal(expected, parsed.MatchesGateway(levels[0]) && parsed.MatchesSensor(levels[1]) && parsed.MatchesProperty(levels[2]));
    }
}
