using Quartier.Contracts.Live;

namespace Quartier.Simulation.Silos;

/// <summary>A live feed without watchers.</summary>
internal sealed class NobodyWatches : ILiveFeed
{
    /// <inheritdoc/>
    public bool IsWatched(string city) => false;

    /// <inheritdoc/>
    public void Changed(string city, string subject)
    {
        // Nobody is told.
    }
}
