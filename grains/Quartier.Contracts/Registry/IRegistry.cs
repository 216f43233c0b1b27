namespace Quartier.Contracts.Registry;

/// <summary>
/// The port through which grains, endpoint and API see what is registered: an immutable snapshot for each city, replaced as a whole.
/// </summary>
public interface IRegistry
{
    /// <summary>Ids of the registered cities.</summary>
    IReadOnlyCollection<string> Cities { get; }

    /// <summary>The city's snapshot, or null when no such city is registered.</summary>
    RegistrySnapshot? Find(string city);

    /// <summary>Replaces the city's snapshot; called by the city's grain after the document is durable.</summary>
    void Publish(RegistrySnapshot snapshot);
}
