using System.Text.Json;
using Quartier.Cli.Demo;
using Quartier.Gateway.Replay;
using YamlDotNet.RepresentationModel;

namespace Gateway.Tests.SampleCity;

public sealed class SampleCityTests
{
    private const string Directory = "deploy/sample-city/muenster";
    private static readonly RegistryYaml Registry = new(File.ReadAllText(RepositoryPath.Of("deploy/sample-city/muenster.yaml")));
    private static readonly Lazy<CityFiles> Files = new(() => CityFiles.Read(RepositoryPath.Of(Directory)));

    [Fact]
    public void Registry_holds_23_stations_with_99_channels_and_20_car_parks()
    {
        var stations = Registry.Sensors.Where(sensor => RegistryYaml.Text(sensor, "model") == "bicycle-counter").ToList();
        var carParks = Registry.Sensors.Where(sensor => RegistryYaml.Text(sensor, "model") == "car-park-display").ToList();

        Assert.Equal((23, 20, 43), (stations.Count, carParks.Count, Registry.Sensors.Count));
        Assert.Equal(99, stations.Sum(station => Registry.Datastreams(station).Count));
        Assert.Equal(24, Registry.Gateways.Count);
    }

    [Fact]
    public void Every_column_of_a_station_has_its_datastream()
    {
        var registered = Registry.Sensors.ToDictionary(
            sensor => RegistryYaml.Text(sensor, "id")!, sensor => Registry.Datastreams(sensor).Select(stream => RegistryYaml.Text(stream, "property")!).ToList());
        var files = System.IO.Directory.GetFiles(RepositoryPath.Of(Directory + "/bicycle-counts"), "*.csv");

        Assert.Equal(23, files.Length);
        foreach (var file in files)
        {
            var header = CsvRows.Read(new StreamReader(file), file).First().Cells;
            var channels = header[1..(((header.Length - 1) / 2) + 1)].Select((cell, index) => BicycleChannel.TryParse(cell, index == 0)!).ToList();
            Assert.Equal(channels.Select(channel => channel.Property), registered[Identifiers.FromName(channels[0].Name)]);
        }
    }

    [Fact]
    public void Every_message_of_the_replay_names_registered_properties_only()
    {
        var registered = Registry.Sensors
            .SelectMany(sensor => Registry.Datastreams(sensor).Select(stream =>
                $"{RegistryYaml.Text(sensor, "gateway")}/{RegistryYaml.Text(sensor, "id")}/{RegistryYaml.Text(stream, "property")}"))
            .ToHashSet(StringComparer.Ordinal);

        var unknown = Files.Value.Messages.SelectMany(Properties).Where(property => !registered.Contains(property)).Distinct();

        Assert.Empty(unknown);
    }

    [Fact]
    public void Replay_and_check_read_the_same_values_from_the_files_by_different_ways()
    {
        var published = PublishedValues.Read(RepositoryPath.Of(Directory));
        long compared = 0;
        foreach (var message in Files.Value.Messages)
        {
            using var json = JsonDocument.Parse(message.Payload);
            foreach (var property in json.RootElement.EnumerateObject().Skip(1))
            {
                var expected = published.Of($"{message.Gateway}/{message.Sensor}/{property.Name}")[message.TimeMs];
                Assert.Equal(expected, property.Value.ValueKind == JsonValueKind.String ? Code(property.Value.GetString()!) : property.Value.GetDouble());
                compared++;
            }
        }

        Assert.Equal((471_299, 471_299, 471_299), (compared, Files.Value.Readings, published.Count));
    }

    [Fact]
    public void July_2026_has_these_traps()
    {
        var traps = Files.Value.Traps;

        Assert.Equal(
            (71_652, 5, 18_321, 14_871, 1_050, 2),
            (traps[Trap.EmptyCell], traps[Trap.ModifiedValue], traps[Trap.Closed], traps[Trap.NoData], traps[Trap.Full], traps[Trap.CapacityChanged]));
        Trap[] absent = [Trap.Unreadable, Trap.CutRow, Trap.SumMismatch, Trap.UnknownStatus, Trap.RepeatedRow, Trap.ContradictingRow];
        Assert.All(absent, trap => Assert.Equal(0, traps[trap]));
    }

    [Fact]
    public void Car_parks_have_the_capacity_that_the_guidance_system_gives()
    {
        var rows = CsvRows.Read(new StreamReader(RepositoryPath.Of(Directory + "/parking/2026-07-01.csv")), "p").Take(2).ToList();
        var capacities = rows[0].Cells.Skip(1).Zip(rows[1].Cells.Skip(1)).ToDictionary(
            pair => Identifiers.FromName(pair.First), pair => pair.Second.Trim('(', ')'));

        var registered = Assets("car-park").ToDictionary(
            asset => RegistryYaml.Text(asset, "id")!, asset => RegistryYaml.Text((YamlMappingNode)asset["attributes"], "capacity")!);

        Assert.Equal(capacities.OrderBy(pair => pair.Key), registered.OrderBy(pair => pair.Key));
    }

    [Fact]
    public void Car_parks_lie_where_the_published_sites_say()
    {
        using var sites = JsonDocument.Parse(File.ReadAllText(RepositoryPath.Of(Directory + "/parking/sites.geojson")));
        var published = sites.RootElement.GetProperty("features").EnumerateArray().ToDictionary(
            site => Plain(site.GetProperty("properties").GetProperty("name").GetString()!),
            site => site.GetProperty("geometry").GetProperty("coordinates").EnumerateArray().Select(number => number.GetDouble()).ToArray());
        var located = Assets("car-park").Where(asset => asset.Children.ContainsKey("location")).ToList();

        Assert.Equal(17, located.Count);
        Assert.All(located, asset => Assert.Equal(published[Plain(RegistryYaml.Text(asset, "name")!)], RegistryYaml.Numbers(asset["location"])));
    }

    [Fact]
    public void Every_location_lies_in_its_districts_outline_and_in_no_other()
    {
        var outlines = Registry.Districts.ToDictionary(
            district => RegistryYaml.Text(district, "id")!, district => ((YamlSequenceNode)district["outline"]).Select(RegistryYaml.Numbers).ToArray());
        foreach (var asset in Registry.Assets.Where(asset => asset.Children.ContainsKey("location")))
        {
            var place = RegistryYaml.Numbers(asset["location"]);
            var within = outlines.Where(outline => Contains(outline.Value, place)).Select(outline => outline.Key);
            Assert.Equal(RegistryYaml.Text(asset, "district"), Assert.Single(within));
        }
    }

    [Fact]
    public void Outlines_are_closed_and_say_that_they_are_sketches()
    {
        foreach (var district in Registry.Districts)
        {
            var outline = ((YamlSequenceNode)district["outline"]).Select(RegistryYaml.Numbers).ToArray();
            Assert.Equal(outline[0], outline[^1]);
            Assert.Equal("true", RegistryYaml.Text(district, "schematic"));
        }

        Assert.All(Assets("counting-station"), asset => Assert.EndsWith("(Lage schematisch)", RegistryYaml.Text(asset, "name"), StringComparison.Ordinal));
    }

    [Fact]
    public void Sensors_and_assets_name_what_exists()
    {
        var assets = Registry.Assets.Select(asset => RegistryYaml.Text(asset, "id")).ToHashSet();
        var districts = Registry.Districts.Select(district => RegistryYaml.Text(district, "id")).ToHashSet();
        var gateways = Registry.Gateways.Select(gateway => RegistryYaml.Text(gateway, "id")).ToHashSet();
        var offices = Registry.Offices.Select(office => RegistryYaml.Text(office, "id")).ToHashSet();

        Assert.All(Registry.Sensors, sensor => Assert.Contains(RegistryYaml.Text(sensor, "asset"), assets));
        Assert.All(Registry.Sensors, sensor => Assert.Contains(RegistryYaml.Text(sensor, "gateway"), gateways));
        Assert.All(Registry.Sensors.Concat(Registry.Assets), thing => Assert.Contains(RegistryYaml.Text(thing, "district"), districts));
        Assert.All(
            Registry.Sensors.Concat(Registry.Assets).Concat(Registry.Gateways).Concat(Registry.Districts),
            thing => Assert.Contains(RegistryYaml.Text(thing, "office"), offices));
    }

    [Fact]
    public void Bindings_name_registered_datastreams_of_the_assets_own_sensors()
    {
        var mounted = Registry.Sensors
            .SelectMany(sensor => Registry.Datastreams(sensor).Select(stream => (
                Path: $"{RegistryYaml.Text(sensor, "gateway")}/{RegistryYaml.Text(sensor, "id")}/{RegistryYaml.Text(stream, "property")}",
                Asset: RegistryYaml.Text(sensor, "asset"))))
            .ToDictionary(pair => pair.Path, pair => pair.Asset);
        foreach (var asset in Registry.Assets)
        {
            var bindings = ((YamlMappingNode)asset["bindings"]).Children.Values
                .SelectMany(node => node is YamlSequenceNode many ? many.Cast<YamlScalarNode>() : [(YamlScalarNode)node]);
            Assert.All(bindings, binding => Assert.Equal(RegistryYaml.Text(asset, "id"), mounted[binding.Value!]));
        }
    }

    [Fact]
    public void Everything_is_public_but_the_lanes_of_the_promenade_and_the_unlisted_channels_of_Bohlweg()
    {
        var hidden = Registry.Sensors
            .SelectMany(sensor => Registry.Datastreams(sensor), (sensor, stream) => (Sensor: RegistryYaml.Text(sensor, "id"), Class: RegistryYaml.Text(stream, "class")))
            .Where(pair => pair.Class != "public")
            .GroupBy(pair => (pair.Sensor, pair.Class))
            .OrderBy(group => group.Key.Sensor)
            .Select(group => $"{group.Key.Sensor} {group.Key.Class} {group.Count()}");

        Assert.Equal(["bohlweg internal 6", "promenade-noerdl-salzstrasse internal 6"], hidden);
    }

    [Fact]
    public void Every_rule_has_a_sentence_in_both_languages_with_known_placeholders()
    {
        string[] known = ["{subject}", "{property}", "{value}", "{unit}", "{threshold}", "{duration}", "{time}", "{difference}"];
        var rules = Registry.Sensors.SelectMany(Registry.Rules).Concat(Registry.AssetTypes.SelectMany(type => RegistryYaml.List(type, "rules")));
        foreach (var sentence in rules.Select(rule => (YamlMappingNode)rule["sentence"]))
        {
            foreach (var text in new[] { RegistryYaml.Text(sentence, "de")!, RegistryYaml.Text(sentence, "en")! })
            {
                var rest = known.Aggregate(text, (left, placeholder) => left.Replace(placeholder, string.Empty));
                Assert.DoesNotContain("{", rest, StringComparison.Ordinal);
                Assert.Contains("{subject}", text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Attributions_are_those_of_the_licences()
    {
        var licences = File.ReadAllText(RepositoryPath.Of(Directory + "/LICENCES.md"));
        var registry = File.ReadAllText(RepositoryPath.Of("deploy/sample-city/muenster.yaml"));

        foreach (var text in new[] { "Stadt Münster, Radverkehrszählstellen", "Parkhausbelegung Stadt Münster (dl-de/by-2-0), historisiert von Code For Münster", "ParkenDD ParkAPI2-sources" })
        {
            Assert.Contains(text, licences, StringComparison.Ordinal);
            Assert.Contains(text, registry, StringComparison.Ordinal);
        }
    }

    private static IReadOnlyList<YamlMappingNode> Assets(string type) => [.. Registry.Assets.Where(asset => RegistryYaml.Text(asset, "type") == type)];

    private static IEnumerable<string> Properties(ReplayMessage message)
    {
        using var json = JsonDocument.Parse(message.Payload);
        return [.. json.RootElement.EnumerateObject().Skip(1).Select(property => $"{message.Gateway}/{message.Sensor}/{property.Name}")];
    }

    private static double Code(string label) => label switch { "open" => 0, "closed" => 1, "full" => 2, _ => -1 };

    private static string Plain(string name)
    {
        var bare = name.Length > 3 && name[..3] is "PH " or "PP " or "TG " ? name[3..] : name;
        return string.Concat(bare.ToLowerInvariant().Where(char.IsLetterOrDigit));
    }

    /// <summary>Even-odd rule; no location of the sample lies on an edge.</summary>
    private static bool Contains(double[][] ring, double[] place)
    {
        var inside = false;
        for (var index = 1; index < ring.Length; index++)
        {
            var (from, to) = (ring[index - 1], ring[index]);
            if ((from[1] > place[1]) != (to[1] > place[1])
                && place[0] < ((to[0] - from[0]) * (place[1] - from[1]) / (to[1] - from[1])) + from[0])
            {
                inside = !inside;
            }
        }

        return inside;
    }
}
