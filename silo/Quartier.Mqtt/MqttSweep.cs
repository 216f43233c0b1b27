using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Quartier.Mqtt;

/// <summary>One timer for all connections, and the end of all when the host stops.</summary>
internal sealed class MqttSweep(MqttEndpoint endpoint, IHostApplicationLifetime lifetime, ILogger<MqttSweep> logger) : IHostedService, IDisposable
{
    private ITimer? _timer;
    private int _sweeping;
    private CancellationTokenRegistration _stopping;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        endpoint.Start();
        var period = endpoint.Options.SweepPeriod;
        _timer = endpoint.Time.CreateTimer(static state => _ = ((MqttSweep)state!).SweepAsync(), this, period, period);

        // Kestrel stops before hosted services do, and waits for connections: they must be told at the first sign.
        _stopping = lifetime.ApplicationStopping.Register(endpoint.Stop);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _timer?.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _stopping.Dispose();
    }

    private async Task SweepAsync()
    {
        if (Interlocked.Exchange(ref _sweeping, 1) == 1)
        {
            return; // The last one waits for an ingest that is slow to take a will.
        }

        try
        {
            await endpoint.SweepAsync().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // The boundary of a timer: a failed sweep must not end the process.
            MqttLog.SweepFailed(logger, failure);
        }
        finally
        {
            Volatile.Write(ref _sweeping, 0);
        }
    }
}
