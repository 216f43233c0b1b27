using System.Text;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Domain.Policies;

namespace Domain.Tests.Policies;

public sealed class PolicyFileTests
{
    [Fact]
    public void Policy_reads_the_files_of_its_documentation()
    {
        var city = PolicySamples.Read(PolicySamples.City);
        Assert.Equal(("muenster", null), (city.City, city.District));
        Assert.Equal((2, 2, 3, 1, 1, 1), (city.Purposes.Length, city.Streams.Length, city.Grants.Length, city.Denials.Length, city.Contracts.Length, city.Zones.Length));
        Assert.Equal(new PublicationDefinition(5, 2, 5, 1, 500), city.Publication);
        var counts = city.Streams[0];
        Assert.Equal((DataClass.Public, true, new RetentionDefinition(90, 730, 3650)), (counts.Class, counts.CountsPeople, counts.Retention));
        Assert.Equal(new RetentionDefinition(30, 0, 0), city.Streams[1].Retention);
        var raw = city.Grants[0];
        Assert.Equal((Resolution.Raw, ReadScope.Sensor, 100_000, Redactions.Quality), (raw.Floor, raw.Scope, raw.RowLimit, raw.Redactions));
        Assert.Equal(new DateTimeOffset(2028, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), raw.UntilMs);
        Assert.Equal(new DateTimeOffset(2027, 12, 31, 17, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), city.Grants[1].UntilMs);
        Assert.Equal(5, city.Grants[2].Area.Length);
        Assert.Empty(city.Denials[0].Streams);

        var district = PolicySamples.Read(PolicySamples.District);
        Assert.Equal(("mitte", true, true), (district.District, district.Streams[0].Override, district.Grants[0].Override));
    }

    [Theory]
    [InlineData("policy: 1 ", "policy: 2 ", "'policy' must be a whole number, 1 … 1", "2 ")]
    [InlineData("policy: 1 ", "police: 1 ", "the policy has no key 'police' (did you mean 'policy'?)", "police")]
    [InlineData("city: muenster", "city: Münster", "'Münster' is no id", "Münster")]
    [InlineData("legalBasis: § 3 IWG", "legal: § 3 IWG", "a purpose needs 'legalBasis'", "id: public-information")]
    [InlineData("reviewDay: 2027-06-30", "reviewDay: 30.6.2027", "an ISO date was expected", "30.6.2027")]
    [InlineData("id: public-information", "id: mobility-planning", "stands in line 4 already", "mobility-planning\n    name: Information")]
    [InlineData("match: [\"promenade/*/total\"]", "match: [\"promenade/total\"]", "'promenade/total' is no pattern gateway/sensor/property", "\"promenade/total\"")]
    [InlineData("match: [\"promenade/*/total\"]", "match: []", "'match' has 0 entries; 1 … 200 were expected", "[]")]
    [InlineData("match: [\"promenade/*/total\"]", "match: [\"*/*/wifiMac\"]", "identify a MAC address: streams about single persons cannot be declared", "\"*/*/wifiMac\"")]
    [InlineData("id: parking", "id: number-plates", "'number-plates' says that its values identify a number plate", "number-plates")]
    [InlineData("class: public    ", "class: publik    ", "'class' must be one of public, internal, sensitive (did you mean 'public'?)", "publik")]
    [InlineData("operator: Stadt Münster", "operater: Stadt Münster", "a stream entry has no key 'operater' (did you mean 'operator'?)", "operater")]
    [InlineData("operator: Stadt Münster", "operater: Stadt Münster", "a stream entry needs 'operator'", "id: bicycle-counts")]
    [InlineData("      access: Das Amt für Mobilität; die Öffentlichkeit Stundenwerte.\n", "", "'answers' needs 'access'", "collected: Wie")]
    [InlineData("answers: {collected: Freie", "answer: {collected: Freie", "a stream entry needs 'answers' with collected, use, access and passedOn", "id: parking")]
    [InlineData("raw: P90D", "raw: P9H", "'raw' must be days (1 … 36525) or an ISO 8601 duration of whole years", "P9H")]
    [InlineData("raw: P90D", "raw: 0", "'raw' must be days (1 … 36525)", "0,")]
    [InlineData("{raw: P90D, hour: P2Y", "{hour: P2Y", "'retention' needs 'raw'", "{hour")]
    [InlineData("hour: P2Y", "hour: P90D", "'hour' is kept 90 days and 'raw' 90; what is rolled up is kept longer", "P90D,")]
    [InlineData("day: P10Y", "day: P1Y", "'day' is kept 365 days and 'hour' 730; the coarser is kept at least as long", "P1Y")]
    [InlineData("countsPeople: true", "countsPeople: yes", "'countsPeople' must be true or false", "yes")]
    [InlineData("\"role:operator\"", "\"role:operater\"", "there is no role 'operater' (did you mean 'operator'?)", "\"role:operater\"")]
    [InlineData("\"role:operator\"", "\"offic:x\"", "'offic:x' is no principal (did you mean 'office'?)", "\"offic:x\"")]
    [InlineData("\"role:operator\"", "\"office:Ämter\"", "'office:Ämter' names no office", "\"office:Ämter\"")]
    [InlineData("principals: [public]", "principals: []", "'principals' has 0 entries; 1 … 50 were expected", "[]")]
    [InlineData("streams: [bicycle-counts, parking]", "streams: [parking, parking]", "'parking' stands twice in 'streams'", "parking]")]
    [InlineData("floor: raw", "floor: seconds", "'floor' must be one of raw, minute, quarter, hour, day, week, month", "seconds")]
    [InlineData("scope: cell", "scope: cels", "'scope' must be one of sensor, cell (did you mean 'cell'?)", "cels")]
    [InlineData("until: 2027-12-31     ", "until: 31.12.2027     ", "'until' is '31.12.2027'; a date (the end of that day in UTC)", "31.12.2027")]
    [InlineData("2027-12-31T18:00:00+01:00", "2027-12-31T18:00:00", "a date-time with Z or an offset was expected", "2027-12-31T18")]
    [InlineData("rowLimit: 100000", "rowLimit: 0", "'rowLimit' must be a whole number, 1 … 1000000", "0  ")]
    [InlineData("redactions: [quality]", "redactions: [kuality]", "not 'kuality' (did you mean 'quality'?)", "kuality")]
    [InlineData("[7.60, 51.98], [7.60, 51.95]]\n    until", "[7.60, 51.98]]\n    until", "'area' is a closed ring", "[[7.60")]
    [InlineData("onward: Nach Vertrag.", "override: true\n    onward: Nach Vertrag.", "the city's document overrides nothing", "true\n    onward")]
    [InlineData("outline: [[7.66, 51.95], [7.67, 51.95], [7.67, 51.96], [7.66, 51.95]]", "outline: []", "a no-sensing zone needs 'outline'", "[]")]
    [InlineData("gridMetres: 500", "gridMetres: 100", "250 … 10000, or 0 for districts only, were expected", "100")]
    [InlineData("perturbationVariance: 2", "perturbationVariance: 0.1", "0.5 … 100 were expected", "0.1")]
    [InlineData("minimumUnits: 5", "minimumUnits: 1", "'minimumUnits' must be a whole number, 2 … 1000", "1,")]
    public void Policy_names_what_is_wrong_and_where(string found, string replacement, string message, string? at)
    {
        var yaml = PolicySamples.With(PolicySamples.City, found, replacement);
        var reading = PolicyFile.Read(yaml);
        Assert.Null(reading.Policy);
        PolicySamples.AssertProblem(yaml, reading.Problems, message, at);
    }

    [Theory]
    [InlineData("floor: hour", "scope: sensor")]
    [InlineData("floor: raw", "scope: cell")]
    public void Policy_refuses_two_grants_that_contradict_each_other(string floor, string scope)
    {
        var grant = $"  - {{id: other, principals: [\"office:mobilitaet\"], streams: [parking, bicycle-counts], purpose: mobility-planning, {floor}, {scope}, until: 2027-12-31, onward: Nein.}}\ndenials:";
        var yaml = PolicySamples.With(PolicySamples.City, "denials:", grant);
        PolicySamples.AssertProblem(
            yaml, PolicyFile.Read(yaml).Problems, "the grants 'planning-raw' and 'other' both give 'office:mobilitaet' the entry 'bicycle-counts'", "{id: other");
    }

    [Fact]
    public void Policy_takes_a_second_grant_that_says_the_same_or_is_for_another_area()
    {
        const string same = "  - {id: other, principals: [\"office:mobilitaet\"], streams: [bicycle-counts], purpose: mobility-planning, floor: raw, scope: sensor, until: 2027-12-31, onward: Nein.}\n";
        const string elsewhere = "  - {id: third, principals: [\"office:mobilitaet\"], streams: [bicycle-counts], purpose: mobility-planning, floor: day, scope: sensor, area: [[1, 1], [2, 1], [2, 2], [1, 1]], until: 2027-12-31, onward: Nein.}\n";
        Assert.Equal(5, PolicySamples.Read(PolicySamples.With(PolicySamples.City, "denials:", $"{same}{elsewhere}denials:")).Grants.Length);
    }

    [Fact]
    public void Policy_of_a_district_has_no_contracts()
    {
        var yaml = PolicySamples.With(PolicySamples.City, "city: muenster", "city: muenster\ndistrict: mitte");
        PolicySamples.AssertProblem(yaml, PolicyFile.Read(yaml).Problems, "contracts stand in the city's document only", "- id: radkarte");
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("policy: [", "not YAML")]
    [InlineData("- a", "the policy must be a mapping")]
    [InlineData("policy: 1\ncity: a\nstreams: 5", "'streams' must be a list")]
    [InlineData("policy: 1\ncity: a\nstreams: [5]", "a stream entry must be a mapping")]
    [InlineData("policy: &x 1", "anchors (&) and aliases (*) are not accepted")]
    public void Policy_refuses_what_is_no_policy(string yaml, string message)
    {
        var reading = PolicyFile.Read(yaml);
        Assert.Null(reading.Policy);
        PolicySamples.AssertProblem(yaml, reading.Problems, message, null);
    }

    [Fact]
    public void Policy_refuses_more_entries_than_the_limits()
    {
        var many = string.Concat(Enumerable.Range(0, 501).Select(i => $"  - {{id: z{i}, name: z, because: z, outline: [[1, 1], [2, 1], [2, 2], [1, 1]]}}\n"));
        var yaml = $"policy: 1\ncity: a\nnoSensing:\n{many}";
        PolicySamples.AssertProblem(yaml, PolicyFile.Read(yaml).Problems, "501 entries under 'noSensing'; at most 500 are accepted", "- {id: z0");
        PolicySamples.AssertProblem("", PolicyFile.Read(new string('#', PolicyFile.MaxBytes + 1)).Problems, "at most 1048576 are accepted", null);
    }

    [Fact]
    public void Policy_survives_any_broken_file() => Seeds.ForAll(random =>
    {
        var yaml = new StringBuilder(PolicySamples.City);
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var at = random.Next(yaml.Length);
            if (random.Next(3) == 0)
            {
                yaml.Remove(at, Math.Min(random.Next(1, 40), yaml.Length - at));
            }
            else
            {
                yaml.Insert(at, random.Pick("{", "}", "[", "]", ":", ": ", "- ", "\n", "'", "\"", "&a ", "~", "0", "P", "*"));
            }
        }

        var reading = PolicyFile.Read(yaml.ToString());
        Assert.Equal(reading.Problems.IsEmpty, reading.Policy is not null);
        if (reading.Policy is { } policy)
        {
            _ = PolicyCheck.Against(policy, null, PolicySamples.Registry, reading.Places);
        }
    });
}
