namespace Quartier.Gateway.Load;

/// <summary>Offers readings of many gateways to a silo and measures its acknowledgements.</summary>
public static class LoadTest
{
    /// <summary>Connections opened at the same time: a listening socket's queue holds 128 by default on Linux before 5.4.</summary>
    private const int ConnectionsAtOnce = 64;

    /// <summary>Runs one test to its end, or until it is cancelled; then what was done so far is the result.</summary>
    /// <param name="options">What to offer.</param>
    /// <param name="recordPath">Where to write the record by which a store can be verified; null for none.</param>
    /// <param name="time">Clock for pace and latencies.</param>
    /// <param name="cancellation">Ends the test early.</param>
    /// <exception cref="Mqtt.MqttConnectionException">The silo cannot be reached or refuses a gateway.</exception>
    public static async Task<LoadResult> RunAsync(LoadOptions options, string? recordPath, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var gateways = Enumerable.Range(0, options.Gateways).Select(number => new LoadGateway(number, options, time)).ToArray();
        try
        {
            foreach (var group in gateways.Chunk(ConnectionsAtOnce))
            {
                await Task.WhenAll(group.Select(gateway => gateway.ConnectAsync(cancellation))).ConfigureAwait(false);
            }

            var cpu = Environment.CpuUsage.TotalTime;
            var start = time.GetTimestamp();
            await Task.WhenAll(gateways.Select(gateway => Task.Run(() => gateway.OfferAsync(cancellation), CancellationToken.None)))
                .ConfigureAwait(false);
            await DrainAsync(gateways, options.Drain, time, cancellation).ConfigureAwait(false);
            var seconds = time.GetElapsedTime(start).TotalSeconds;
            var result = Sum(gateways, options, seconds, Environment.CpuUsage.TotalTime - cpu, time);
            if (recordPath is not null)
            {
                LoadRecord.Write(recordPath, options, gateways);
            }

            return result;
        }
        finally
        {
            await Task.WhenAll(gateways.Select(gateway => gateway.DisposeAsync().AsTask())).ConfigureAwait(false);
        }
    }

    private static async Task DrainAsync(LoadGateway[] gateways, TimeSpan limit, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            var answers = gateways.Select(gateway => gateway.Publisher.WhenAcknowledgedAsync(gateway.Publisher.Published, cancellation));
            await Task.WhenAll(answers).WaitAsync(limit, time, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // What is still unanswered is part of the result.
            return;
        }
    }

    private static LoadResult Sum(LoadGateway[] gateways, LoadOptions options, double seconds, TimeSpan cpu, TimeProvider time)
    {
        var latency = new LatencyHistogram(time.TimestampFrequency);
        foreach (var gateway in gateways)
        {
            latency.Add(gateway.Latency);
        }

        var offered = gateways.Sum(gateway => gateway.Offered);
        var acknowledged = gateways.Sum(gateway => gateway.AcknowledgedMessages.Count);
        var refused = gateways.Sum(gateway => gateway.Publisher.RefusedCount);
        return new LoadResult(
            offered,
            acknowledged,
            refused,
            options.Acknowledged ? gateways.Sum(Unanswered) : 0,
            gateways.Sum(gateway => gateway.Duplicates),
            gateways.Sum(gateway => gateway.Garbage),
            gateways.Sum(gateway => gateway.Publisher.ResentCount),
            gateways.Sum(gateway => gateway.Publisher.LostConnections),
            Math.Round(latency.PercentileMs(0.50), 3),
            Math.Round(latency.PercentileMs(0.99), 3),
            Math.Round(seconds, 3),
            Math.Round(cpu.TotalSeconds, 3),
            Math.Round((options.Acknowledged ? acknowledged : offered) / seconds, 1),
            gateways.Sum(gateway => Math.Max(gateway.Due, gateway.Offered)),
            Math.Round(gateways.Sum(gateway => gateway.HeldBack.TotalSeconds) / (options.Gateways * options.Duration.TotalSeconds), 3));
    }

    private static long Unanswered(LoadGateway gateway) =>
        gateway.Publisher.Published - gateway.Publisher.AcknowledgedCount - gateway.Publisher.RefusedCount;
}
