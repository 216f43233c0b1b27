using System.Collections.Immutable;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Registers;

/// <summary>Writes the processing activities of a city: one for each purpose, and another where a district says something else under its id.</summary>
internal sealed class ActivityWriter(CityInventory city)
{
    public const string NoThirdCountry = "Keine Übermittlung vorgesehen.";

    private static readonly string[] ThirdCountryWords =
        ["drittland", "drittländ", "drittstaat", "third countr", "außerhalb der eu", "außerhalb des ewr", "outside the eu", "outside the eea"];

    public ImmutableArray<ProcessingActivity> Write()
    {
        var named = from district in city.Districts
                    from purpose in district.Policy?.Purposes ?? []
                    select (District: district, Purpose: purpose);
        return
        [
            .. Variants(named, n => n.Purpose.Id, n => n.Purpose with { Override = false }, n => n.District.District.Id)
                .Select(v => Activity(v.Id, v.Items[0].Purpose, [.. v.Items.Select(i => i.District)])),
        ];
    }

    /// <summary>
    /// Things of one id that say the same are one; the one that holds in most districts keeps the id, the others have their first district added.
    /// </summary>
    private static IEnumerable<(string Id, List<T> Items)> Variants<T>(
        IEnumerable<T> things, Func<T, string> id, Func<T, object> content, Func<T, string> district) =>
        from same in things.GroupBy(id, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
        from variant in same.GroupBy(content)
            .Select(g => g.OrderBy(district, StringComparer.Ordinal).ToList())
            .OrderByDescending(g => g.Count)
            .ThenBy(g => district(g[0]), StringComparer.Ordinal)
            .Select((items, i) => (Id: i == 0 ? same.Key : $"{same.Key}@{district(items[0])}", Items: items))
        select variant;

    private ProcessingActivity Activity(string id, PurposeDefinition purpose, ImmutableArray<DistrictBasis> districts)
    {
        var entries = districts.SelectMany(d => city.Entries(d).Where(s => s.Purposes.Contains(purpose.Id)).Select(s => (District: d, Entry: s))).ToList();
        var categories = Variants(entries, e => e.Entry.Id, e => Content(e.District, e.Entry), e => e.District.District.Id).ToList();
        var recipients = Recipients(purpose.Id, entries);
        return new(
            id,
            purpose.Name,
            [.. districts.Select(d => d.District.Id)],
            purpose.LegalBasis,
            purpose.Question,
            city.Office(purpose.Office),
            purpose.ReviewDay,
            ReviewDays.HasPassed(purpose, city.Basis.NowMs),
            PersonsConcerned(entries),
            [.. categories.Select(c => Category(c.Id, c.Items))],
            recipients,
            ThirdCountries(purpose.Id, districts, recipients),
            [.. categories.SelectMany(c => Erasure(c.Id, c.Items[0].District, c.Items[0].Entry))]);
    }

    /// <summary>What a category says, as one text: two entries with the same one are the same category.</summary>
    private string Content(DistrictBasis district, StreamPolicy entry) => string.Join(
        '\n', entry.Answers.Collected, entry.Answers.Use, entry.CountsPeople, entry.Operator, entry.Retention, city.Covered(district, entry) with { Count = 0 });

    private DataCategory Category(string id, List<(DistrictBasis District, StreamPolicy Entry)> items)
    {
        var entry = items[0].Entry;
        return new(
            id,
            [.. items.Select(i => i.District.District.Id)],
            entry.Answers.Collected,
            entry.Answers.Use,
            RegisterWords.De(city.Covered(items[0].District, entry).Class),
            entry.CountsPeople,
            entry.Operator,
            items.Sum(i => city.Covered(i.District, i.Entry).Count));
    }

    private IEnumerable<ErasureLimit> Erasure(string id, DistrictBasis district, StreamPolicy entry) => SensorRegister
        .Retention(city.Covered(district, entry).RawDays, entry)
        .Select(r => new ErasureLimit($"{id}/{r.Resolution}", id, r.Resolution switch { "raw" => "Einzelwerte", "hour" => "Stundenwerte", _ => "Tageswerte" }, r.Days));

    private ImmutableArray<DataRecipient> Recipients(string purpose, IEnumerable<(DistrictBasis District, StreamPolicy Entry)> entries)
    {
        var living = from entry in entries
                     from reach in entry.District.Living(entry.Entry)
                     where string.Equals(reach.Grant.Purpose, purpose, StringComparison.Ordinal)
                     select (
                         entry.District,
                         Stream: entry.Entry.Id,
                         Row: new DataRecipient(
                             RegisterWords.IdOf(reach.Grant, reach.Principal),
                             RegisterWords.Kind(reach.Principal),
                             city.Who(entry.District, reach.Principal),
                             [],
                             [],
                             $"{RegisterWords.De(reach.Grant.Floor)}, {RegisterWords.De(reach.Grant.Scope)}{(reach.Grant.Area.IsEmpty ? "" : ", in einem Teilgebiet")}",
                             RegisterWords.DayDe(reach.UntilMs),
                             RegisterWords.OnwardOf(reach.Grant)));
        var rows = living.GroupBy(r => r.Row).Select(g => g.Key with
        {
            Districts = [.. g.Select(r => r.District.District.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Streams = [.. g.Select(r => r.Stream).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        });
        var sorted = rows.OrderBy(r => r.Id, StringComparer.Ordinal).ThenBy(r => r.Resolution, StringComparer.Ordinal).ThenBy(r => r.Until, StringComparer.Ordinal)
            .ThenBy(r => r.Onward, StringComparer.Ordinal);
        return [.. sorted.GroupBy(r => r.Id, StringComparer.Ordinal).SelectMany(g => g.Select((r, i) => i == 0 ? r : r with { Id = $"{r.Id}#{i + 1}" }))];
    }

    private ImmutableArray<string> PersonsConcerned(List<(DistrictBasis District, StreamPolicy Entry)> entries)
    {
        var persons = ImmutableArray.CreateBuilder<string>();
        if (entries.Exists(e => e.Entry.CountsPeople))
        {
            persons.Add("Menschen im öffentlichen Raum, die zu Fuß, mit dem Rad oder im Fahrzeug gezählt werden (ohne Kennung).");
        }

        if (entries.Exists(e => city.Covered(e.District, e.Entry).Class == DataClass.Sensitive))
        {
            persons.Add("Menschen, die Orte oder Gebäude nutzen, deren Messwerte als sensibel eingestuft sind.");
        }

        return persons.Count > 0
            ? persons.ToImmutable()
            : ["Laut Richtlinie keine: Es werden weder Menschen gezählt noch sensible Werte erhoben. Ob Menschen mittelbar erkennbar sind, ist zu prüfen."];
    }

    /// <summary>Only what the texts on passing data on say: a text that speaks of third countries is quoted, so that somebody reads it.</summary>
    private static ImmutableArray<string> ThirdCountries(string purpose, IEnumerable<DistrictBasis> districts, IEnumerable<DataRecipient> recipients)
    {
        var contracts = districts.SelectMany(d => d.Policy!.Contracts).Where(c => c.Purposes.Contains(purpose)).Select(c => c.Onward);
        var texts = recipients.Select(r => r.Onward).OfType<string>().Concat(contracts)
            .Where(o => ThirdCountryWords.Any(w => o.Contains(w, StringComparison.OrdinalIgnoreCase)))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(o => $"Die Regelung zur Weitergabe sagt: „{o}“")
            .ToImmutableArray();
        return texts.IsEmpty ? [NoThirdCountry] : texts;
    }
}
