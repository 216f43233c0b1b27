using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Silo.Registry;

/// <summary>The snapshots in force, replaced as a whole; reading costs one volatile read and one look-up.</summary>
internal sealed class InMemoryRegistry : IRegistry
{
    private ImmutableDictionary<string, RegistrySnapshot> _cities = ImmutableDictionary.Create<string, RegistrySnapshot>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Cities => [.. Volatile.Read(ref _cities).Keys.Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public RegistrySnapshot? Find(string city) => Volatile.Read(ref _cities).GetValueOrDefault(city);

    /// <inheritdoc/>
    public void Publish(RegistrySnapshot snapshot) =>
        ImmutableInterlocked.AddOrUpdate(
            ref _cities, snapshot.City.Id, snapshot, (_, known) => known.Version >= snapshot.Version ? known : snapshot);
}
