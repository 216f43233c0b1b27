namespace Quartier.Contracts.Policies;

/// <summary>The port through which grains, endpoint and API see the policies in force: an immutable snapshot for each city, replaced as a whole.</summary>
public interface IPolicies
{
    /// <summary>The city's snapshot, or null while it has no policy: everything it measures is in quarantine then.</summary>
    PolicySnapshot? Find(string city);

    /// <summary>Replaces the city's snapshot unless a newer one is there; called by the city's policy grain and at start.</summary>
    void Publish(PolicySnapshot snapshot);
}
