using Quartier.Contracts.Registry;

namespace Grains.Tests.Fakes;

/// <summary>The registry and its documents in memory.</summary>
internal sealed class MemoryRegistry : IRegistry, IRegistryStore
{
    private readonly Dictionary<string, RegistrySnapshot> _cities = new(StringComparer.Ordinal);

    public List<RegistryDocument> Documents { get; } = [];

    public IReadOnlyCollection<string> Cities => _cities.Keys;

    public RegistrySnapshot? Find(string city) => _cities.GetValueOrDefault(city);

    public void Publish(RegistrySnapshot snapshot) => _cities[snapshot.City.Id] = snapshot;

    public ValueTask<IReadOnlyList<RegistryDocument>> LoadAllAsync(CancellationToken cancellationToken) => new([.. Documents]);

    public ValueTask SaveAsync(RegistryDocument document, CancellationToken cancellationToken)
    {
        Documents.Add(document);
        return ValueTask.CompletedTask;
    }
}
