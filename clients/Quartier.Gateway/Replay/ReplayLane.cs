using System.Text;
using Quartier.Gateway.Load;
using Quartier.Gateway.Mqtt;

namespace Quartier.Gateway.Replay;

/// <summary>One gateway of a replay: its connection and its messages in order of time.</summary>
internal sealed class ReplayLane : IAsyncDisposable
{
    private readonly ReplayMessage[] messages;
    private readonly byte[][] topics;
    private readonly MqttPublisher publisher;
    private int next;

    public ReplayLane(string gateway, IEnumerable<ReplayMessage> messages, ReplayOptions options, TimeProvider time)
    {
        this.messages = [.. messages];
        var known = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        topics = [.. this.messages.Select(message => Topic(known, options.City, message))];
        Latency = new LatencyHistogram(time.TimestampFrequency);
        var connection = new MqttPublisherOptions(options.Host, options.Port, gateway)
        {
            Window = options.Window,
            Credential = options.Credentials.Of(options.City, gateway),
            Trust = options.Trust,
        };
        publisher = new MqttPublisher(connection, time, Take);
    }

    public LatencyHistogram Latency { get; }

    public long AcknowledgedReadings { get; private set; }

    public MqttPublisher Publisher => publisher;

    public Task ConnectAsync(CancellationToken cancellation) => publisher.ConnectAsync(cancellation);

    /// <summary>Publishes what lies before <paramref name="endMs"/>, each message when it is due.</summary>
    /// <returns>Property values published.</returns>
    public async Task<long> PublishUntilAsync(long endMs, ReplayClock clock, CancellationToken cancellation)
    {
        long readings = 0;
        while (next < messages.Length && messages[next].TimeMs < endMs)
        {
            var due = clock.WhenDueAsync(messages[next].TimeMs, cancellation);
            if (!due.IsCompleted)
            {
                await publisher.FlushAsync(cancellation).ConfigureAwait(false);
                await due.ConfigureAwait(false);
            }

            await publisher.PublishAsync(topics[next], messages[next].Payload, next, cancellation).ConfigureAwait(false);
            readings += messages[next].Readings;
            next++;
        }

        await publisher.FlushAsync(cancellation).ConfigureAwait(false);
        return readings;
    }

    /// <summary>Messages published so far.</summary>
    public long Published => next;

    /// <summary>Waits until that many messages are answered.</summary>
    public Task WhenAcknowledgedAsync(long count, CancellationToken cancellation) => publisher.WhenAcknowledgedAsync(count, cancellation);

    public ValueTask DisposeAsync() => publisher.DisposeAsync();

    private static byte[] Topic(Dictionary<string, byte[]> known, string city, ReplayMessage message)
    {
        if (!known.TryGetValue(message.Sensor, out var topic))
        {
            known[message.Sensor] = topic = Encoding.UTF8.GetBytes($"v1/{city}/{message.Gateway}/{message.Sensor}");
        }

        return topic;
    }

    private void Take(Acknowledgement acknowledgement)
    {
        Latency.Record(acknowledgement.Waited);
        AcknowledgedReadings += acknowledgement.IsRefusal ? 0 : messages[acknowledgement.Tag].Readings;
    }
}
