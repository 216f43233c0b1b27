using Quartier.Gateway.Load;

namespace Quartier.Gateway.Replay;

/// <summary>Sends a city's files through MQTT, one connection a gateway, all by one clock.</summary>
public static class Replayer
{
    /// <summary>How many slices of event time a gateway may be ahead of the slowest one's acknowledgements.</summary>
    private const int SlicesAhead = 2;

    /// <summary>Replays everything and waits for the last acknowledgement.</summary>
    /// <param name="files">What to send.</param>
    /// <param name="options">How.</param>
    /// <param name="time">Clock for pace and latencies.</param>
    /// <param name="progress">Called as event time goes on, from any thread; or null.</param>
    /// <param name="cancellation">Ends the replay early.</param>
    /// <exception cref="Mqtt.MqttConnectionException">The silo cannot be reached or refuses a gateway.</exception>
    public static async Task<ReplayResult> RunAsync(
        CityFiles files, ReplayOptions options, TimeProvider time, Action<ReplayProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var lanes = files.Messages.GroupBy(message => message.Gateway, StringComparer.Ordinal)
            .Select(group => new ReplayLane(group.Key, group, options, time)).ToArray();
        using var together = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            await Task.WhenAll(lanes.Select(lane => lane.ConnectAsync(together.Token))).ConfigureAwait(false);
            var run = new Run(files, options, time, progress, lanes.Length);
            var start = time.GetTimestamp();
            await WhenAllOrFirstFailureAsync(lanes, run, together).ConfigureAwait(false);
            return Sum(lanes, files, time.GetElapsedTime(start).TotalSeconds, time);
        }
        finally
        {
            foreach (var lane in lanes)
            {
                await lane.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>A gateway that fails would leave the others waiting for it at the barrier: so it ends them.</summary>
    private static async Task WhenAllOrFirstFailureAsync(ReplayLane[] lanes, Run run, CancellationTokenSource together)
    {
        var running = lanes.Select(lane => run.DriveAsync(lane, together.Token)).ToList();
        var open = new List<Task>(running);
        while (open.Count > 0)
        {
            var ended = await Task.WhenAny(open).ConfigureAwait(false);
            open.Remove(ended);
            if (!ended.IsCompletedSuccessfully)
            {
                await together.CancelAsync().ConfigureAwait(false);
                await Task.WhenAll(open).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await ended.ConfigureAwait(false);
            }
        }
    }

    private static ReplayResult Sum(ReplayLane[] lanes, CityFiles files, double seconds, TimeProvider time)
    {
        var latency = new LatencyHistogram(time.TimestampFrequency);
        foreach (var lane in lanes)
        {
            latency.Add(lane.Latency);
        }

        return new ReplayResult(
            lanes.Length,
            lanes.Sum(lane => lane.Publisher.Published),
            files.Readings,
            lanes.Sum(lane => lane.Publisher.AcknowledgedCount),
            lanes.Sum(lane => lane.AcknowledgedReadings),
            lanes.Sum(lane => lane.Publisher.RefusedCount),
            lanes.Sum(lane => lane.Publisher.LostConnections),
            seconds,
            latency);
    }

    /// <summary>What all gateways of one replay share.</summary>
    private sealed class Run
    {
        private readonly Action<ReplayProgress>? progress;
        private readonly ReplayClock clock;
        private readonly SliceBarrier barrier;
        private readonly long firstMs;
        private readonly long sliceMs;
        private readonly int slices;
        private readonly long allReadings;
        private long readings;

        public Run(CityFiles files, ReplayOptions options, TimeProvider time, Action<ReplayProgress>? progress, int gateways)
        {
            this.progress = progress;
            firstMs = files.Messages.Min(message => message.TimeMs);
            sliceMs = (long)options.Slice.TotalMilliseconds;
            slices = (int)((files.Messages.Max(message => message.TimeMs) - firstMs) / sliceMs) + 1;
            allReadings = files.Readings;
            clock = new ReplayClock(time, firstMs, options.Speed);
            barrier = new SliceBarrier(slices, gateways);
        }

        public async Task DriveAsync(ReplayLane lane, CancellationToken cancellation)
        {
            var sent = new long[slices];
            for (var slice = 0; slice < slices; slice++)
            {
                await AcknowledgeAsync(lane, sent, slice - SlicesAhead, cancellation).ConfigureAwait(false);
                await barrier.WhenAll(slice - SlicesAhead).WaitAsync(cancellation).ConfigureAwait(false);
                var endMs = firstMs + ((slice + 1) * sliceMs);
                Interlocked.Add(ref readings, await lane.PublishUntilAsync(endMs, clock, cancellation).ConfigureAwait(false));
                sent[slice] = lane.Published;
            }

            for (var slice = Math.Max(0, slices - SlicesAhead); slice < slices; slice++)
            {
                await AcknowledgeAsync(lane, sent, slice, cancellation).ConfigureAwait(false);
            }
        }

        private async Task AcknowledgeAsync(ReplayLane lane, long[] sent, int slice, CancellationToken cancellation)
        {
            if (slice < 0)
            {
                return;
            }

            await lane.WhenAcknowledgedAsync(sent[slice], cancellation).ConfigureAwait(false);
            if (barrier.Signal(slice))
            {
                progress?.Invoke(new ReplayProgress(firstMs + ((slice + 1) * sliceMs), Interlocked.Read(ref readings), allReadings));
            }
        }
    }
}
