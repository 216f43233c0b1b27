using Orleans.Runtime;

namespace Orleans;

/// <summary>A grain that can be woken by reminders.</summary>
public interface IRemindable : IGrain
{
    /// <summary>A reminder fired; activates the grain when needed.</summary>
    Task ReceiveReminder(string reminderName, TickStatus status);
}
