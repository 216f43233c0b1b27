namespace Quartier.Contracts.Live;

/// <summary>The port through which somebody is told what <see cref="ILiveFeed"/> brings.</summary>
public interface ILiveWatch
{
    /// <summary>Watches a city until the token is cancelled.</summary>
    /// <param name="city">Its id.</param>
    /// <param name="onChanged">Called with the subjects that changed, at most twice a second, one call after the other; with true when changes were dropped, so that everything must be read again.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False when too many watch already.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    Task<bool> WatchAsync(string city, Func<IReadOnlyCollection<string>, bool, Task> onChanged, CancellationToken cancellationToken);
}
