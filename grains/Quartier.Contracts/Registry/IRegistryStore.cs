namespace Quartier.Contracts.Registry;

/// <summary>The port behind which the cities' registry documents rest, durable and with their history.</summary>
public interface IRegistryStore
{
    /// <summary>The newest document of each city, with what is registered beside its file.</summary>
    ValueTask<IReadOnlyList<RegistryDocument>> LoadAllAsync(CancellationToken cancellationToken);

    /// <summary>Stores a new version of the file; durable on return. Fails when the version is not the stored one + 1.</summary>
    /// <exception cref="Readings.StoreException">Another version was stored meanwhile.</exception>
    ValueTask SaveAsync(RegistryDocument document, CancellationToken cancellationToken);

    /// <summary>Stores an amendment in one transaction; durable on return, as a whole or not at all.</summary>
    /// <param name="city">Id of the city; its file is stored already.</param>
    /// <param name="version">The stored one + 1; 0 when only entities change, which is no new version.</param>
    /// <param name="amendment">What changes.</param>
    /// <param name="timeMs">When, in milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="cancellationToken">Gives up before it began.</param>
    /// <returns>Why nothing was changed; null when all was.</returns>
    /// <exception cref="Readings.StoreException">Another version was stored meanwhile.</exception>
    ValueTask<AmendRefusal?> AmendAsync(string city, long version, RegistryAmendment amendment, long timeMs, CancellationToken cancellationToken);
}
