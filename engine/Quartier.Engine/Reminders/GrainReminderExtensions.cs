using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Timers;

namespace Orleans;

/// <summary>What a grain can ask of the reminders.</summary>
public static class GrainReminderExtensions
{
    /// <summary>Adds or changes a reminder; the grain must implement <see cref="IRemindable"/>.</summary>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        RegisterOrUpdateReminder((IGrainBase)grain, reminderName, dueTime, period);

    /// <summary>Adds or changes a reminder; the grain must implement <see cref="IRemindable"/>.</summary>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(
        this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        var (context, reminders) = Of(grain);
        ThrowIfUnnamed(reminderName);
        if (grain is not IRemindable)
        {
            throw new InvalidOperationException($"Grain {context.GrainId} must implement IRemindable to use reminders.");
        }

        return reminders.RegisterOrUpdateReminder(context.GrainId, reminderName, dueTime, period);
    }

    /// <summary>Removes a reminder.</summary>
    public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder) => UnregisterReminder((IGrainBase)grain, reminder);

    /// <summary>Removes a reminder.</summary>
    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder)
    {
        var (context, reminders) = Of(grain);
        return reminders.UnregisterReminder(context.GrainId, reminder);
    }

    /// <summary>A reminder by name, or null.</summary>
    public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName) => GetReminder((IGrainBase)grain, reminderName);

    /// <summary>A reminder by name, or null.</summary>
    public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName)
    {
        var (context, reminders) = Of(grain);
        ThrowIfUnnamed(reminderName);
        return reminders.GetReminder(context.GrainId, reminderName);
    }

    /// <summary>All reminders of the grain.</summary>
    public static Task<List<IGrainReminder>> GetReminders(this Grain grain) => GetReminders((IGrainBase)grain);

    /// <summary>All reminders of the grain.</summary>
    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain)
    {
        var (context, reminders) = Of(grain);
        return reminders.GetReminders(context.GrainId);
    }

    private static (IGrainContext Context, IReminderRegistry Reminders) Of(IGrainBase? grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return (grain.GrainContext, grain.GrainContext.ActivationServices.GetRequiredService<IReminderRegistry>());
    }

    private static void ThrowIfUnnamed(string reminderName)
    {
        if (string.IsNullOrWhiteSpace(reminderName))
        {
            throw new ArgumentNullException(nameof(reminderName));
        }
    }
}
