using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Quartier.Api.SensorThings.Projection;

/// <summary>Catches up once after a start, so that the first caller does not wait for it. Whatever goes wrong is told, and tried again by the next answer.</summary>
internal sealed class ProjectionStart(EntityProjection projection, ILogger<ProjectionStart> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await projection.EnsureAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Log.ProjectionStopped(logger);
        }
        catch (Exception e)
        {
            // The boundary of the service: what is thrown here would stop the whole silo, and a sensor that wakes for longer than a call waits is no reason to.
            Log.ProjectionFailed(logger, e);
        }
    }
}
