using System.Collections.Frozen;
using Quartier.Contracts.Registry;

namespace Quartier.Silo.Registry;

/// <summary>The snapshots in force, replaced as a whole; reading costs one volatile read and one look-up.</summary>
internal sealed class InMemoryRegistry : IRegistry
{
    private readonly Lock _gate = new();
    private FrozenDictionary<string, RegistrySnapshot> _cities = FrozenDictionary<string, RegistrySnapshot>.Empty;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Cities => [.. Volatile.Read(ref _cities).Keys.Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public RegistrySnapshot? Find(string city) => Volatile.Read(ref _cities).GetValueOrDefault(city);

    /// <inheritdoc/>
    public void Publish(RegistrySnapshot snapshot)
    {
        lock (_gate)
        {
            if (Find(snapshot.City.Id)?.Version >= snapshot.Version)
            {
                return;
            }

            var cities = _cities.ToDictionary(StringComparer.Ordinal);
            cities[snapshot.City.Id] = snapshot;
            Volatile.Write(ref _cities, cities.ToFrozenDictionary(StringComparer.Ordinal));
        }
    }
}
