using System.Collections.Immutable;
using System.Globalization;

namespace Quartier.Domain.Registers;

/// <summary>Records as HTML pages in German, made for print.</summary>
public static class RecordPage
{
    private const string ProcessingTitle = "Verzeichnis von Verarbeitungstätigkeiten";
    private const string ImpactTitle = "Datenschutz-Folgenabschätzung (Entwurf)";

    /// <summary>The Content-Security-Policy under which a page is to be answered: it runs nothing and loads nothing.</summary>
    public static string ContentSecurityPolicy => PageText.ContentSecurityPolicy;

    /// <summary>The record of processing activities.</summary>
    public static string Write(ProcessingRecord record, RecordStanding standing)
    {
        ArgumentNullException.ThrowIfNull(record);
        var page = Head($"{ProcessingTitle}: {record.Controller}", standing)
            .Paragraph("Nach Art. 30 Abs. 1 DSGVO, aus der geltenden Konfiguration erzeugt.")
            .Section("Verantwortliche Stelle")
            .Paragraph(record.Controller)
            .Table("Ämter", ["Amt", "Kontakt"], record.Offices.Select(o => Row(o.Name, o.Contact)));
        Policies(page, record.Policies);
        page.Section("Offene Punkte").Open(record.OpenPoints.Select(p => p.Text));
        foreach (var activity in record.Activities)
        {
            Activity(page, activity);
        }

        page.Section("Daten unter Quarantäne")
            .Table("Datenströme ohne Richtlinie (höchstens ein Tag gespeichert, von niemandem gelesen)", ["Datenstrom"], record.Quarantined.Select(q => Row(q)));
        return page.Section("Technische und organisatorische Maßnahmen").Items(record.Measures.Select(m => m.Text)).End();
    }

    /// <summary>The draft of an impact assessment.</summary>
    public static string Write(ImpactAssessment assessment, RecordStanding standing)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        var page = Head($"{ImpactTitle}: {assessment.Controller}", standing)
            .Paragraph("Nach Art. 35 Abs. 7 DSGVO.")
            .Note(assessment.Notice)
            .Section("Offene Punkte, die Menschen beantworten müssen")
            .Open(assessment.OpenPoints.Select(p => p.Text).Concat(assessment.Risks.Select(r => $"{r.Id}: {r.Open}")))
            .Section("Systematische Beschreibung (lit. a)")
            .Items(assessment.DataFlow.Select(s => s.Text));
        Policies(page, assessment.Policies);
        foreach (var activity in assessment.Description)
        {
            Activity(page, activity);
        }

        page.Section("Notwendigkeit und Verhältnismäßigkeit (lit. b)").Items(assessment.Necessity.Select(n => n.Text));
        page.Section("Risiken für Rechte und Freiheiten (lit. c)")
            .Paragraph("Nach festen Regeln gefunden; Reihenfolge ohne Wertung.")
            .Table(
                "Gefundene Risiken und Maßnahmen dagegen",
                ["Kennung", "Stadtteile", "Risiko", "Maßnahmen (lit. d)", "Offen"],
                assessment.Risks.Select(r => Row(r.Id, List(r.Districts), r.Text, string.Join(' ', r.Measures), r.Open)));
        return page.Section("Allgemeine Maßnahmen (lit. d)").Items(assessment.Measures.Select(m => m.Text)).End();
    }

    /// <summary>What changed since the last approval.</summary>
    /// <param name="title">Which record of which city.</param>
    /// <param name="difference">The changes.</param>
    /// <param name="standing">What stands at the head.</param>
    public static string Write(string title, RecordDifference difference, RecordStanding standing)
    {
        ArgumentNullException.ThrowIfNull(difference);
        var page = Head(title, standing).Section("Änderungen seit der letzten Freigabe").Table(
            "Änderungen", ["Stelle", "Vorher", "Jetzt"], difference.Changes.Select(c => Row(c.Path, c.Before ?? "–", c.After ?? "–")));
        return difference.More == 0
            ? page.End()
            : page.Note(string.Create(CultureInfo.InvariantCulture, $"{difference.More} weitere Änderungen sind nicht aufgeführt.")).End();
    }

    private static PageText Head(string title, RecordStanding standing)
    {
        var approved = standing.ApprovedBy is null
            ? "Noch nie freigegeben."
            : $"Zuletzt freigegeben am {RegisterWords.MomentDe(standing.ApprovedMs)} durch {standing.ApprovedBy}"
                + (string.Equals(standing.ApprovedDigest, standing.Digest, StringComparison.Ordinal) ? "; seither unverändert." : "; seither geändert.");
        return new PageText(title).Paragraph($"Stand: {RegisterWords.MomentDe(standing.NowMs)}. {approved}").Paragraph($"SHA-256: {standing.Digest}");
    }

    private static void Policies(PageText page, ImmutableArray<PolicyInForce> policies) => page.Table(
        "Geltende Richtlinien", ["Stadtteil", "Fassung"], policies.Select(p => Row(p.Name, p.Version is null ? "keine: alles unter Quarantäne" : RegisterWords.VersionDe(p.Version))));

    private static void Activity(PageText page, ProcessingActivity activity)
    {
        page.Section($"Verarbeitungstätigkeit: {activity.Name}").Table(
            "Zweck und Rechtsgrundlage",
            ["Angabe", "Inhalt"],
            [
                Row("Kennung", activity.Id),
                Row("Stadtteile", List(activity.Districts)),
                Row("Frage", activity.Question),
                Row("Rechtsgrundlage", activity.LegalBasis),
                Row("Zuständig", $"{activity.Office.Name}, {activity.Office.Contact}"),
                Row("Überprüfung bis", activity.ReviewDay + (activity.ReviewPassed ? " – ÜBERFÄLLIG" : string.Empty)),
                Row("Betroffene Personen", string.Join(' ', activity.PersonsConcerned)),
                Row("Übermittlung in Drittländer", string.Join(' ', activity.ThirdCountries)),
            ]);
        page.Table(
            "Kategorien von Daten",
            ["Kennung", "Stadtteile", "Was", "Verwendung", "Ein\u00ADstufung", "Betrieb", "Daten\u00ADströme"],
            activity.Data.Select(d => Row(
                d.Id,
                List(d.Districts),
                d.Collected,
                d.Use,
                d.Class + (d.CountsPeople ? ", zählt Menschen" : string.Empty),
                d.Operator,
                d.Datastreams.ToString(CultureInfo.InvariantCulture))));
        page.Table(
            "Empfänger",
            ["Wer", "Stadtteile", "Daten", "Auflösung", "Bis", "Weitergabe"],
            activity.Recipients.Select(r => Row(r.Who, List(r.Districts), List(r.Streams), r.Resolution, r.Until, r.Onward ?? "–")));
        page.Table(
            "Löschfristen",
            ["Daten", "Auflösung", "Frist ab Ende des Messtages"],
            activity.Erasure.Select(e => Row(e.Category, e.Resolution, RegisterWords.Days(e.Days))));
    }

    private static string[] Row(params string[] cells) => cells;

    private static string List(ImmutableArray<string> items) => items.IsDefaultOrEmpty ? "ganze Stadt" : string.Join(", ", items);
}
