using System.Collections.Immutable;
using System.Globalization;
using Quartier.Contracts.Policies;

namespace Quartier.Domain.Registers;

/// <summary>
/// Writes what a city owes under Art. 30 (1) and Art. 35 (7) DSGVO from its live configuration. Pure, and in a fixed order: the same configuration at
/// the same time gives the same text, and a change shows where it was made. Nothing is pretended: what the configuration does not know is an open point.
/// </summary>
public static class RecordWriter
{
    /// <summary>The record of processing activities (Art. 30 (1) DSGVO).</summary>
    /// <param name="basis">What is registered and in force.</param>
    /// <param name="coverage">What was counted over the same registry and policies before; null to count now.</param>
    public static ProcessingRecord Processing(RegisterBasis basis, CityCoverage? coverage = null)
    {
        var city = new CityInventory(basis, coverage);
        return new(
            city.City.Id,
            city.City.Name,
            city.Offices,
            city.Policies,
            new ActivityWriter(city).Write(),
            city.Quarantined,
            MeasureWriter.Write(city),
            ProcessingOpenPoints);
    }

    /// <summary>The draft of an impact assessment (Art. 35 (7) DSGVO).</summary>
    /// <param name="basis">What is registered and in force.</param>
    /// <param name="coverage">What was counted over the same registry and policies before; null to count now.</param>
    public static ImpactAssessment Impact(RegisterBasis basis, CityCoverage? coverage = null)
    {
        var city = new CityInventory(basis, coverage);
        return new(
            city.City.Id,
            city.City.Name,
            "Entwurf, aus der geltenden Konfiguration erzeugt. Risiken sind nach festen Regeln gefunden, nicht bewertet: Eintrittswahrscheinlichkeit, Schwere und Restrisiko beurteilen Menschen.",
            city.Policies,
            DataFlow,
            new ActivityWriter(city).Write(),
            Necessity(city),
            RiskRules.Find(city),
            MeasureWriter.Write(city),
            ImpactOpenPoints(city));
    }

    private static ImmutableArray<RecordStatement> ProcessingOpenPoints =>
    [
        new("controller-contact", "OFFEN: Anschrift und Vertretung der verantwortlichen Stelle (Art. 30 Abs. 1 lit. a DSGVO); die Konfiguration kennt nur die Ämter."),
        new("data-protection-officer", "OFFEN: Name und Kontaktdaten der oder des Datenschutzbeauftragten (Art. 30 Abs. 1 lit. a DSGVO)."),
        new("joint-controllers", "OFFEN: Gibt es gemeinsam Verantwortliche oder Auftragsverarbeiter, etwa Betreiber der Sensoren (Art. 26, 28 DSGVO)?"),
        new("operation", "OFFEN: Maßnahmen des Betriebs, die hier nicht konfiguriert sind: Zutritt, Räume, Sicherungen, Schulung, Notfallplan (Art. 32 Abs. 1 DSGVO)."),
    ];

    private static ImmutableArray<RecordStatement> DataFlow =>
    [
        new("1-ingest", "Gateways senden Messwerte über MQTT, jedes mit eigener Kennung. Unbekannte und kennzeichnende Felder werden verworfen, bevor etwas gespeichert wird."),
        new("2-storage", "Jeder Wert wird in dem Abschnitt gespeichert, der an seinem Löschtag als Ganzes gelöscht wird."),
        new("3-reading", "Jedes Lesen entscheidet der Stadtteil nach seiner Richtlinie: wer, wofür, wie fein, bis wann. Ohne Freigabe wird abgelehnt."),
        new("4-record", "Kein Lesen ohne Eintrag im Protokoll."),
        new("5-deletion", "Nach Ablauf werden gröbere Auflösungen gebildet, soweit die Richtlinie sie behält; die Einzelwerte werden gelöscht, und ein Zertifikat belegt es."),
    ];

    private static ImmutableArray<RecordStatement> Necessity(CityInventory city) =>
    [
        .. city.Districts
            .SelectMany(d => city.Entries(d).Select(e => (d.District.Id, Statement: new RecordStatement(e.Id, Necessity(city, d, e)))))
            .GroupBy(s => s.Statement)
            .Select(g => (g.Key, Districts: g.Select(s => s.Id).ToList()))
            .Select(g => new RecordStatement($"{g.Key.Id}@{g.Districts[0]}", $"{g.Key.Text} Gilt in: {string.Join(", ", g.Districts)}."))
            .OrderBy(s => s.Id, StringComparer.Ordinal),
    ];

    private static string Necessity(CityInventory city, DistrictBasis district, StreamPolicy entry)
    {
        var purposes = entry.Purposes.Select(district.Purpose).OfType<PurposeDefinition>().Select(p => $"{p.Name} ({p.LegalBasis}): {p.Question}");
        var living = district.Living(entry);
        var finest = living.Count == 0 ? "Derzeit liest sie niemand" : $"Gelesen wird höchstens so fein: {RegisterWords.De(living.Min(g => g.Grant.Floor))}";
        var days = city.Covered(district, entry).RawDays;
        var surplus = living.Count == 0 || living.Min(g => g.Grant.Floor) > Contracts.Districts.Resolution.Raw
            ? "; Einzelwerte liest niemand, gespeichert werden sie dennoch: Ist das erforderlich?"
            : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"„{entry.Id}“: {entry.Answers.Collected} Zwecke: {string.Join(" | ", purposes)} {finest}. Einzelwerte bleiben {RegisterWords.Days(days)}{surplus}.");
    }

    private static ImmutableArray<RecordStatement> ImpactOpenPoints(CityInventory city)
    {
        var points = ImmutableArray.CreateBuilder<RecordStatement>();
        points.Add(new("consultation", "OFFEN: Rat der oder des Datenschutzbeauftragten (Art. 35 Abs. 2 DSGVO): eingeholt am, Ergebnis?"));
        points.Add(new("need", "OFFEN: Ist eine Folgenabschätzung nötig (Art. 35 Abs. 1, 3 und 4 DSGVO), und wer entscheidet das?"));
        points.Add(new("persons-concerned", "OFFEN: Standpunkt der Betroffenen oder ihrer Vertretung (Art. 35 Abs. 9 DSGVO): eingeholt, oder warum nicht?"));
        points.Add(new("proportionality", "OFFEN: Ließe sich jede Frage auch mit weniger, gröberen oder kürzer gespeicherten Daten beantworten?"));
        points.Add(new("residual-risk", "OFFEN: Bewertung jedes Risikos und des Restrisikos; bei hohem Restrisiko Konsultation der Aufsicht (Art. 36 DSGVO)."));
        if (city.Districts.All(d => d.Policy?.Zones.IsEmpty ?? true))
        {
            points.Add(new("zones", "OFFEN: Es ist keine messfreie Zone festgelegt. Gibt es Orte, an denen nichts gemessen werden darf?"));
        }

        return points.ToImmutable();
    }
}
