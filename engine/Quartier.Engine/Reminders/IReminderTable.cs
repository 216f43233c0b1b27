using Orleans.Runtime;

namespace Orleans;

/// <summary>Where reminders survive a restart.</summary>
public interface IReminderTable
{
    /// <summary>Called once before anything else.</summary>
    Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <summary>The grain's reminders.</summary>
    Task<ReminderTableData> ReadRows(GrainId grainId);

    /// <summary>The reminders whose grain has a uniform hash in (begin, end]; all of them when both are equal.</summary>
    Task<ReminderTableData> ReadRows(uint begin, uint end);

    /// <summary>One reminder, or null.</summary>
    Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName);

    /// <summary>Adds or replaces; returns the new version.</summary>
    Task<string?> UpsertRow(ReminderEntry entry);

    /// <summary>Removes if the version is still the stored one; false otherwise.</summary>
    Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag);

    /// <summary>Removes all; for tests.</summary>
    Task TestOnlyClearTable();

    /// <summary>Called once at the end.</summary>
    Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
}
