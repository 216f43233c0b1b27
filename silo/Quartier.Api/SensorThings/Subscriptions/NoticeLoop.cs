using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartier.Api.SensorThings.Districts;
using Quartier.Api.SensorThings.Formats;
using Quartier.Api.SensorThings.Projection;

namespace Quartier.Api.SensorThings.Subscriptions;

/// <summary>Tells subscribers what happens, one thing after the other, and lets the entities follow registry and policies while somebody has subscribed.</summary>
internal sealed class NoticeLoop(
    NoticeQueue queue,
    SubscribedTopics topics,
    EntityNotices entityNotices,
    ObservationNotices observationNotices,
    NamingStreams naming,
    EntityProjection projection,
    NoticePublisher publisher,
    IOptions<QuartierApiOptions> options,
    TimeProvider time,
    ILogger<NoticeLoop> logger) : BackgroundService
{
    /// <summary>How long a change of registry or policies may go unnoticed while nobody asks over HTTP.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(TellAsync(stoppingToken), FollowAsync(stoppingToken));

    private async Task TellAsync(CancellationToken stoppingToken)
    {
        using var watch = naming.Watch(queue.Add);
        while (await queue.Waiting.WaitToReadAsync(stoppingToken).ConfigureAwait(false))
        {
            while (queue.Waiting.TryRead(out var happening))
            {
                await TellAsync(happening, stoppingToken).ConfigureAwait(false);
            }
        }
    }

    private async Task TellAsync(Happening happening, CancellationToken stoppingToken)
    {
        try
        {
            var links = new EntityLinks($"{options.Value.PublicRoot?.Invoke() ?? string.Empty}{EntityLinks.Path}");
            if (happening.Changes.IsDefault)
            {
                // A reading may come before anybody has asked for the entities of the registry that knows its datastream.
                await projection.EnsureAsync(stoppingToken).ConfigureAwait(false);
                await observationNotices.TellAsync(happening.Number, happening.TimeMs, links, publisher.Publish, stoppingToken).ConfigureAwait(false);
                return;
            }

            observationNotices.Forget();
            await entityNotices.TellAsync(happening.Changes, links, publisher.Publish, stoppingToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            // The boundary of the loop: what cannot be told must not silence what comes after it.
            queue.Drop(1);
            Log.NotTold(logger, failure);
        }
    }

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                if (!topics.IsEmpty)
                {
                    await projection.EnsureAsync(stoppingToken).ConfigureAwait(false);
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // The boundary of the loop: the next tick tries again.
                Log.ProjectionFailed(logger, failure);
            }
        }
    }
}
