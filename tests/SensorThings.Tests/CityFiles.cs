namespace SensorThings.Tests;

/// <summary>Registry and policy of the test city.</summary>
internal static class CityFiles
{
    public const string Registry =
        """
        city: stadt
        name: Stadt
        timeZone: Europe/Berlin
        clock: replay
        offices:
          - {id: amt, name: Amt für Mobilität, contact: amt@example.org}
        districts:
          - {id: mitte, name: Mitte, office: amt, retentionDays: 3650, schematic: true, outline: [[7.60, 51.90], [7.70, 51.90], [7.70, 52.00], [7.60, 51.90]]}
          - {id: hafen, name: Hafen, office: amt, retentionDays: 3650, schematic: true, outline: [[7.70, 51.90], [7.80, 51.90], [7.80, 52.00], [7.70, 51.90]]}
        gateways:
          - {id: g, name: Gateway, office: amt}
        sensorModels:
          counter:
            datastreams:
              - {property: total, name: Fahrräder, unit: "{bicycle}", class: public, interval: PT15M, min: 0, max: 2000, question: Wie viele Fahrräder fahren hier?, sumInDistrict: true}
          air:
            datastreams:
              - {property: temperature, name: Lufttemperatur, unit: Cel, class: public, interval: PT10M, min: -40, max: 60, question: Wie warm ist es?}
              - {property: battery, name: Batterie, unit: "%", class: internal, interval: PT10M, min: 0, max: 100, question: Wann wird getauscht?}
          noise:
            datastreams:
              - {property: laeq, name: Dauerschallpegel, unit: dB, class: internal, interval: PT10M, min: 0, max: 140, question: Wie laut ist es hier?}
          heat:
            datastreams:
              - {property: energy, name: Wärme, unit: kW.h, class: sensitive, interval: PT1H, min: 0, max: 100, question: Wie viel Wärme?, sumInDistrict: true}
          trial:
            datastreams:
              - {property: humidity, name: Feuchte, unit: "%", class: internal, interval: PT1H, min: 0, max: 100, question: Taugt der Fühler?}
        assetTypes:
          - id: mast
            name: {de: Mast, en: Mast}
            attributes: [height]
            inputs:
              - {name: temperature, unit: Cel}
            computed: []
            statuses:
              - {id: up, text: {de: steht, en: stands}}
            headline: temperature
        assets:
          - id: mast-1
            type: mast
            district: mitte
            name: Mast am Markt
            office: amt
            location: [7.62, 51.95]
            attributes: {height: 8}
            bindings:
              - {input: temperature, from: g/luft-1/temperature}
        sensors:
          - {id: rad-1, gateway: g, district: mitte, name: Zählstelle Allee, model: counter, office: amt, location: [7.610, 51.940]}
          - {id: rad-2, gateway: g, district: hafen, name: Zählstelle Hafen, model: counter, office: amt, location: [7.750, 51.950]}
          - {id: luft-1, gateway: g, district: mitte, name: Luft am Markt, model: air, asset: mast-1, office: amt}
          - {id: laerm-1, gateway: g, district: mitte, name: Schall am Rand, model: noise, office: amt, location: [7.640, 51.960]}
          - {id: haus-1, gateway: g, district: hafen, name: Haus 1, model: heat, office: amt}
          - {id: probe, gateway: g, district: hafen, name: Versuch, model: trial, office: amt, location: [7.760, 51.960]}
          - {id: geheim-1, gateway: g, district: hafen, name: Zählstelle ohne Ort, model: counter, office: amt, location: [7.7777, 51.9777]}
        """;

    public const string Policy =
        """
        policy: 1
        city: stadt
        purposes:
          - {id: information, name: Information der Öffentlichkeit, legalBasis: § 16a EGovG NRW, office: amt, question: Wie ist es?, reviewDay: 2029-06-30}
          - {id: operation, name: Betrieb, legalBasis: § 3 DSG NRW, office: amt, question: Geht es?, reviewDay: 2029-06-30}
        streams:
          - id: counts
            match: ["g/rad-*/total"]
            class: public
            purposes: [information, operation]
            operator: Stadt
            office: amt
            answers: {collected: Zählwerte., use: Sie werden gezeigt., access: Alle., passedOn: Ja.}
            retention: {raw: P50Y}
            countsPeople: true
          - id: hidden
            match: ["g/geheim-*/total"]
            class: public
            purposes: [information, operation]
            operator: Stadt
            office: amt
            answers: {collected: Zählwerte., use: Sie werden gezeigt., access: Alle., passedOn: Ja.}
            retention: {raw: P50Y}
          - id: air
            match: ["g/*/temperature"]
            class: public
            purposes: [information, operation]
            operator: Stadt
            office: amt
            answers: {collected: Werte., use: Sie werden gezeigt., access: Alle., passedOn: Ja.}
            retention: {raw: P50Y}
          - id: devices
            match: ["g/*/battery", "g/*/laeq"]
            class: internal
            purposes: [operation]
            operator: Stadt
            office: amt
            answers: {collected: Werte., use: Betrieb., access: Das Amt., passedOn: Nein.}
            retention: {raw: P50Y}
          - id: heat
            match: ["g/*/energy"]
            class: sensitive
            purposes: [information, operation]
            operator: Stadt
            office: amt
            answers: {collected: Werte., use: Zusammenfassungen., access: Das Amt., passedOn: Nein.}
            retention: {raw: P50Y}
        grants:
          - {id: open-counts, principals: [public], streams: [counts], purpose: information, floor: raw, scope: sensor, until: 2100-01-01, onward: frei}
          - {id: open-hidden, principals: [public], streams: [hidden], purpose: information, floor: raw, scope: sensor, until: 2100-01-01, redactions: [location, quality], onward: frei}
          - {id: open-air, principals: [public], streams: [air], purpose: information, floor: hour, scope: sensor, until: 2100-01-01, onward: frei}
          - {id: heat-cells, principals: [public], streams: [heat], purpose: information, floor: hour, scope: cell, until: 2100-01-01, onward: frei}
          - {id: control, principals: ["role:operator"], streams: [counts, hidden, air, devices], purpose: operation, floor: raw, scope: sensor, until: 2100-01-01, rowLimit: 50, onward: nein}
        """;
}
