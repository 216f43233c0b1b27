using System.Collections.Immutable;
using System.Globalization;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Registers;

/// <summary>The fixed rules that find risks to rights and freedoms in a configuration: docs/registers.md lists them. In doubt they find.</summary>
internal static class RiskRules
{
    /// <summary>Raw readings kept for longer than this are a risk: within a year every season is seen once.</summary>
    public const int RawDaysMax = 365;

    /// <summary>Cells of fewer contributing units than the default show little groups.</summary>
    public const int UnitsMin = 5;

    private const string Assess = "Eintrittswahrscheinlichkeit, Schwere und Restrisiko?";

    /// <summary>A contract that ends later than this has no end soon.</summary>
    public static readonly TimeSpan ContractSpanMax = TimeSpan.FromDays(2 * 366);

    private static readonly string[] Forbidding =
        ["nein", "kein", "nicht", "nie", "untersagt", "verboten", "nur innerhalb", "nur intern", "no ", "no.", "none", "not ", "never", "forbidden"];

    /// <summary>What the rules find, by id; what is found alike in several districts is one finding.</summary>
    public static ImmutableArray<AssessedRisk> Find(CityInventory city)
    {
        var found = city.Districts.Where(d => d.Policy is not null).SelectMany(d => InDistrict(city, d).Select(r => (d.District.Id, Risk: r)));
        var risks = found
            .GroupBy(f => (f.Risk.Id, f.Risk.Text, Measures: string.Join('\n', f.Risk.Measures)))
            .Select(g => g.First().Risk with { Districts = [.. g.Select(f => f.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] })
            .Concat(Quarantine(city))
            .OrderBy(r => r.Id, StringComparer.Ordinal)
            .ThenBy(r => r.Districts.FirstOrDefault(), StringComparer.Ordinal);
        return [.. risks.GroupBy(r => r.Id, StringComparer.Ordinal).SelectMany(g => g.Select((r, i) => i == 0 ? r : r with { Id = $"{r.Id}@{r.Districts[0]}" }))];
    }

    /// <summary>Whether a text lets data be passed on; anything that does not begin by forbidding it does.</summary>
    public static bool AllowsOnward(string text) => !Forbidding.Any(f => text.TrimStart().StartsWith(f, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<AssessedRisk> InDistrict(CityInventory city, DistrictBasis district) =>
    [
        .. city.Entries(district).SelectMany(s => OfStream(city, district, s)),
        .. city.Entries(district).SelectMany(s => district.Living(s).SelectMany(g => OfGrant(city, district, s, g.Grant, g.Principal))),
        .. district.Policy!.Contracts.Where(c => c.UntilMs > city.Basis.NowMs).SelectMany(c => OfContract(city, c)),
        .. district.Policy.Purposes.Where(p => ReviewDays.HasPassed(p, city.Basis.NowMs)).Select(p => Risk(
            "review-passed",
            p.Id,
            $"Zweck „{p.Name}“ war bis {p.ReviewDay} zu überprüfen: Ob er noch trägt, ist ungeprüft; Daten könnten ohne Grund erhoben werden.",
            [$"Zuständig ist {city.Office(p.Office).Name}."],
            "Trägt der Zweck noch? Neuen Termin festlegen oder Erhebung beenden.")),
        .. SmallGroups(district),
    ];

    private static IEnumerable<AssessedRisk> OfStream(CityInventory city, DistrictBasis district, StreamPolicy stream)
    {
        var days = city.Covered(district, stream).RawDays;
        if (days > RawDaysMax)
        {
            yield return Risk(
                "raw-over-a-year",
                stream.Id,
                string.Create(CultureInfo.InvariantCulture, $"Einzelwerte von „{stream.Id}“ bleiben {RegisterWords.Days(days)}: Über mehrere Jahre lassen sich Gewohnheiten einzelner Orte verfolgen."),
                ["Löschung als Ganzes am Ablauftag, durch Zertifikat belegt."],
                $"Reichen kürzere Fristen oder gröbere Auflösungen? {Assess}");
        }
    }

    private static IEnumerable<AssessedRisk> OfGrant(CityInventory city, DistrictBasis district, StreamPolicy stream, GrantDefinition grant, string principal)
    {
        var (who, kind) = (city.Who(district, principal), RegisterWords.Kind(principal));
        var subject = $"{stream.Id}/{RegisterWords.IdOf(grant, principal)}";
        var measures = Bounds(district, grant);
        if (city.Covered(district, stream).Class == DataClass.Sensitive && grant.Scope == ReadScope.Sensor)
        {
            yield return Risk(
                "sensitive-per-sensor",
                subject,
                $"Sensible Werte von „{stream.Id}“ liest {who} je Sensor ({RegisterWords.De(grant.Floor)}): Wer den Ort kennt, kann auf die schließen, die ihn nutzen.",
                measures,
                $"Genügen Zusammenfassungen über Zellen? {Assess}");
        }

        if (stream.CountsPeople && kind is "public" or "contract" && grant.Scope == ReadScope.Sensor)
        {
            var isPublicRaw = kind is "public" && grant.Floor == Resolution.Raw;
            yield return Risk(
                isPublicRaw ? "public-raw-counts" : "counts-without-cells",
                subject,
                isPublicRaw
                    ? $"Einzelwerte von „{stream.Id}“, die Menschen zählen, stehen der Öffentlichkeit offen: Wer zur selben Zeit am Ort ist, kann Einzelne wiedererkennen."
                    : $"Zählungen von Menschen aus „{stream.Id}“ gehen ohne Schutz durch Zellen an {who} ({RegisterWords.De(grant.Floor)}, je Sensor): Kleine Zahlen an einem Ort können Einzelne erkennen lassen.",
                measures,
                $"Genügen gröbere Werte oder geschützte Zellen? {Assess}");
        }

        if (AllowsOnward(grant.Onward))
        {
            yield return Risk(
                "onward-transfer",
                subject,
                $"{Capital(who)} darf „{stream.Id}“ weitergeben{(RegisterWords.OnwardOf(grant) is { } onward ? $" („{onward}“)" : "")}: Nach der Weitergabe gelten Zweck und Frist dort nur noch, soweit vereinbart.",
                measures,
                $"Ist die Weitergabe erforderlich und gebunden? {Assess}");
        }
    }

    private static IEnumerable<AssessedRisk> OfContract(CityInventory city, ContractDefinition contract)
    {
        ImmutableArray<string> measures =
            [$"Nach dem {RegisterWords.DayDe(contract.UntilMs)} wird alles abgelehnt; Schlüssel sind an den Vertrag gebunden und sofort widerrufbar."];
        if (contract.UntilMs - city.Basis.NowMs > ContractSpanMax.TotalMilliseconds)
        {
            yield return Risk(
                "contract-without-end-soon",
                contract.Id,
                $"Der Vertrag mit {contract.Partner} läuft bis {RegisterWords.DayDe(contract.UntilMs)}, mehr als zwei Jahre: Er wirkt, ohne dass jemand ihn neu prüft.",
                measures,
                $"Früheres Ende oder Termin zur Prüfung vereinbaren? {Assess}");
        }

        if (AllowsOnward(contract.Onward))
        {
            yield return Risk(
                "onward-transfer",
                $"contract/{contract.Id}",
                $"Der Vertrag mit {contract.Partner} lässt die Weitergabe zu („{contract.Onward}“): Wer die Daten danach hat, ist der Stadt nicht bekannt.",
                measures,
                $"Ist die Weitergabe erforderlich und gebunden? {Assess}");
        }
    }

    private static IEnumerable<AssessedRisk> SmallGroups(DistrictBasis district)
    {
        var rules = district.Policy!.Publication ?? PublicationDefinition.Default;
        if (rules.MinimumUnits < UnitsMin)
        {
            yield return Risk(
                "small-groups",
                "publication",
                string.Create(CultureInfo.InvariantCulture, $"Zellen mit {rules.MinimumUnits} Einheiten werden schon gezeigt (üblich: {UnitsMin}): In so kleinen Gruppen kann eine Einheit auf die andere schließen."),
                [MeasureWriter.Publication(district)],
                $"Ist die kleine Gruppengröße erforderlich? {Assess}");
        }
    }

    private static IEnumerable<AssessedRisk> Quarantine(CityInventory city) => city.Quarantined.IsEmpty
        ? []
        : [Risk(
            "quarantine",
            "streams",
            string.Create(CultureInfo.InvariantCulture, $"{city.Quarantined.Length} Datenströme werden ohne Richtlinie gemessen: Für sie ist kein Zweck festgelegt."),
            ["Höchstens ein Tag Speicherung; niemand liest."],
            "Richtlinie erlassen oder Messung beenden.")];

    private static ImmutableArray<string> Bounds(DistrictBasis district, GrantDefinition grant)
    {
        var measures = ImmutableArray.CreateBuilder<string>();
        measures.Add($"Nur für den Zweck „{district.Purpose(grant.Purpose)?.Name ?? grant.Purpose}“, {RegisterWords.De(grant.Floor)} oder gröber, bis {RegisterWords.DayDe(grant.UntilMs)}; jedes Lesen steht im Protokoll.");
        if (grant.Scope == ReadScope.Cell)
        {
            measures.Add(MeasureWriter.Publication(district));
        }

        if (grant.Redactions.HasFlag(Redactions.Location))
        {
            measures.Add("Der Ort wird weggelassen.");
        }

        if (!grant.Area.IsEmpty)
        {
            measures.Add("Nur in einem Teilgebiet.");
        }

        return measures.ToImmutable();
    }

    private static AssessedRisk Risk(string rule, string subject, string text, ImmutableArray<string> measures, string open) =>
        new($"{rule}/{subject}", rule, [], text, measures, "OFFEN: " + open);

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
