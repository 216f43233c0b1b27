using System.Text;
using Quartier.Gateway.Mqtt;

namespace Quartier.Gateway.Load;

/// <summary>One connection of a load test. Message <c>k</c> is reading <c>FirstIndex + k / sensors</c> of sensor <c>k mod sensors</c>.</summary>
internal sealed class LoadGateway : IAsyncDisposable
{
    /// <summary>How often the loop looks at the clock: rarely enough to cost nothing, often enough to end on time.</summary>
    private const int MessagesBetweenClockReads = 32;

    /// <summary>Shortest pause at a given rate: what falls due meanwhile goes out together.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(2);

    /// <summary>Marks messages that are no readings.</summary>
    private const long GarbageTag = -1;

    /// <summary>A reserved packet type with a length of five bytes: malformed in two ways.</summary>
    private static readonly byte[] MalformedPacket = [0x0F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];

    private readonly int number;
    private readonly LoadOptions options;
    private readonly TimeProvider time;
    private readonly byte[][] topics;
    private readonly byte[] payload = new byte[LoadSequence.LargestPayloadBytes];
    private readonly MqttPublisher publisher;
    private readonly Random random;
    private readonly bool hasFaults;
    private long? held;
    private long heldUntil;

    public LoadGateway(int number, LoadOptions options, TimeProvider time)
    {
        this.number = number;
        this.options = options;
        this.time = time;
        topics = [.. Enumerable.Range(0, options.Sensors).Select(sensor => Encoding.UTF8.GetBytes($"v1/{options.City}/g{number}/s{sensor}"))];
        random = new Random(unchecked((options.Seed * 31) + number)); // Not a hash, which each process would take from another seed.
        hasFaults = options.Faults != new LoadFaults();
        Latency = new LatencyHistogram(time.TimestampFrequency);
        publisher = new MqttPublisher(
            new MqttPublisherOptions(options.Host, options.Port, $"g{number}")
            {
                Version = options.Version,
                Credential = options.Credentials.Of(options.City, $"g{number}"),
                Trust = options.Trust,
                Acknowledged = options.Acknowledged,
                Window = options.Window,
                MessagesPerWrite = options.MessagesPerWrite,
            },
            time,
            Take);
    }

    public LatencyHistogram Latency { get; }

    /// <summary>Numbers of the messages that the server took.</summary>
    public RangeSet AcknowledgedMessages { get; } = new();

    /// <summary>Readings offered: message numbers below it.</summary>
    public long Offered { get; private set; }

    /// <summary>Readings that its sensors had by the end, at the rate given; as many as were offered when there is no rate.</summary>
    public long Due { get; private set; }

    /// <summary>How long it had something to send and could not, because its window or the socket was full.</summary>
    public TimeSpan HeldBack { get; private set; }

    public long Duplicates { get; private set; }

    public long Garbage { get; private set; }

    public MqttPublisher Publisher => publisher;

    public Task ConnectAsync(CancellationToken cancellation) => publisher.ConnectAsync(cancellation);

    /// <summary>Offers readings until the duration is over or <paramref name="cancellation"/> ends it.</summary>
    public async Task OfferAsync(CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        try
        {
            while (time.GetElapsedTime(start) is var elapsed && elapsed < options.Duration)
            {
                var due = DueBy(elapsed);
                for (var count = 0; count < MessagesBetweenClockReads && Offered < due; count++)
                {
                    await HoldAsync(OfferOneAsync(cancellation)).ConfigureAwait(false);
                }

                if (Offered >= due)
                {
                    await PauseAsync(elapsed, cancellation).ConfigureAwait(false);
                }
            }

            Due = options.Rate is null ? Offered : Math.Max(Offered, DueBy(options.Duration));
            await ReleaseHeldAsync(cancellation).ConfigureAwait(false);
            await publisher.FlushAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ended from outside: what has been offered so far is the result.
            return;
        }
    }

    public async ValueTask DisposeAsync() => await publisher.DisposeAsync().ConfigureAwait(false);

    /// <summary>Gateways are staggered, so that not all are due at the same moment.</summary>
    private long DueBy(TimeSpan elapsed)
    {
        if (options.Rate is not { } rate)
        {
            return long.MaxValue;
        }

        return options.Burst * (long)((elapsed.TotalSeconds * BurstsPerSecond(rate)) + ((double)number / options.Gateways));
    }

    private async Task PauseAsync(TimeSpan elapsed, CancellationToken cancellation)
    {
        await publisher.FlushAsync(cancellation).ConfigureAwait(false);
        var nextDue = TimeSpan.FromSeconds(((Offered / options.Burst) + 1 - ((double)number / options.Gateways)) / BurstsPerSecond(options.Rate!.Value));
        var pause = nextDue - elapsed;
        await Task.Delay(pause < ShortestPause ? ShortestPause : pause, time, cancellation).ConfigureAwait(false);
    }

    private double BurstsPerSecond(double rate) => rate / options.Gateways / options.Burst;

    private async ValueTask HoldAsync(ValueTask offer)
    {
        if (offer.IsCompletedSuccessfully)
        {
            return;
        }

        var since = time.GetTimestamp();
        await offer.ConfigureAwait(false);
        HeldBack += time.GetElapsedTime(since);
    }

    private ValueTask OfferOneAsync(CancellationToken cancellation)
    {
        var message = Offered++;
        return hasFaults ? new ValueTask(PublishWithFaultsAsync(message, cancellation)) : PublishAsync(message, cancellation);
    }

    private ValueTask PublishAsync(long message, CancellationToken cancellation)
    {
        var sensor = (int)(message % options.Sensors);
        var bytes = options.Sequence.WritePayload(payload, number, sensor, options.FirstIndex + (message / options.Sensors));
        return publisher.PublishAsync(topics[sensor], payload.AsMemory(0, bytes), message, cancellation);
    }

    private async Task PublishWithFaultsAsync(long message, CancellationToken cancellation)
    {
        if (held is null && random.NextDouble() < options.Faults.Reordering)
        {
            held = message;
            heldUntil = message + options.Sensors;
            return;
        }

        await PublishAsync(message, cancellation).ConfigureAwait(false);
        if (random.NextDouble() < options.Faults.Duplicates)
        {
            Duplicates++;
            await PublishAsync(message, cancellation).ConfigureAwait(false);
        }

        if (message >= heldUntil)
        {
            await ReleaseHeldAsync(cancellation).ConfigureAwait(false);
        }

        if (random.NextDouble() < options.Faults.Garbage)
        {
            await PublishGarbageAsync(message, cancellation).ConfigureAwait(false);
        }

        if (random.NextDouble() < options.Faults.Disconnects)
        {
            await publisher.FlushAsync(cancellation).ConfigureAwait(false);
            publisher.Abort();
        }
    }

    private async Task ReleaseHeldAsync(CancellationToken cancellation)
    {
        if (held is { } message)
        {
            held = null;
            await PublishAsync(message, cancellation).ConfigureAwait(false);
        }
    }

    private async Task PublishGarbageAsync(long message, CancellationToken cancellation)
    {
        Garbage++;
        if (random.Next(8) == 0)
        {
            await publisher.WriteRawAsync(MalformedPacket, cancellation).ConfigureAwait(false);
            return;
        }

        var bytes = new byte[random.Next(1, 40)];
        random.NextBytes(bytes);
        bytes[0] = (byte)'{';
        await publisher.PublishAsync(topics[message % options.Sensors], bytes, GarbageTag, cancellation).ConfigureAwait(false);
    }

    private void Take(Acknowledgement acknowledgement)
    {
        Latency.Record(acknowledgement.Waited);
        if (acknowledgement.Tag != GarbageTag && !acknowledgement.IsRefusal)
        {
            AcknowledgedMessages.Add(acknowledgement.Tag);
        }
    }
}
