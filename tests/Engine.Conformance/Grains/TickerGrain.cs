using Orleans;
using Orleans.Runtime;

namespace Quartier.Engine.Conformance.Grains;

public sealed class TickerGrain : Grain, ITicker, IRemindable
{
    private IGrainTimer? _timer;
    private int _ticks;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Signals.Count(this.GetPrimaryKeyString() + ".activated");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Signals.Set(this.GetPrimaryKeyString() + ".ended");
        return Task.CompletedTask;
    }

    public Task Start(string name, TimeSpan due, TimeSpan period, bool interleave, bool keepAlive)
    {
        _timer = this.RegisterGrainTimer(
            (string signal) =>
            {
                _ticks++;
                Signals.Count(signal + ".ticks");
                Signals.Set(signal + ".tick");
                return Task.CompletedTask;
            },
            name,
            new GrainTimerCreationOptions(due, period) { Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public async Task Hold(string name)
    {
        Signals.Set(name + ".in");
        await Signals.Wait(name + ".go");
    }

    public Task<int> Ticks() => Task.FromResult(_ticks);

    public Task Remind(string name, TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder(name, due, period);

    public async Task Forget(string name) => await this.UnregisterReminder((await this.GetReminder(name))!);

    public async Task<string> Reminders() =>
        string.Join(" ", (await this.GetReminders()).Select(reminder => reminder.ReminderName).Order(StringComparer.Ordinal));

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        Signals.Count($"{this.GetPrimaryKeyString()}.{reminderName}");
        return Task.CompletedTask;
    }
}
