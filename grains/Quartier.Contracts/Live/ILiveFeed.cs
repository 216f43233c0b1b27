namespace Quartier.Contracts.Live;

/// <summary>
/// The port through which grains tell watchers that something changed. A watcher is told which subject changed, not to what:
/// it then asks for the state as anybody would, so that every way to data passes the same decision. Never blocks; free while nobody watches.
/// </summary>
public interface ILiveFeed
{
    /// <summary>True while someone watches the city.</summary>
    bool IsWatched(string city);

    /// <summary>
    /// A subject of the city changed: <c>sensor/{gateway}/{sensor}</c>, <c>asset/{id}</c>, or <c>alert/{district}/{id}/</c> and the subject that the alert is
    /// about, which watchers are not told.
    /// </summary>
    void Changed(string city, string subject);
}
