namespace Quartier.Contracts.Policies;

/// <summary>The port behind which policy documents rest, durable and with all their versions.</summary>
public interface IPolicyStore
{
    /// <summary>All versions of all documents of the city, by district (the city's own first) and version.</summary>
    ValueTask<IReadOnlyList<PolicyDocument>> LoadAsync(string city, CancellationToken cancellationToken);

    /// <summary>Ids of the cities that have documents.</summary>
    ValueTask<IReadOnlyList<string>> CitiesAsync(CancellationToken cancellationToken);

    /// <summary>Stores a new version, or a stored one with another state; durable on return.</summary>
    /// <exception cref="Readings.StoreException">The version is neither the next one nor a stored one with the same text.</exception>
    ValueTask SaveAsync(PolicyDocument document, CancellationToken cancellationToken);
}
