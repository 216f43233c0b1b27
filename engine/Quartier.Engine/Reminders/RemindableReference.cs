using Orleans;
using Orleans.Runtime;
using Quartier.Engine.Registration;

namespace Quartier.Engine.Reminders;

/// <summary>The reference by which the engine wakes a grain.</summary>
internal sealed class RemindableReference(InterfaceBinding binding, string key) : EmbeddedGrainReference(binding, key), IRemindable
{
    public Task ReceiveReminder(string reminderName, TickStatus status) => Call(new ReminderCall(this, reminderName, status));
}
