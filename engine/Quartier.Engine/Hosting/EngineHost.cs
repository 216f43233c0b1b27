using Microsoft.Extensions.Hosting;
using Quartier.Engine.Reminders;

namespace Quartier.Engine.Hosting;

/// <summary>Starts and stops the engine with the process.</summary>
internal sealed class EngineHost(GrainEngine engine, ReminderClock reminders) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        engine.Start();
        return reminders.StartAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await reminders.StopAsync(cancellationToken).ConfigureAwait(false);
        await engine.StopAsync(cancellationToken).ConfigureAwait(false);
    }
}
