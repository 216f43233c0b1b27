namespace Quartier.Mqtt.Sessions;

/// <summary>
/// The port behind which sessions and retained messages survive a restart: the silo fills it. Records are keys and values that only the endpoint
/// understands; the store knows their order, when they end, and when they are on the disk.
/// </summary>
public interface ISessionStore
{
    /// <summary>Every record that has not ended at this time, in milliseconds since 1970-01-01T00:00:00Z. Called once, before the endpoint listens.</summary>
    IReadOnlyList<StoredRecord> Read(long nowMs);

    /// <summary>
    /// Applies all changes, in their order, or none. Calls take effect in their order, from whichever threads they come.
    /// </summary>
    /// <returns>Completes when they are on the disk; fails when they cannot be brought there.</returns>
    Task WriteAsync(IReadOnlyList<StoredChange> changes);
}
