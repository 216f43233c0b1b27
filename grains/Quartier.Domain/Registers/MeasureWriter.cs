using System.Collections.Immutable;
using System.Globalization;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Principals;

namespace Quartier.Domain.Registers;

/// <summary>Technical and organisational measures: those that the program always takes, and those that the policies in force configure.</summary>
internal static class MeasureWriter
{
    public static ImmutableArray<RecordStatement> Write(CityInventory city) => [.. Configured(city), .. Always(city)];

    /// <summary>What is configured against re-identification in published aggregates, by district; shown only where the public or a contract reads at all.</summary>
    public static string Publication(DistrictBasis district)
    {
        var rules = district.Policy!.Publication ?? PublicationDefinition.Default;
        var noise = district.Policy.Streams.Any(s => s.CountsPeople)
            ? string.Create(CultureInfo.InvariantCulture, $"; Zählungen von Menschen werden nach der Zellschlüsselmethode verändert (Varianz {rules.PerturbationVariance}, höchstens {rules.PerturbationMax})")
            : string.Empty;
        var grid = rules.GridMetres == 0 ? "nur ganze Stadtteile" : string.Create(CultureInfo.InvariantCulture, $"Stadtteile und Rasterzellen von {rules.GridMetres} m");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Zusammenfassungen über Zellen ({grid}) nennen nur Zellen mit mindestens {rules.MinimumUnits} Einheiten, mit Gegensperrung{noise}; Summen werden auf Vielfache von {rules.RoundTo} gerundet.");
    }

    private static IEnumerable<RecordStatement> Configured(CityInventory city)
    {
        foreach (var district in city.Districts.Where(d => d.Policy is not null))
        {
            var (id, policy) = (district.District.Id, district.Policy!);
            var living = city.Entries(district).SelectMany(district.Living).Select(g => g.Grant.Id).Distinct(StringComparer.Ordinal).Count();
            yield return new($"grants/{id}", string.Create(CultureInfo.InvariantCulture, $"{district.District.Name}: {living} geltende Freigaben, jede an Zweck, Auflösung und Ende gebunden; was niemand freigibt, liest niemand."));
            if (policy.Denials.Length > 0)
            {
                yield return new($"denials/{id}", string.Create(CultureInfo.InvariantCulture, $"{district.District.Name}: {policy.Denials.Length} ausdrückliche Verbote, die jeder Freigabe vorgehen."));
            }

            yield return new($"publication/{id}", $"{district.District.Name}: {Publication(district)}");
            foreach (var zone in policy.Zones.OrderBy(z => z.Id, StringComparer.Ordinal))
            {
                yield return new($"zone/{id}/{zone.Id}", $"{district.District.Name}: messfreie Zone „{zone.Name}“: {zone.Because}");
            }
        }

        var contracts = city.Districts.SelectMany(d => d.Policy?.Contracts ?? []).DistinctBy(c => c.Id, StringComparer.Ordinal).Count(c => c.UntilMs > city.Basis.NowMs);
        if (contracts > 0)
        {
            yield return new("keys", string.Create(CultureInfo.InvariantCulture, $"Systeme der {contracts} Vertragspartner lesen nur mit Schlüsseln, die an den Vertrag gebunden, höchstens {AccountLimits.KeyLife.Days} Tage gültig und sofort widerrufbar sind; gespeichert ist nur ihr Hash."));
        }
    }

    private static IEnumerable<RecordStatement> Always(CityInventory city)
    {
        if (city.Districts.Any(d => d.Policy is not null))
        {
            yield return new("four-eyes", "Eine Richtlinie gilt erst, wenn eine zweite Person zugestimmt hat; Vorschlag, Zustimmung und Beginn stehen im Protokoll.");
        }

        yield return new("identifiers", "Felder, die Menschen oder ihre Geräte kennzeichnen (MAC-Adresse, Kennzeichen, Rufnummer, IMEI, E-Mail), werden am Eingang erkannt und verworfen.");
        yield return new("ledger", "Jedes Lesen, jede Ablehnung und jede Änderung steht in einem fälschungssicheren Protokoll (Merkle-Baum nach RFC 9162) ohne Messwerte; Personen stehen darin unter Pseudonym.");
        yield return new("quarantine", "Was keine Richtlinie nennt, steht unter Quarantäne: höchstens einen Tag gespeichert, von niemandem gelesen.");
        yield return new("retention", "Abgelaufene Werte werden nachts gelöscht; jede Löschung wird an allen Orten geprüft und durch ein Zertifikat im Protokoll belegt.");
    }
}
