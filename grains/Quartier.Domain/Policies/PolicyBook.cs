using System.Collections.Immutable;
using Quartier.Contracts.Policies;

namespace Quartier.Domain.Policies;

/// <summary>
/// All versions of a city's policy documents, and what of them is in force at a given time. A version is in force from its time on until one with
/// a later time is; of two with the same time the higher version. Immutable: a change makes another book.
/// </summary>
public sealed class PolicyBook
{
    private readonly ImmutableSortedDictionary<string, ImmutableArray<PolicyPage>> _documents;

    private PolicyBook(string city, ImmutableSortedDictionary<string, ImmutableArray<PolicyPage>> documents)
    {
        City = city;
        _documents = documents;
    }

    /// <summary>Id of the city.</summary>
    public string City { get; }

    /// <summary>All versions, the city's own first, then by district; ascending.</summary>
    public IEnumerable<PolicyDocument> All => _documents.Values.SelectMany(pages => pages).Select(p => p.Document);

    private IEnumerable<PolicyDocument> Approved => All.Where(d => d.State == PolicyState.Approved);

    /// <summary>A book of these versions.</summary>
    /// <param name="city">Id of the city.</param>
    /// <param name="documents">Versions in any order.</param>
    public static PolicyBook Of(string city, IEnumerable<PolicyDocument> documents) => new(
        city,
        documents.GroupBy(d => Key(d.District), StringComparer.Ordinal).ToImmutableSortedDictionary(
            g => g.Key, g => g.OrderBy(d => d.Version).Select(d => new PolicyPage(d)).ToImmutableArray(), StringComparer.Ordinal));

    /// <summary>The book with a further version, or with a version as it stands now.</summary>
    public PolicyBook With(PolicyDocument document)
    {
        var pages = Pages(document.District).RemoveAll(p => p.Document.Version == document.Version).Add(new(document));
        return new(City, _documents.SetItem(Key(document.District), [.. pages.OrderBy(p => p.Document.Version)]));
    }

    /// <summary>A version, or null.</summary>
    public PolicyDocument? Find(string? district, long version) => Pages(district).FirstOrDefault(p => p.Document.Version == version)?.Document;

    /// <summary>The newest version of a document; 0 when there is none.</summary>
    public long Newest(string? district) => Pages(district).LastOrDefault()?.Document.Version ?? 0;

    /// <summary>Versions of a document that wait for a second person.</summary>
    public IEnumerable<PolicyDocument> Waiting(string? district) =>
        Pages(district).Select(p => p.Document).Where(d => d.State == PolicyState.Proposed);

    /// <summary>The version of a document that is in force at the time; null when none is.</summary>
    public PolicyDocument? InForce(string? district, long nowMs) => PageInForce(district, nowMs)?.Document;

    /// <summary>What the version in force says; null when none is, or when this program cannot read it.</summary>
    public PolicyDefinition? Definition(string? district, long nowMs) => PageInForce(district, nowMs)?.Definition;

    /// <summary>What the documents of districts say that are in force at the time, where this program can read them.</summary>
    public IEnumerable<PolicyDefinition> DistrictDefinitions(long nowMs) =>
        _documents.Keys.Where(k => k.Length > 0).Select(k => Definition(k, nowMs)).OfType<PolicyDefinition>();

    /// <summary>Versions in force at the time that this program cannot read.</summary>
    public IEnumerable<PolicyDocument> Unreadable(long nowMs) =>
        _documents.Keys.Select(k => PageInForce(k, nowMs)).OfType<PolicyPage>().Where(p => p.Definition is null).Select(p => p.Document);

    /// <summary>Where a version stands at the time.</summary>
    public PolicyStanding Standing(PolicyDocument document, long nowMs) => document.State switch
    {
        PolicyState.Proposed => PolicyStanding.Proposed,
        PolicyState.Withdrawn => PolicyStanding.Withdrawn,
        _ when document.EffectiveMs > nowMs => PolicyStanding.Scheduled,
        _ => InForce(document.District, nowMs)?.Version == document.Version ? PolicyStanding.InForce : PolicyStanding.Superseded,
    };

    /// <summary>When the next approved version takes effect, in milliseconds since 1970-01-01T00:00:00Z; null when none is to.</summary>
    public long? NextMs(long nowMs) => Approved.Where(d => d.EffectiveMs > nowMs).Min(d => (long?)d.EffectiveMs);

    /// <summary>Approved versions that took effect from one time (included) to the other (included), in order of time.</summary>
    public IReadOnlyList<PolicyDocument> Entered(long fromMs, long nowMs) =>
        [.. Approved.Where(d => d.EffectiveMs >= fromMs && d.EffectiveMs <= nowMs).OrderBy(d => d.EffectiveMs)];

    /// <summary>Zones of all versions that are in force or will be, by district; those of the city's document, which hold in all, under the empty text.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<NoSensingZone>> Zones(long nowMs) => _documents.ToImmutableSortedDictionary(
        d => d.Key,
        d => d.Value
            .Where(p => Standing(p.Document, nowMs) is PolicyStanding.InForce or PolicyStanding.Scheduled)
            .SelectMany(p => p.Definition?.Zones ?? [])
            .ToImmutableArray(),
        StringComparer.Ordinal);

    /// <summary>
    /// What is in force in each district. A document in force that this program cannot read leaves its districts without policy: with a part of it
    /// missing, more could be permitted than was decided.
    /// </summary>
    /// <param name="districts">Ids of the registered districts.</param>
    /// <param name="registryVersion">Version of the registry that has them.</param>
    /// <param name="nowMs">The time.</param>
    /// <param name="before">Policies that are the same are taken from here, so that what was compiled of them stays of use.</param>
    public PolicySnapshot Snapshot(IEnumerable<string> districts, long registryVersion, long nowMs, PolicySnapshot? before)
    {
        var effective = ImmutableDictionary.CreateBuilder<string, EffectivePolicy>(StringComparer.Ordinal);
        foreach (var district in districts)
        {
            if (Effective(district, nowMs, before?.Districts.GetValueOrDefault(district)) is { } policy)
            {
                effective[district] = policy;
            }
        }

        // What has taken effect and the registry's version both only grow, so the sum does too, from one start to the next.
        var sequence = Approved.Count(d => d.EffectiveMs <= nowMs) + registryVersion;
        return new(City, Math.Max(sequence, (before?.Sequence ?? 0) + 1), effective.ToImmutable());
    }

    private EffectivePolicy? Effective(string district, long nowMs, EffectivePolicy? before)
    {
        var (city, own) = (PageInForce(null, nowMs), PageInForce(district, nowMs));
        if ((city is null && own is null) || city is { Definition: null } || own is { Definition: null })
        {
            return null;
        }

        var (cityVersion, ownVersion) = (city?.Document.Version ?? 0, own?.Document.Version ?? 0);
        return before?.CityVersion == cityVersion && before.DistrictVersion == ownVersion
            ? before
            : PolicyInheritance.Merge(city?.Definition, cityVersion, own?.Definition, ownVersion, district);
    }

    private PolicyPage? PageInForce(string? district, long nowMs) => Pages(district)
        .Where(p => p.Document.State == PolicyState.Approved && p.Document.EffectiveMs <= nowMs)
        .OrderBy(p => p.Document.EffectiveMs)
        .ThenBy(p => p.Document.Version)
        .LastOrDefault();

    private ImmutableArray<PolicyPage> Pages(string? district) => _documents.GetValueOrDefault(Key(district), []);

    private static string Key(string? district) => district ?? string.Empty;
}
