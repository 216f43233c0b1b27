using System.Collections.Immutable;
using Quartier.Contracts.Policies;

namespace Quartier.Domain.Policies;

/// <summary>How a district's document and its city's become one: docs/policy.md, "Inheritance".</summary>
public static class PolicyInheritance
{
    /// <summary>
    /// The effective policy. An entry of the district replaces the city's of the same id where it stands; the others follow. Denials and zones add up;
    /// contracts are the city's; publication is the district's, else the city's.
    /// </summary>
    /// <param name="city">The city's document in force; null when there is none.</param>
    /// <param name="cityVersion">Its version; 0 when there is none.</param>
    /// <param name="district">The district's document in force; null when there is none.</param>
    /// <param name="districtVersion">Its version; 0 when there is none.</param>
    /// <param name="districtId">Id of the district.</param>
    /// <exception cref="ArgumentException">Neither a city's nor a district's document was given.</exception>
    public static EffectivePolicy Merge(PolicyDefinition? city, long cityVersion, PolicyDefinition? district, long districtVersion, string districtId)
    {
        var either = city ?? district ?? throw new ArgumentException("a policy of the city or of the district is needed; without one there is quarantine");
        var merged = new PolicyDefinition(
            either.City,
            districtId,
            Overlay(city?.Purposes, district?.Purposes, p => p.Id),
            Overlay(city?.Streams, district?.Streams, s => s.Id),
            Overlay(city?.Grants, district?.Grants, g => g.Id),
            [.. city?.Denials ?? [], .. district?.Denials ?? []],
            city?.Contracts ?? [],
            [.. city?.Zones ?? [], .. district?.Zones ?? []],
            district?.Publication ?? city?.Publication);
        return new EffectivePolicy(cityVersion, districtVersion, merged);
    }

    /// <summary>What holds in the district, entry by entry, with where each comes from; in the order of the merged document.</summary>
    /// <param name="city">The city's document in force; null when there is none.</param>
    /// <param name="district">The district's document in force; null when there is none.</param>
    /// <param name="districtId">Id of the district.</param>
    public static ImmutableArray<PolicyLine> Lines(PolicyDefinition? city, PolicyDefinition? district, string districtId)
    {
        var merged = Merge(city, 0, district, 0, districtId).Merged;
        var publication = (district?.Publication, city?.Publication) switch
        {
            ({ }, { }) => "district, overriding city",
            ({ }, null) => "district",
            (null, { }) => "city",
            _ => "default",
        };
        return
        [
            .. merged.Purposes.Select(p => Line("purpose", p.Id, city?.Purposes.Any(c => Is(c.Id, p.Id)), district?.Purposes.Contains(p), PolicyWords.Of(p))),
            .. merged.Streams.Select(s => Line("stream", s.Id, city?.Streams.Any(c => Is(c.Id, s.Id)), district?.Streams.Contains(s), PolicyWords.Of(s))),
            .. merged.Grants.Select(g => Line("grant", g.Id, city?.Grants.Any(c => Is(c.Id, g.Id)), district?.Grants.Contains(g), PolicyWords.Of(g))),
            .. (city?.Denials ?? []).Select(d => new PolicyLine("denial", d.Id, "city", PolicyWords.Of(d))),
            .. (district?.Denials ?? []).Select(d => new PolicyLine("denial", d.Id, "district", PolicyWords.Of(d))),
            .. merged.Contracts.Select(c => new PolicyLine("contract", c.Id, "city", PolicyWords.Of(c))),
            .. (city?.Zones ?? []).Select(z => new PolicyLine("zone", z.Id, "city", PolicyWords.Of(z))),
            .. (district?.Zones ?? []).Select(z => new PolicyLine("zone", z.Id, "district", PolicyWords.Of(z))),
            new PolicyLine("publication", "publication", publication, PolicyWords.Of(merged.Publication ?? PublicationDefinition.Default)),
        ];
    }

    private static ImmutableArray<T> Overlay<T>(ImmutableArray<T>? city, ImmutableArray<T>? district, Func<T, string> id)
    {
        var own = (district ?? []).DistinctBy(id, StringComparer.Ordinal).ToDictionary(id, StringComparer.Ordinal);
        var inherited = (city ?? []).Select(c => own.Remove(id(c), out var replacement) ? replacement : c).ToList();
        return [.. inherited, .. (district ?? []).Where(d => own.ContainsKey(id(d)))];
    }

    private static PolicyLine Line(string kind, string id, bool? inCity, bool? inDistrict, string text) => new(
        kind,
        id,
        (inCity ?? false, inDistrict ?? false) switch { (true, true) => "district, overriding city", (_, true) => "district", _ => "city" },
        text);

    private static bool Is(string a, string b) => string.Equals(a, b, StringComparison.Ordinal);
}
