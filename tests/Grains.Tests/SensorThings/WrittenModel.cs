namespace Grains.Tests.SensorThings;

/// <summary>An entity that the model knows; relations are lists of names.</summary>
internal sealed class WrittenEntity(string set, string name)
{
    public string Set { get; } = set;

    /// <summary>Unique among all that was ever written.</summary>
    public string Name { get; set; } = name;

    public string Description { get; set; } = "d";

    /// <summary>The value of <c>properties/a</c>, or null.</summary>
    public int? Property { get; set; }

    /// <summary>Of a Datastream.</summary>
    public WrittenEntity? Thing { get; set; }

    public WrittenEntity? Sensor { get; set; }

    public WrittenEntity? ObservedProperty { get; set; }

    /// <summary>Of a Thing: where it is.</summary>
    public List<WrittenEntity> Locations { get; set; } = [];

    /// <summary>Of a Thing: where it was, each time that it was put somewhere.</summary>
    public List<List<WrittenEntity>> History { get; } = [];

    /// <summary>Of a Datastream: by Observation id, the name of the feature at that time.</summary>
    public Dictionary<long, string> Features { get; } = [];

    /// <summary>Of a Datastream: by Observation id, what was sent beside its number each time: what its quality was said to be, and a parameter.</summary>
    public Dictionary<long, HashSet<(bool HasQuality, int Parameter)>> Remarks { get; } = [];
}

/// <summary>What was written, kept in the simplest way: the second implementation of creating, changing and deleting.</summary>
internal sealed class WrittenModel
{
    private int _names;

    public List<WrittenEntity> All { get; } = [];

    public List<WrittenEntity> Of(string set) => All.FindAll(e => e.Set == set);

    public WrittenEntity Add(string set)
    {
        var made = New(set);
        All.Add(made);
        return made;
    }

    /// <summary>One that becomes part of the model only when it is written.</summary>
    public WrittenEntity New(string set) => new(set, NextName());

    public string NextName() => $"n{++_names}";

    /// <summary>What Observations tell of is found by its name.</summary>
    public void Rename(WrittenEntity entity, string name)
    {
        foreach (var features in Of("Datastreams").Select(s => s.Features).Where(_ => entity.Set == "FeaturesOfInterest"))
        {
            features.Where(f => f.Value == entity.Name).Select(f => f.Key).ToList().ForEach(id => features[id] = name);
        }

        entity.Name = name;
    }

    public static void Place(WrittenEntity thing, List<WrittenEntity> locations)
    {
        if (locations.Count > 0)
        {
            thing.Locations = [.. locations];
            thing.History.Add([.. locations]);
        }
    }

    /// <summary>With all that the standard takes along (OGC 18-088, 10.4).</summary>
    public void Remove(WrittenEntity gone)
    {
        All.Remove(gone);
        All.RemoveAll(e => e.Set == "Datastreams" && (e.Thing == gone || e.Sensor == gone || e.ObservedProperty == gone));
        foreach (var thing in Of("Things"))
        {
            thing.Locations.Remove(gone);
            thing.History.ForEach(h => h.Remove(gone));
            thing.History.RemoveAll(h => h.Count == 0);
        }
    }

    /// <summary>As one text an entity, in order.</summary>
    public IEnumerable<string> Lines() => All.Select(Line).Order(StringComparer.Ordinal);

    private static string Line(WrittenEntity e) => e.Set switch
    {
        "Things" => $"{Base(e)} at [{Names(e.Locations)}] was {string.Join(';', e.History.Select(Names).Order(StringComparer.Ordinal))}",
        "Datastreams" => $"{Base(e)} of {e.Thing!.Name} by {e.Sensor!.Name} of {e.ObservedProperty!.Name}",
        _ => Base(e),
    };

    private static string Base(WrittenEntity e) => $"{e.Set} {e.Name} '{e.Description}' {e.Property}";

    private static string Names(List<WrittenEntity> entities) => string.Join(',', entities.Select(e => e.Name).Order(StringComparer.Ordinal));
}
