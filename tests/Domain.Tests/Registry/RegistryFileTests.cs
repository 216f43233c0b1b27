using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Quartier.Contracts.Registry;
using Quartier.Domain.Registry;

namespace Domain.Tests.Registry;

public sealed class RegistryFileTests
{
    private static readonly string Sample = ReadSample();

    [Fact]
    public void Registry_reads_the_file_of_its_documentation()
    {
        var reading = RegistryFile.Read(Sample);
        Assert.Empty(reading.Problems.Select(p => p.ToString()));
        var city = reading.City!;
        Assert.Equal(("muenster", "Europe/Berlin", CityClock.Replay), (city.Id, city.TimeZone, city.Clock));
        var sensor = Assert.Single(city.Sensors, s => s.Id is "promenade");
        Assert.Equal((2, 3650), (sensor.Rules.Length, sensor.Datastreams[0].RetentionDays));
        Assert.Equal((900_000L, 0.0, 2000.0, 6 * Definitions.Hour), (sensor.Datastreams[0].IntervalMs, sensor.Datastreams[0].Min, sensor.Datastreams[0].Max, sensor.Datastreams[0].StuckAfterMs));
        Assert.Equal(2, city.Assets.Single(a => a.Id is "parkhaus-theater").Bindings.Length);
    }

    [Theory]
    [InlineData("clock: replay", "clocks: replay", "the file has no key 'clocks' (did you mean 'clock'?)", "clocks")]
    [InlineData("clock: replay", "clock: reply", "'clock' must be one of wall, replay (did you mean 'replay'?)", "reply")]
    [InlineData("timeZone: Europe/Berlin", "timeZone: Europe/Muenster", "is no IANA time zone", "Europe/Muenster")]
    [InlineData("retentionDays: 3650\n    schematic", "retentionDays: x\n    schematic", "'retentionDays' must be a whole number, 1 … 36525", "x\n    schematic")]
    [InlineData("schematic: true", "schematic: yes", "'schematic' must be true or false", "yes")]
    [InlineData("[7.60, 51.95]]", "[7.60, 51.96]]", "closed ring", "[[7.60")]
    [InlineData("location: [7.63, 51.96]", "location: [51.96, 97.63]", "a position is [longitude, latitude]", "[51.96")]
    [InlineData("interval: PT15M", "interval: 15min", "ISO 8601 duration", "15min")]
    [InlineData("lateness: PT0S", "lateness: P2D", "'lateness' is P2D; at most P1D is accepted", "P2D")]
    [InlineData("        min: 0", "        min: 3000", "'min' is greater than 'max'", "3000")]
    [InlineData("kind: missing", "kind: mising", "'kind' must be one of threshold, missing, stuck, inconsistent-sum (did you mean 'missing'?)", "mising")]
    [InlineData("        for: PT2H\n", "", "need 'for'", "id: counter-silent")]
    [InlineData("        except: 0", "        above: 0", "'above' means nothing for this kind of rule; it has except", "above: 0")]
    [InlineData("no values for {duration}", "no values for {durration}", "unknown placeholder '{durration}' (did you mean 'duration'?)", null)]
    [InlineData("gateway: promenade", "gateway: promenad", "there is no gateway 'promenad' (did you mean 'promenade'?)", "promenad\n")]
    [InlineData("model: counter-2", "model: counter-3", "there is no sensor model 'counter-3' (did you mean 'counter-2'?)", "counter-3")]
    [InlineData("100 * occupied / capacity", "100 * ocupied / capacity", "expression, character 7: unknown name 'ocupied'", "ocupied")]
    [InlineData("slope(occupancy, PT1H)", "slope(occupancy, 1h)", "is no duration such as PT1H", "1h)")]
    [InlineData("headline: occupancy", "headline: ocupancy", "neither an input with one datastream nor a computed value (did you mean 'occupancy'?)", "ocupancy")]
    [InlineData("{capacity: 743}", "{capcity: 743}", "no attribute 'capcity' (did you mean 'capacity'?)", "capcity")]
    [InlineData("type: car-park", "type: carpark", "there is no asset type 'carpark' (did you mean 'car-park'?)", "carpark")]
    [InlineData("free: parkleitsystem/theater/free", "free: parkleitsystem/theater/fre", "has no property 'fre' (did you mean 'free'?)", "parkleitsystem/theater/fre")]
    [InlineData("free: parkleitsystem/theater/free", "free: promenade/promenade/total", "is not mounted on this asset", "promenade/promenade/total")]
    [InlineData("free: parkleitsystem/theater/free", "free: parkleitsystem/theater", "a binding is gateway/sensor/property", "parkleitsystem/theater\n")]
    [InlineData("{de: Parkhaus, en: Car park}", "{de: Parkhaus}", "'name' needs 'en'", "{de: Parkhaus}")]
    [InlineData("name: Promenade\n", "name: Promenade\n    name: Twice\n", "'name' stands twice", "name: Twice")]
    [InlineData("city: muenster", "city: Münster", "'Münster' is no id", "Münster\nname")]
    public void Registry_names_what_is_wrong_and_where(string found, string replacement, string message, string? at)
    {
        Assert.Contains(found, Sample, StringComparison.Ordinal);
        var start = Sample.IndexOf(found, StringComparison.Ordinal);
        var yaml = string.Concat(Sample.AsSpan(0, start), replacement, Sample.AsSpan(start + found.Length));
        var reading = RegistryFile.Read(yaml);
        Assert.Null(reading.City);
        var problem = reading.Problems.FirstOrDefault(p => p.Message.Contains(message.Replace("'name' needs 'en'", "needs 'en'", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.True(problem is not null, string.Join('\n', reading.Problems));
        if (at is not null)
        {
            var lines = yaml.Split('\n');
            var offset = lines.Take(problem.Line - 1).Sum(l => l.Length + 1) + problem.Column - 1;
            Assert.True(yaml.AsSpan(offset).StartsWith(at, StringComparison.Ordinal), $"{problem} points at '{yaml.AsSpan(offset, Math.Min(30, yaml.Length - offset))}'");
        }
    }

    [Fact]
    public void Registry_reports_all_problems_at_once_in_the_order_of_the_file()
    {
        var reading = RegistryFile.Read("city: A\nname: x\ntimeZone: Mars/Olympus\nsensors:\n  - {id: a}\n  - 5\nassets: {}\n");
        Assert.True(reading.Problems.Length > 6, string.Join('\n', reading.Problems));
        Assert.Equal(reading.Problems.OrderBy(p => p.Line).ThenBy(p => p.Column), reading.Problems);
    }

    [Fact]
    public void Registry_reports_at_most_a_hundred_problems_and_counts_the_rest()
    {
        var yaml = $"city: a\nname: a\ntimeZone: UTC\ndistricts: []\ngateways:\n{string.Concat(Enumerable.Range(0, 200).Select(i => $"  - {{id: G{i}, name: g}}\n"))}";
        var reading = RegistryFile.Read(yaml);
        Assert.Equal(101, reading.Problems.Length);
        Assert.EndsWith("more problems; remove these first", reading.Problems[^1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("city: [", "not YAML")]
    [InlineData("- a", "the file must be a mapping")]
    [InlineData("just text", "the file must be a mapping")]
    [InlineData("a: &x [1]\nb: *x", "anchors (&) and aliases (*) are not accepted")]
    [InlineData("a: !!binary x", "tags (!) are not accepted")]
    [InlineData("city: a\n---\ncity: b", "a second document begins")]
    public void Registry_refuses_what_is_no_registry(string yaml, string message)
    {
        var reading = RegistryFile.Read(yaml);
        Assert.Null(reading.City);
        Assert.Contains(reading.Problems, p => p.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Registry_refuses_a_file_that_is_too_large_before_reading_it()
    {
        var problem = Assert.Single(RegistryFile.Read(new string('#', RegistryFile.MaxBytes + 1)).Problems);
        Assert.Contains("at most 16777216 are accepted", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Registry_reads_the_sample_city()
    {
        var reading = RegistryFile.Read(File.ReadAllText(Path.Combine(Root(), "deploy", "sample-city", "muenster.yaml")));
        Assert.Empty(reading.Problems);
        Assert.Equal((23, 20), (reading.City!.Gateways.Length - 1, reading.City.Assets.Count(a => a.Type is "car-park")));
    }

    [Fact]
    public void Registry_refuses_deep_nesting() =>
        Assert.Contains(
            RegistryFile.Read($"a: {new string('[', 1000)}{new string(']', 1000)}").Problems,
            p => p.Message.Contains("nested more than 32 deep", StringComparison.Ordinal));

    [Fact]
    public void Registry_survives_any_broken_file() => Seeds.ForAll(random =>
    {
        var yaml = new StringBuilder(Sample);
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var at = random.Next(yaml.Length);
            switch (random.Next(3))
            {
                case 0:
                    yaml.Remove(at, Math.Min(random.Next(1, 40), yaml.Length - at));
                    break;
                case 1:
                    yaml.Insert(at, random.Pick("{", "}", "[", "]", ":", ": ", "- ", "\n", "'", "\"", "&a ", "*a ", "|\n", "? ", "~", "0"));
                    break;
                default:
                    yaml.Insert(at, yaml.ToString(at, Math.Min(random.Next(1, 200), yaml.Length - at)));
                    break;
            }
        }

        var reading = RegistryFile.Read(yaml.ToString());
        Assert.Equal(reading.Problems.IsEmpty, reading.City is not null);
    });

    [Fact]
    public void Registry_reads_a_hundred_thousand_sensors_that_share_their_model()
    {
        var yaml = new StringBuilder(Sample[..Sample.IndexOf("sensors:\n", StringComparison.Ordinal)]).Append("sensors:\n");
        for (var i = 0; i < 100_000; i++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  - {{id: s{i}, gateway: promenade, district: mitte, name: Sensor {i}, model: counter-2, office: mobilitaet}}\n");
        }

        var reading = RegistryFile.Read(yaml.ToString());
        Assert.Empty(reading.Problems);
        Assert.Equal(100_000, reading.City!.Sensors.Length);
        Assert.Equal(reading.City.Sensors[0].Datastreams, reading.City.Sensors[^1].Datastreams);
        Assert.Empty(RegistryDiff.Between(reading.City, reading.City));
    }

    [Fact]
    public void Diff_tells_what_changes_in_words()
    {
        var old = RegistryFile.Read(Sample).City!;
        var next = RegistryFile.Read(Sample
            .Replace("max: 2000", "max: 2500", StringComparison.Ordinal)
            .Replace("{capacity: 743}", "{capacity: 750}", StringComparison.Ordinal)
            .Replace("contact: mobilitaet@example.org", "contact: rad@example.org", StringComparison.Ordinal)).City!;
        Assert.Equal(
            [
                new RegistryChange(RegistryAction.Change, "office mobilitaet", "contact: mobilitaet@example.org → rad@example.org"),
                new RegistryChange(RegistryAction.Change, "sensor promenade/promenade", "total.max: 2000 → 2500"),
                new RegistryChange(RegistryAction.Change, "asset parkhaus-theater", "capacity: 743 → 750"),
            ],
            RegistryDiff.Between(old, next));
        Assert.Empty(RegistryDiff.Between(old, RegistryFile.Read($"# another comment\n{Sample}").City!));
        Assert.All(RegistryDiff.Between(null, old), c => Assert.Equal(RegistryAction.Add, c.Action));
        var less = old with { Sensors = [.. old.Sensors.Where(s => s.Id is not "promenade")], Assets = [] };
        Assert.Contains(new RegistryChange(RegistryAction.Remove, "sensor promenade/promenade", ""), RegistryDiff.Between(old, less));
    }

    private static string ReadSample()
    {
        var documentation = File.ReadAllText(Path.Combine(Root(), "docs", "registry.md"));
        return Regex.Match(documentation, "```yaml\n(.*?)```", RegexOptions.Singleline, TimeSpan.FromSeconds(5)).Groups[1].Value;
    }

    internal static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Orleans.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Orleans.sln is not above the tests");
        }

        return folder;
    }
}
