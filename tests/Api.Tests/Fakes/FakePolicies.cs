using System.Collections.Concurrent;
using Quartier.Contracts.Policies;

namespace Api.Tests.Fakes;

/// <summary>The policies in force, as a test sets them.</summary>
internal sealed class FakePolicies : IPolicies
{
    private readonly ConcurrentDictionary<string, PolicySnapshot> _snapshots = new(StringComparer.Ordinal);

    public PolicySnapshot? Find(string city) => _snapshots.GetValueOrDefault(city);

    public void Publish(PolicySnapshot snapshot) => _snapshots[snapshot.City] = snapshot;

    /// <summary>Brings the same document into force in both districts of the sample city.</summary>
    public void Set(PolicyDefinition policy)
    {
        var sequence = (Find(SampleCity.Id)?.Sequence ?? 0) + 1;
        var districts = new[] { "mitte", "hafen" }.ToDictionary(d => d, d => new EffectivePolicy(sequence, 0, policy with { District = d }));
        Publish(new(SampleCity.Id, sequence, [.. districts]));
    }
}
