using System.Collections.Concurrent;
using Quartier.Contracts.Registry;

namespace Api.Tests.Fakes;

internal sealed class FakeRegistry : IRegistry, IRegistryStore
{
    private readonly ConcurrentDictionary<string, RegistrySnapshot> _snapshots = new(StringComparer.Ordinal);

    public List<RegistryDocument> Documents { get; } = [];

    public IReadOnlyCollection<string> Cities => [.. _snapshots.Keys];

    public RegistrySnapshot? Find(string city) => _snapshots.GetValueOrDefault(city);

    public void Publish(RegistrySnapshot snapshot) => _snapshots[snapshot.City.Id] = snapshot;

    public void Forget(string city) => _snapshots.TryRemove(city, out _);

    public ValueTask<IReadOnlyList<RegistryDocument>> LoadAllAsync(CancellationToken cancellationToken) => new(Documents);

    public ValueTask SaveAsync(RegistryDocument document, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<AmendRefusal?> AmendAsync(
        string city, long version, RegistryAmendment amendment, long timeMs, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
