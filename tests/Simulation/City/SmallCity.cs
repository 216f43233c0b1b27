using System.Globalization;
using System.Text;

namespace Quartier.Simulation.City;

/// <summary>The simulated city: two districts, four gateways, twelve sensors, a car park, a counting station, every kind of rule.</summary>
internal static class SmallCity
{
    public const string Id = "stadt";

    public static readonly string[] Districts = ["mitte", "nord"];

    public static readonly SimulatedSensor[] Sensors =
    [
        new("parken", "theater", "mitte", 1, ["free", "state"]),
        new("zaehlung", "promenade", "mitte", 3, ["total", "incoming", "outgoing"]),
        new("zaehlung", "neutor", "mitte", 3, ["total", "incoming", "outgoing"]),
        .. Enumerable.Range(1, 6).Select(n => new SimulatedSensor(
            "luft", string.Create(CultureInfo.InvariantCulture, $"luft-{n}"), n % 2 == 0 ? "mitte" : "nord", 1, ["no2", "temperature"])),
        new("wasser", "pegel-1", "nord", 1, ["level"]),
        new("wasser", "pegel-2", "nord", 1, ["level"]),
        new("wasser", "schieber", "nord", 8, ["opening"]),
    ];

    /// <summary>The registry file. No span that a clock judges ends when messages come: seconds of downtime must not decide.</summary>
    public static string Yaml { get; } = Head + Models + SensorList() + Assets;

    /// <summary>The city's policy: everything is kept as long as the registry says.</summary>
    public const string Policy =
        """
        policy: 1
        city: stadt
        purposes:
          - {id: betrieb, name: Betrieb, legalBasis: § 3 DSG NRW, office: amt, question: Geht es?, reviewDay: 2030-12-31}
        streams:
          - id: alles
            match: ["*/*/*"]
            class: public
            purposes: [betrieb]
            operator: Stadt
            office: amt
            answers: {collected: Zahlen., use: Sie werden gezeigt., access: Alle., passedOn: Nein.}
            retention: {raw: P100Y}

        """;

    private const string Head =
        """
        city: stadt
        name: Stadt
        timeZone: Europe/Berlin
        clock: wall
        offices:
          - {id: amt, name: Amt, contact: amt@example.org}
        districts:
          - {id: mitte, name: Mitte, office: amt, retentionDays: 3650}
          - {id: nord, name: Nord, office: amt, retentionDays: 400}
        gateways:
          - {id: parken, name: Parken, office: amt}
          - {id: zaehlung, name: Zählung, office: amt}
          - {id: luft, name: Luft, office: amt}
          - {id: wasser, name: Wasser, office: amt}

        """;

    private const string Models =
        """
        sensorModels:
          parken:
            datastreams:
              - {property: free, name: frei, unit: "{space}", class: public, interval: PT5M, min: 0, max: 500, maxStep: 60, question: Platz?}
              - property: state
                name: Zustand
                unit: "1"
                class: public
                interval: PT5M
                question: Offen?
                codes: [{label: open, code: 0, text: {de: offen, en: open}}, {label: closed, code: 1, text: {de: zu, en: closed}}]
            rules:
              - {id: free-missing, version: 1, kind: missing, property: free, for: PT2H2M, severity: warning, office: amt, sentence: {de: "{subject} still", en: "{subject} silent"}}
          zaehlung:
            datastreams:
              - {property: total, name: gesamt, unit: "{bicycle}", class: public, interval: PT15M, min: 0, max: 400, question: Rad?}
              - {property: incoming, name: ein, unit: "{bicycle}", class: public, interval: PT15M, stuckAfter: PT3H, question: Rad?}
              - {property: outgoing, name: aus, unit: "{bicycle}", class: public, interval: PT15M, question: Rad?}
            rules:
              - {id: sum, version: 1, kind: inconsistent-sum, property: total, parts: [incoming, outgoing], tolerance: 2, for: PT1H, severity: warning, office: amt, sentence: {de: "{subject} {difference}", en: "{subject} {difference}"}}
              - {id: stuck, version: 1, kind: stuck, property: total, for: PT2H, except: 0, severity: info, office: amt, sentence: {de: "{subject} {value}", en: "{subject} {value}"}}
              - {id: silent, version: 1, kind: missing, property: total, for: PT2H2M, severity: warning, office: amt, sentence: {de: "{subject} still", en: "{subject} silent"}}
          luft:
            datastreams:
              - {property: no2, name: NO2, unit: "ug/m3", class: public, interval: PT5M, min: 0, max: 200, maxStep: 25, stuckAfter: PT1H, question: Luft?}
              - {property: temperature, name: Temperatur, unit: "Cel", interval: PT5M, maxStep: 4, lateness: PT17M, question: Warm?}
            rules:
              - {id: no2-high, version: 1, kind: threshold, property: no2, above: 60, hysteresis: 8, for: PT15M, severity: warning, office: amt, sentence: {de: "{subject} {value}", en: "{subject} {value}"}}
              - {id: temperature-out, version: 2, kind: threshold, property: temperature, above: 26, below: 4, hysteresis: 1, for: PT20M, severity: info, office: amt, sentence: {de: "{subject} {value}", en: "{subject} {value}"}}
              - {id: no2-missing, version: 1, kind: missing, property: no2, for: PT2H2M, severity: warning, office: amt, sentence: {de: "{subject} still", en: "{subject} silent"}}
          pegel:
            datastreams:
              - {property: level, name: Pegel, unit: "cm", class: public, interval: PT5M, maxStep: 20, stuckAfter: PT2H, lateness: PT32M, question: Hoch?}
            rules:
              - {id: level-stuck, version: 1, kind: stuck, property: level, for: PT2H, severity: info, office: amt, sentence: {de: "{subject} {value}", en: "{subject} {value}"}}
              - {id: level-missing, version: 1, kind: missing, property: level, for: PT3H2M, severity: critical, office: amt, sentence: {de: "{subject} still", en: "{subject} silent"}}
          schieber:
            datastreams:
              - {property: opening, name: Öffnung, unit: "%", min: 0, max: 100, maxStep: 50, question: Offen?}
            rules:
              - {id: wide-open, version: 1, kind: threshold, property: opening, above: 90, hysteresis: 30, for: PT1H, severity: info, office: amt, sentence: {de: "{subject} {value}", en: "{subject} {value}"}}

        """;

    private const string Assets =
        """
        assetTypes:
          - id: car-park
            name: {de: Parkhaus, en: Car park}
            attributes: [capacity]
            inputs:
              - {name: free, unit: "{space}"}
              - {name: state, unit: "1", optional: true}
            computed:
              - {name: occupancy, label: {de: Auslastung, en: occupancy}, unit: "%", expression: "100 * clamp(capacity - free, 0, capacity) / capacity"}
              - {name: trend, label: {de: Trend, en: trend}, unit: "%/h", expression: "slope(occupancy, PT1H)"}
            statuses:
              - {id: closed, text: {de: zu, en: closed}, when: "state == 1"}
              - {id: open, text: {de: offen, en: open}}
            headline: occupancy
            rules:
              - {id: nearly-full, version: 1, kind: threshold, property: occupancy, above: 85, hysteresis: 10, for: PT30M, severity: info, office: amt, sentence: {de: "{subject} {value}", en: "{subject} {value}"}}
              - {id: filling, version: 1, kind: threshold, property: trend, above: 12, below: -12, hysteresis: 3, for: PT10M, severity: info, office: amt, sentence: {de: "{subject} {value}", en: "{subject} {value}"}}
          - id: station
            name: {de: Zählstelle, en: Counting station}
            inputs:
              - {name: total, unit: "{bicycle}"}
              - {name: channel, unit: "{bicycle}", many: true}
            computed:
              - {name: counted, label: {de: gezählt, en: counted}, unit: "{bicycle}", expression: "sum(channel)"}
              - {name: difference, label: {de: Abweichung, en: difference}, unit: "{bicycle}", expression: "abs(total - counted)"}
            statuses:
              - {id: inconsistent, text: {de: ungleich, en: inconsistent}, when: "difference > 2"}
              - {id: consistent, text: {de: gleich, en: consistent}}
            headline: total
            rules:
              - {id: difference, version: 1, kind: threshold, property: difference, above: 2, hysteresis: 1, for: PT30M, severity: warning, office: amt, sentence: {de: "{subject} {value}", en: "{subject} {value}"}}
          - id: weather
            name: {de: Wetter, en: Weather}
            inputs:
              - {name: temperature, unit: "Cel"}
            computed:
              - {name: change, label: {de: Änderung, en: change}, unit: "Cel/h", expression: "slope(temperature, PT1H)"}
            statuses:
              - {id: known, text: {de: bekannt, en: known}}
            headline: temperature
            rules:
              - {id: cooling, version: 1, kind: threshold, property: change, above: 3, below: -3, hysteresis: 1, for: PT10M, severity: info, office: amt, sentence: {de: "{subject} {value}", en: "{subject} {value}"}}
        assets:
          - {id: parkhaus, type: car-park, district: mitte, name: Parkhaus, office: amt, attributes: {capacity: 400}, bindings: {free: parken/theater/free, state: parken/theater/state}}
          - {id: zaehlstelle, type: station, district: mitte, name: Zählstelle, office: amt, bindings: {total: zaehlung/promenade/total, channel: [zaehlung/promenade/incoming, zaehlung/promenade/outgoing]}}
          - {id: wetter, type: weather, district: nord, name: Wetter, office: amt, bindings: {temperature: luft/luft-1/temperature}}

        """;

    private static string SensorList()
    {
        var text = new StringBuilder("sensors:\n");
        foreach (var sensor in Sensors)
        {
            var model = sensor.Gateway == "wasser" ? sensor.Id.Split('-')[0] : sensor.Gateway;
            var asset = sensor.Id switch
            {
                "theater" => ", asset: parkhaus",
                "promenade" => ", asset: zaehlstelle",
                "luft-1" => ", asset: wetter",
                _ => string.Empty,
            };
            text.Append(CultureInfo.InvariantCulture, $"  - {{id: {sensor.Id}, gateway: {sensor.Gateway}, district: {sensor.District}, name: {sensor.Id}, model: {model}, office: amt{asset}}}\n");
        }

        return text.ToString();
    }
}
