namespace Quartier.Contracts.Registry;

/// <summary>The port behind which the cities' registry documents rest, durable and with their history.</summary>
public interface IRegistryStore
{
    /// <summary>The newest document of each city.</summary>
    ValueTask<IReadOnlyList<RegistryDocument>> LoadAllAsync(CancellationToken cancellationToken);

    /// <summary>Stores a new version; durable on return. Fails when the version is not the stored one + 1.</summary>
    /// <exception cref="Readings.StoreException">Another version was stored meanwhile.</exception>
    ValueTask SaveAsync(RegistryDocument document, CancellationToken cancellationToken);
}
