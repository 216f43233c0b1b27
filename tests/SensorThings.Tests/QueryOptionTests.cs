namespace SensorThings.Tests;

/// <summary>Query options (OGC 18-088, 9.3).</summary>
public sealed class QueryOptionTests(StaCity city)
{
    [Theory]
    [InlineData("Things?$select=name", "name")]
    [InlineData("Things?$select=id", "@iot.selfLink|@iot.id")]
    [InlineData("Things?$select=id,name,properties", "@iot.selfLink|@iot.id|name|properties")]
    [InlineData("Things?$select=name,Datastreams", "name|Datastreams@iot.navigationLink")]
    [InlineData("Datastreams?$select=name&$expand=Thing($select=name)", "name|Thing")]
    public async Task Select_leaves_what_is_named(string path, string keys) =>
        Assert.All(await city.Public.ValuesAsync(path), e => Assert.Equal(keys.Split('|'), e.AsObject().Select(p => p.Key)));

    [Fact]
    public async Task Select_reaches_within_properties()
    {
        var things = await city.Public.ValuesAsync("Things?$select=properties/typeName/de,properties/height&$filter=properties/type eq 'mast'");
        Assert.Equal("""{"properties":{"typeName":{"de":"Mast"},"height":8}}""", things.Single().ToJsonString());
    }

    [Fact]
    public async Task Expand_nests_with_options_of_its_own()
    {
        var things = await city.Public.ValuesAsync(
            "Things?$filter=name eq 'Mast am Markt'&$expand=Locations($select=name),Datastreams($orderby=name desc;$top=1;$count=true;$select=name;$expand=ObservedProperty($select=name),Sensor)");
        var thing = things.Single();
        Assert.Equal("""[{"name":"Mast am Markt"}]""", thing["Locations"]!.ToJsonString());
        Assert.Equal(2, thing["Datastreams@iot.count"]!.GetValue<int>());
        var stream = thing["Datastreams"]!.AsArray().Single()!;
        Assert.Equal("Luft am Markt: Lufttemperatur", stream.Name());
        Assert.Equal("""{"name":"Temperatur"}""", stream["ObservedProperty"]!.ToJsonString());
        Assert.Equal("Luft am Markt", stream["Sensor"]!.Name());
        Assert.Null(thing["Locations@iot.navigationLink"]);
        Assert.NotNull(thing["HistoricalLocations@iot.navigationLink"]);
    }

    [Fact]
    public async Task Next_page_of_an_expanded_relation_keeps_what_was_asked_of_it()
    {
        var thing = (await city.Public.ValuesAsync(
            "Things?$filter=name eq 'Mast am Markt'&$expand=Datastreams($orderby=name desc;$top=1;$filter=startswith(name,'Luft') and properties/quarantine eq false;$select=name)")).Single();
        var next = thing["Datastreams@iot.nextLink"]!.GetValue<string>();
        var page = await city.Public.JsonAsync(next);
        Assert.Equal("""[{"name":"Luft am Markt: Batterie"}]""", page["value"]!.ToJsonString());
        Assert.Null(page["@iot.nextLink"]);
    }

    [Theory]
    [InlineData("Things?$expand=Datastreams/Observations", "Datastreams")]
    [InlineData("Things?$expand=Datastreams/Thing/Locations,Datastreams/Sensor", "Datastreams")]
    [InlineData("Sensors?$expand=Datastreams($expand=Thing($expand=Locations))", "Datastreams")]
    [InlineData("FeaturesOfInterest?$expand=Observations($top=1)", "Observations")]
    [InlineData("Locations?$expand=Things($expand=Datastreams),HistoricalLocations", "Things")]
    public async Task Expand_goes_along_paths(string path, string relation) =>
        Assert.All(await city.Public.ValuesAsync(path), e => Assert.NotNull(e[relation]));

    [Theory]
    [InlineData("$orderby=name")]
    [InlineData("$orderby=name asc")]
    [InlineData("$orderby=name desc")]
    [InlineData("$orderby=properties/district,name desc")]
    [InlineData("$orderby=id desc")]
    public async Task Pages_that_follow_links_are_the_whole_in_its_order(string order)
    {
        var whole = (await city.Public.ValuesAsync($"Things?{order}")).Select(t => t.Id()).ToList();
        for (var top = 1; top <= 4; top++)
        {
            Assert.Equal(whole, (await city.Public.AllAsync($"Things?{order}&$top={top}")).Select(t => t.Id()));
        }
    }

    [Theory]
    [InlineData("$skip=50", 0)]
    [InlineData("$top=0", 0)]
    [InlineData("$skip=1", 1)]
    [InlineData("$skip=1;$top=1", 1)]
    public async Task Count_of_an_expanded_relation_is_that_of_the_whole_whatever_its_page_shows(string page, int shown)
    {
        var mast = (await city.Public.ValuesAsync($"Things?$filter=name eq 'Mast am Markt'&$expand=Datastreams($count=true;{page})")).Single();
        Assert.Equal((2, shown), (mast["Datastreams@iot.count"]!.GetValue<int>(), mast["Datastreams"]!.AsArray().Count));
    }

    [Fact]
    public async Task Skip_top_and_count_cut_what_the_filter_leaves()
    {
        var whole = (await city.Public.ValuesAsync("Things?$orderby=name&$filter=properties/district eq 'hafen'")).Select(t => t.Name()).ToList();
        var page = await city.Public.JsonAsync("Things?$orderby=name&$filter=properties/district eq 'hafen'&$skip=1&$top=2&$count=true");
        Assert.Equal(whole.Skip(1).Take(2), page["value"]!.AsArray().Select(t => t!.Name()));
        Assert.Equal(whole.Count, page["@iot.count"]!.GetValue<int>());
        Assert.Equal(whole.Skip(3), (await city.Public.AllAsync(page["@iot.nextLink"]!.GetValue<string>())).Select(t => t.Name()));
        Assert.Null((await city.Public.JsonAsync("Things"))["@iot.count"]);
        Assert.Empty(await city.Public.ValuesAsync("Things?$top=0"));
        Assert.Empty(await city.Public.ValuesAsync("Things?$skip=1000"));
    }

    [Theory]
    [InlineData("name eq 'Mast am Markt'", 1)]
    [InlineData("name ne 'Mast am Markt'", 6)]
    [InlineData("'Mast am Markt' eq name", 1)]
    [InlineData("name gt 'V'", 4)]
    [InlineData("name ge 'Versuch'", 4)]
    [InlineData("name lt 'M'", 1)]
    [InlineData("name le 'Mast am Markt'", 2)]
    [InlineData("name eq 'Haus 1' or name eq 'Versuch'", 2)]
    [InlineData("name eq 'Haus 1' or name eq 'Versuch' and description eq 'nothing'", 1)]
    [InlineData("(name eq 'Haus 1' or name eq 'Versuch') and description eq 'nothing'", 0)]
    [InlineData("not (name eq 'Haus 1')", 6)]
    [InlineData("not startswith(name,'Z')", 4)]
    [InlineData("startswith(name,'Zähl')", 3)]
    [InlineData("endswith(name,'Allee')", 1)]
    [InlineData("substringof('stelle',name)", 3)]
    [InlineData("length(name) eq 6", 1)]
    [InlineData("indexof(name,'am') eq 5", 1)]
    [InlineData("substring(name,1) eq 'aus 1'", 1)]
    [InlineData("substring(name,0,4) eq 'Haus'", 1)]
    [InlineData("tolower(name) eq 'versuch'", 1)]
    [InlineData("toupper(name) eq 'VERSUCH'", 1)]
    [InlineData("trim(name) eq name", 7)]
    [InlineData("concat(concat(name,', '),description) eq 'Mast am Markt, Mast'", 1)]
    [InlineData("properties/height eq 8", 1)]
    [InlineData("properties/height add 2 eq 10", 1)]
    [InlineData("properties/height sub 2 eq 6", 1)]
    [InlineData("properties/height mul 2 gt 15", 1)]
    [InlineData("properties/height div 2 eq 4", 1)]
    [InlineData("properties/height mod 3 eq 2", 1)]
    [InlineData("properties/height add 2 mul 3 eq 14", 1)]
    [InlineData("(properties/height add 2) mul 3 eq 30", 1)]
    [InlineData("round(properties/height div 3) eq 3", 1)]
    [InlineData("floor(properties/height div 3) eq 2", 1)]
    [InlineData("ceiling(properties/height div 3) eq 3", 1)]
    [InlineData("properties/typeName/en eq 'Mast'", 1)]
    [InlineData("properties/nothing eq null", 7)]
    [InlineData("Datastreams/name eq 'Luft am Markt: Batterie'", 1)]
    [InlineData("Datastreams/ObservedProperty/name eq 'Anzahl gesamt'", 3)]
    [InlineData("Datastreams/Sensor/name eq 'Haus 1'", 1)]
    [InlineData("Datastreams/unitOfMeasurement/symbol eq '°C'", 1)]
    [InlineData("Locations/name eq 'Versuch'", 1)]
    [InlineData("st_within(Locations/location,geography'POLYGON((7.60 51.90,7.70 51.90,7.70 52.00,7.60 52.00,7.60 51.90))')", 3)]
    [InlineData("geo.intersects(Locations/location,geography'POLYGON((7.70 51.90,7.80 51.90,7.80 52.00,7.70 52.00,7.70 51.90))')", 2)]
    [InlineData("st_equals(Locations/location,geography'POINT(7.62 51.95)')", 1)]
    [InlineData("st_disjoint(Locations/location,geography'POLYGON((7.60 51.90,7.70 51.90,7.70 52.00,7.60 52.00,7.60 51.90))')", 2)]
    [InlineData("geo.distance(Locations/location,geography'POINT(7.62 51.95)') lt 0.02", 2)]
    public async Task Filter_finds(string filter, int count)
    {
        var found = await city.Public.ValuesAsync($"Things?$filter={Uri.EscapeDataString(filter)}");
        Assert.True(found.Length == count, $"{filter}: {found.Length} instead of {count}: {string.Join(", ", found.Select(f => f.Name()))}");
    }
}
