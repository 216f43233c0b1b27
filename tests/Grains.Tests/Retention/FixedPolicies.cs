using System.Collections.Immutable;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;

namespace Grains.Tests.Retention;

/// <summary>Policies that keep what they are told; none by default.</summary>
internal sealed class FixedPolicies : IPolicies
{
    private PolicySnapshot? _snapshot;

    public PolicySnapshot? Find(string city) => _snapshot;

    public void Publish(PolicySnapshot snapshot) => _snapshot = snapshot;

    /// <summary>One policy of the district that keeps everything for so long.</summary>
    public FixedPolicies Keep(string district, RetentionDefinition retention)
    {
        var stream = new StreamPolicy(
            "all", ["*/*/*"], DataClass.Public, ["order"], "City", "office", new("a", "b", "c", "d"), retention, false, false);
        var merged = new PolicyDefinition("town", district, [], [stream], [], [], [], [], null);
        Publish(new("town", (_snapshot?.Sequence ?? 0) + 1, (_snapshot?.Districts ?? ImmutableDictionary<string, EffectivePolicy>.Empty).SetItem(district, new(0, 7, merged))));
        return this;
    }
}
