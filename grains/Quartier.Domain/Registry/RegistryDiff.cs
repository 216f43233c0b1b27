using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Registry;

/// <summary>The difference between two registries, for people.</summary>
public static class RegistryDiff
{
    /// <summary>What changes; empty when nothing does, though the files may be written differently.</summary>
    /// <param name="old">What is registered; null when nothing is.</param>
    /// <param name="next">What shall be.</param>
    public static ImmutableArray<RegistryChange> Between(CityDefinition? old, CityDefinition next) => Compare(old, next).Changes;

    /// <summary>What changes, for people, and whom it concerns.</summary>
    /// <param name="old">What is registered; null when nothing is.</param>
    /// <param name="next">What shall be.</param>
    public static RegistryDifference Compare(CityDefinition? old, CityDefinition next)
    {
        var changes = ImmutableArray.CreateBuilder<RegistryChange>();
        CityDefinition[] before = old is null ? [] : [old];
        Compare(changes, "city", before, [next], c => c.Id, RegistryFacts.Of);
        Compare(changes, "office", old?.Offices ?? [], next.Offices, o => o.Id, RegistryFacts.Of);
        var districts = Compare(changes, "district", old?.Districts ?? [], next.Districts, d => d.Id, RegistryFacts.Of);
        Compare(changes, "gateway", old?.Gateways ?? [], next.Gateways, g => g.Id, RegistryFacts.Of);
        Compare(changes, "bridge", old?.Bridges ?? [], next.Bridges, b => b.Id, RegistryFacts.Of);
        var sensors = Compare(changes, "sensor", old?.Sensors ?? [], next.Sensors, s => $"{s.Gateway}/{s.Id}", RegistryFacts.Of);
        var types = Compare(changes, "asset type", old?.AssetTypes ?? [], next.AssetTypes, t => t.Id, RegistryFacts.Of);
        var assets = Compare(changes, "asset", old?.Assets ?? [], next.Assets, a => a.Id, RegistryFacts.Of);
        return new(changes.ToImmutable(), RegistryReach.Of(old, next, new(districts, sensors, types, assets)));
    }

    /// <summary>The same where only these entries beside the file may differ: nothing else is compared.</summary>
    /// <param name="old">What is registered.</param>
    /// <param name="next">What shall be.</param>
    /// <param name="changes">What may differ.</param>
    public static RegistryDifference Compare(RegistrySnapshot old, RegistrySnapshot next, ImmutableArray<RegistryAddition> changes)
    {
        var touched = changes.Select(c => (c.Kind, c.Key)).ToHashSet();
        return Compare(Touched(old.City, touched), Touched(next.City, touched));
    }

    private static CityDefinition Touched(CityDefinition city, HashSet<(RegistryAdditionKind Kind, string Key)> touched) => city with
    {
        Sensors = [.. city.Sensors.Where(s => touched.Contains((RegistryAdditionKind.Sensor, $"{s.Gateway}/{s.Id}")))],
        Assets = [.. city.Assets.Where(a => touched.Contains((RegistryAdditionKind.Asset, a.Id)))],
    };

    /// <summary>Whether a sensor's definition says the same as another one, though they may be objects of their own.</summary>
    public static bool AreSame(SensorDefinition one, SensorDefinition other) =>
        ReferenceEquals(one, other)
        || (string.Equals(one.Gateway, other.Gateway, StringComparison.Ordinal) && string.Equals(one.Id, other.Id, StringComparison.Ordinal)
            && RegistryFacts.Of(one).SequenceEqual(RegistryFacts.Of(other)));

    /// <summary>Appends what changes and returns the ids that were added, changed or removed.</summary>
    private static HashSet<string> Compare<T>(
        ImmutableArray<RegistryChange>.Builder changes,
        string kind,
        IReadOnlyCollection<T> old,
        IReadOnlyCollection<T> next,
        Func<T, string> key,
        Func<T, IEnumerable<(string Name, string Value)>> facts)
    {
        var touched = new HashSet<string>(StringComparer.Ordinal);
        var before = old.ToDictionary(key, StringComparer.Ordinal);
        foreach (var entity in next)
        {
            var id = key(entity);
            if (!before.Remove(id, out var known))
            {
                touched.Add(id);
                changes.Add(new RegistryChange(RegistryAction.Add, $"{kind} {id}", ""));
            }
            else if (Detail(facts(known), facts(entity)) is { Length: > 0 } detail)
            {
                touched.Add(id);
                changes.Add(new RegistryChange(RegistryAction.Change, $"{kind} {id}", detail));
            }
        }

        foreach (var id in before.Keys.Order(StringComparer.Ordinal))
        {
            touched.Add(id);
            changes.Add(new RegistryChange(RegistryAction.Remove, $"{kind} {id}", ""));
        }

        return touched;
    }

    private static string Detail(IEnumerable<(string Name, string Value)> old, IEnumerable<(string Name, string Value)> next)
    {
        var (before, after) = (old.ToList(), next.ToList());
        if (before.SequenceEqual(after))
        {
            return "";
        }

        var known = before.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);
        var parts = new List<string>();
        foreach (var (name, value) in after)
        {
            if (!known.Remove(name, out var was))
            {
                parts.Add($"{name}: added ({value})");
            }
            else if (!string.Equals(was, value, StringComparison.Ordinal))
            {
                parts.Add($"{name}: {was} → {value}");
            }
        }

        parts.AddRange(before.Where(f => known.ContainsKey(f.Name)).Select(f => $"{f.Name}: removed ({f.Value})"));
        return parts.Count == 0 ? "order changed" : string.Join("; ", parts);
    }
}
