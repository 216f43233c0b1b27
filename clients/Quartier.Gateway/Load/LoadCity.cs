using System.Globalization;

namespace Quartier.Gateway.Load;

/// <summary>The registry file of the city that load tests use: see docs/registry.md.</summary>
public static class LoadCity
{
    /// <summary>Its id.</summary>
    public const string Id = "bench";

    /// <summary>Districts among which the sensors are spread: enough to see that one does not slow another.</summary>
    private const int Districts = 8;

    /// <summary>Writes the file.</summary>
    /// <param name="target">Takes the text.</param>
    /// <param name="gateways">1 …</param>
    /// <param name="sensors">Sensors of each gateway, 1 …; at 75 bytes a sensor, the registry's limit of 16 MiB holds 200,000 sensors.</param>
    /// <param name="withRules">True for a range check, a threshold and a missing rule on every sensor.</param>
    /// <param name="withPlaces">True for a location of every sensor, all the same: 26 bytes more each.</param>
    public static void Write(TextWriter target, int gateways, int sensors, bool withRules, bool withPlaces = false)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(gateways);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sensors);
        target.Write(Head(withRules));
        var place = withPlaces ? ", location: [7.62, 51.96]" : string.Empty;
        target.Write("districts:\n");
        for (var district = 0; district < Districts; district++)
        {
            target.Write(string.Create(CultureInfo.InvariantCulture, $"  - {{id: d{district}, name: d{district}, office: o, retentionDays: 36500}}\n"));
        }

        target.Write("gateways:\n");
        for (var gateway = 0; gateway < gateways; gateway++)
        {
            target.Write(string.Create(CultureInfo.InvariantCulture, $"  - {{id: g{gateway}, name: g{gateway}, office: o}}\n"));
        }

        target.Write("sensors:\n");
        for (var gateway = 0; gateway < gateways; gateway++)
        {
            for (var sensor = 0; sensor < sensors; sensor++)
            {
                target.Write(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  - {{id: s{sensor}, gateway: g{gateway}, district: d{gateway % Districts}, name: s{sensor}, model: m, office: o{place}}}\n"));
            }
        }
    }

    private static string Head(bool withRules)
    {
        const string Sensor = """
            city: bench
            name: Bench
            timeZone: Europe/Berlin
            clock: replay
            offices:
              - {id: o, name: Load test, contact: load@example.org}
            sensorModels:
              m:
                datastreams:
                  - {property: value, name: Value, unit: Cel, class: public, interval: PT1S, min: -40, max: 60, maxStep: 20, retentionDays: 36500, question: How fast is it?}

            """;
        const string Rules = """
                rules:
                  - id: value-high
                    version: 1
                    kind: threshold
                    property: value
                    above: 25.1
                    hysteresis: 5
                    for: PT1M
                    severity: info
                    office: o
                    sentence: {de: "{subject}: {value} {unit} über {threshold} {unit}.", en: "{subject}: {value} {unit} above {threshold} {unit}."}
                  - id: value-missing
                    version: 1
                    kind: missing
                    property: value
                    for: P1D
                    severity: warning
                    office: o
                    sentence: {de: "{subject}: seit {duration} keine Werte.", en: "{subject}: no values for {duration}."}

            """;
        return withRules ? Sensor + Rules : Sensor;
    }
}
