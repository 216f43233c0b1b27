namespace Grains.Tests;

/// <summary>The registry file of a town whose sensors share one model.</summary>
internal static class CityYaml
{
    /// <summary>The same with a rule that raises nothing any more, in a new version.</summary>
    public static string Milder(string yaml) =>
        yaml.Replace("above: 50", "above: 95", StringComparison.Ordinal).Replace("version: 1", "version: 2", StringComparison.Ordinal);

    public static string Of(params string[] sensors) =>
        """
        city: town
        name: Town
        timeZone: Europe/Berlin
        offices: [{id: office, name: Office, contact: mail@example.org}]
        districts: [{id: mitte, name: Mitte, office: office, retentionDays: 30, schematic: true, outline: [[7.60, 51.95], [7.65, 51.95], [7.65, 51.98], [7.60, 51.95]]}]
        gateways: [{id: g, name: Gateway, office: office}]
        sensorModels:
          plain:
            datastreams:
              - {property: v, name: Value, unit: Cel, class: public, interval: PT1M, min: 0, max: 200, question: Why?}
            rules:
              - {id: high, version: 1, kind: threshold, property: v, above: 50, severity: info, office: office, sentence: {de: hoch, en: high}}
        sensors:

        """ + string.Concat(sensors.Select(s => $"  - {{id: {s}, gateway: g, district: mitte, name: Sensor, model: plain, office: office}}\n"));
}
