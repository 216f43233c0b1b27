using System.Collections.Frozen;
using Quartier.Contracts.Policies;

namespace Quartier.Silo.Policies;

/// <summary>The policies in force, replaced as a whole; reading costs one volatile read and one look-up.</summary>
internal sealed class InMemoryPolicies : IPolicies
{
    private readonly Lock _gate = new();
    private FrozenDictionary<string, PolicySnapshot> _cities = FrozenDictionary<string, PolicySnapshot>.Empty;

    /// <inheritdoc/>
    public PolicySnapshot? Find(string city) => Volatile.Read(ref _cities).GetValueOrDefault(city);

    /// <inheritdoc/>
    public void Publish(PolicySnapshot snapshot)
    {
        lock (_gate)
        {
            if (Find(snapshot.City)?.Sequence >= snapshot.Sequence)
            {
                return;
            }

            var cities = _cities.ToDictionary(StringComparer.Ordinal);
            cities[snapshot.City] = snapshot;
            Volatile.Write(ref _cities, cities.ToFrozenDictionary(StringComparer.Ordinal));
        }
    }
}
