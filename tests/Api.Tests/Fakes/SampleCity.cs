using System.Collections.Immutable;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Registry;

namespace Api.Tests.Fakes;

/// <summary>A small city: two districts, a counter with a public and an internal datastream, a car park.</summary>
internal static class SampleCity
{
    public const string Id = "muenster";

    private static readonly BilingualText Silent = new("{subject}: seit {duration} keine Werte.", "{subject}: no values for {duration}.");

    public static CityDefinition Definition { get; } = new(
        Id,
        "Münster",
        "Europe/Berlin",
        CityClock.Replay,
        ["Stadt Münster (dl-de/by-2-0)"],
        [new("mobilitaet", "Amt für Mobilität", "mobilitaet@example.org")],
        [
            new("mitte", "Mitte", "mobilitaet", 3650, [new(7.6, 51.95), new(7.65, 51.95), new(7.65, 51.98), new(7.6, 51.95)], true),
            new("hafen", "Hafen", "mobilitaet", 365, [], false),
        ],
        [new("promenade", "Zählstelle Promenade", "mobilitaet"), new("parkleitsystem", "Parkleitsystem", "mobilitaet")],
        [
            new(
                "zaehler",
                "promenade",
                "mitte",
                "Promenade",
                null,
                "mobilitaet",
                new Location(7.63, 51.96),
                [Stream("total", DataClass.Public, "{bicycle}"), Stream("battery", DataClass.Internal, "%")],
                [Rule("counter-silent", "total")]),
            new(
                "theater",
                "parkleitsystem",
                "hafen",
                "Theater",
                "parkhaus-theater",
                "mobilitaet",
                null,
                [Stream("free", DataClass.Public, "{space}"), Stream("state", DataClass.Internal, "1")],
                []),
        ],
        [CarPark],
        [
            new(
                "parkhaus-theater",
                "car-park",
                "hafen",
                "Parkhaus Theater",
                "mobilitaet",
                new Location(7.62, 51.96),
                ImmutableDictionary<string, double>.Empty.Add("capacity", 743),
                [new("free", "parkleitsystem", "theater", "free"), new("state", "parkleitsystem", "theater", "state")]),
        ]);

    private static AssetTypeDefinition CarPark => new(
        "car-park",
        new("Parkhaus", "Car park"),
        ["capacity"],
        [new("free", "{space}", false, false), new("state", "1", false, true)],
        [
            new("occupied", new("belegt", "occupied"), "{space}", "clamp(capacity - free, 0, capacity)"),
            new("occupancy", new("Auslastung", "occupancy"), "%", "100 * occupied / capacity"),
        ],
        [new("closed", new("geschlossen", "closed"), "state == 1"), new("open", new("offen", "open"), null)],
        "occupancy",
        []);

    public static DatastreamDefinition Stream(string property, DataClass kind, string unit) => new(
        property, "Wert " + property, unit, kind, 900_000, 0, 2000, 1500, 6 * 3_600_000, 0, 365, "Wie viel?", [], true);

    public static RuleDefinition Rule(string id, string property) => new(
        id, 1, RuleKind.Missing, property, null, null, 0, 7_200_000, 0, [], null, Severity.Warning, "mobilitaet", Silent);

    /// <summary>A city of many sensors of one datastream each, spread over the sample city's districts.</summary>
    public static CityDefinition WithSensors(IEnumerable<string> names) => Definition with
    {
        Sensors = [.. names.Select((n, i) => Definition.Sensors[0] with
        {
            Id = n,
            Name = n,
            District = i % 2 == 0 ? "mitte" : "hafen",
            Datastreams = [Stream("total", DataClass.Public, "1")],
            Rules = [],
        })],
    };

    public static Alert Alert(string id, string district, long raisedMs, string subject = "sensor/promenade/zaehler") => new(
        id,
        Id,
        district,
        subject,
        "Promenade",
        Severity.Warning,
        "mobilitaet",
        AlertState.Raised,
        raisedMs - 7_200_000,
        raisedMs,
        null,
        null,
        new(
            "counter-silent",
            1,
            RuleKind.Missing,
            [new("total", new(raisedMs - 7_200_000, 12, Quartier.Contracts.Readings.Quality.Late))],
            ImmutableSortedDictionary<string, double>.Empty.Add("for", 7200),
            ImmutableSortedDictionary<string, double>.Empty.Add("silence", 7201),
            new("Promenade: seit 2 Stunden keine Werte.", "Promenade: no values for 2 hours.")));
}
