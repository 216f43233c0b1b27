using Quartier.Contracts.Policies;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Policies;

using Site = (string Sensor, ReadSite Before, ReadSite After);

/// <summary>Compares what two policies allow. Datastreams that both treat alike are judged once.</summary>
internal sealed class ImpactComparison
{
    private readonly EffectivePolicy? _before;
    private readonly EffectivePolicy? _after;
    private readonly CompiledPolicy _old;
    private readonly CompiledPolicy _new;
    private readonly RegistrySnapshot _registry;
    private readonly long _nowMs;
    private readonly List<(Site First, int Count)> _kinds;

    public ImpactComparison(EffectivePolicy? before, EffectivePolicy? after, RegistrySnapshot registry, string district, long nowMs)
    {
        _before = before;
        _after = after;
        _old = CompiledPolicy.Compile(before, registry, district);
        _new = CompiledPolicy.Compile(after, registry, district);
        _registry = registry;
        _nowMs = nowMs;
        _kinds =
        [
            .. _old.Sites.Select(s => (s.Sensor, Before: s.Site, After: _new.Site(s.Sensor, s.Site.Property)!))
                .GroupBy(s => (Kind(s.Before), Kind(s.After)))
                .Select(g => ((Site)g.First(), g.Count())),
        ];
    }

    public PolicyImpact Run()
    {
        var (old, next) = (Denials(_before), Denials(_after));
        return new PolicyImpact(
            [
                .. Access().OrderBy(c => c.Principal, StringComparer.Ordinal)
                    .ThenBy(c => c.Purpose, StringComparer.Ordinal)
                    .ThenBy(c => c.Stream, StringComparer.Ordinal)
                    .ThenBy(c => c.Example, StringComparer.Ordinal),
            ],
            [.. Shorter()],
            [.. next.Where(d => !old.Contains(d)).Select(d => d.Id)],
            [.. old.Where(d => !next.Contains(d)).Select(d => d.Id)]);
    }

    private List<AccessChange> Access()
    {
        var principals = References(_before).Concat(References(_after)).Append("public").Distinct(StringComparer.Ordinal).ToList();
        var purposes = _old.Purposes.Concat(_new.Purposes).Distinct(StringComparer.Ordinal).ToList();
        var changes = new List<AccessChange>();
        foreach (var (site, count) in _kinds)
        {
            foreach (var purpose in purposes)
            {
                changes.AddRange(Access(site, count, purpose, principals));
            }
        }

        return changes;
    }

    private IEnumerable<AccessChange> Access(Site site, int count, string purpose, List<string> principals)
    {
        var everybody = Change(Principal.Public, purpose, site);
        foreach (var reference in principals)
        {
            var change = reference is "public" ? everybody : Change(Standing(reference), purpose, site);
            if (change.Before != change.After && (reference is "public" || change != everybody))
            {
                var stream = (site.After.Stream ?? site.Before.Stream)!.Definition.Id;
                yield return new AccessChange(
                    reference, purpose, stream, change.Before, change.After, count, $"{site.Sensor}/{site.Before.Property}");
            }
        }
    }

    private (ReadAccess? Before, ReadAccess? After) Change(Principal principal, string purpose, in Site site) =>
        (_old.Reach(principal, purpose, site.Before, _nowMs), _new.Reach(principal, purpose, site.After, _nowMs));

    private IEnumerable<RetentionChange> Shorter() =>
        _old.Sites
            .Select(s => (Example: $"{s.Sensor}/{s.Site.Property}", Old: s.Site.Stream, New: _new.Site(s.Sensor, s.Site.Property)!.Stream))
            .Select(s => (s.Example, Stream: s.New?.Definition.Id ?? "quarantine", Before: Kept(s.Example, s.Old), After: Kept(s.Example, s.New)))
            .Where(s => s.After.RawDays < s.Before.RawDays || s.After.HourDays < s.Before.HourDays || s.After.DayDays < s.Before.DayDays)
            .GroupBy(s => (s.Stream, s.Before, s.After))
            .Select(g => new RetentionChange(g.Key.Stream, g.Key.Before, g.Key.After, g.Count(), g.First().Example))
            .OrderBy(c => c.Stream, StringComparer.Ordinal)
            .ThenBy(c => c.Example, StringComparer.Ordinal);

    private RetentionDefinition Kept(string datastream, CompiledStream? stream)
    {
        var levels = datastream.Split('/');
        var registered = _registry.Sensor(levels[0], levels[1])!.Datastreams.First(d => string.Equals(d.Property, levels[2], StringComparison.Ordinal));
        var rawDays = StreamTerms.Apply(registered, stream?.Definition).RetentionDays;
        return stream is null ? new RetentionDefinition(rawDays, 0, 0) : stream.Definition.Retention with { RawDays = rawDays };
    }

    /// <summary>What distinguishes a datastream for the decision: its entry, and the areas of the grants outside of which it lies.</summary>
    private static (string? Stream, string Outside) Kind(ReadSite site) =>
        (site.Stream?.Definition.Id, site.Outside is null ? "" : string.Concat(site.Outside.Select(o => o ? '1' : '0')));

    private static IEnumerable<string> References(EffectivePolicy? policy) =>
        policy is null ? [] : policy.Merged.Grants.SelectMany(g => g.Principals).Concat(policy.Merged.Denials.SelectMany(d => d.Principals));

    private static HashSet<(string Id, string Text)> Denials(EffectivePolicy? policy) =>
        [.. (policy?.Merged.Denials ?? []).Select(d => (d.Id, PolicyWords.Of(d)))];

    /// <summary>Someone who is only what the reference says.</summary>
    private static Principal Standing(string reference)
    {
        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        var id = reference[(colon + 1)..];
        return reference[..Math.Max(0, colon)] switch
        {
            "person" => new Principal(PrincipalKind.Person, id, id, [], [], null, long.MaxValue),
            "office" => new Principal(PrincipalKind.Person, "", "", [id], [], null, long.MaxValue),
            "role" when PolicyWords.Roles.TryGetValue(id, out var role) => new Principal(PrincipalKind.Person, "", "", [], [role], null, long.MaxValue),
            "contract" => new Principal(PrincipalKind.System, "", "", [], [], id, long.MaxValue),
            _ => Principal.Public,
        };
    }
}
