using System.Globalization;
using System.Text;
using System.Text.Json;
using Quartier.Benchmarks.Processes;
using Quartier.Contracts.Readings;
using Quartier.Gateway.Load;
using Quartier.Gateway.Mqtt;

namespace Quartier.Benchmarks.Reads;

/// <summary>Sensors with a whole day of readings, one a minute, behind a gateway of their own that takes no part in the load.</summary>
/// <param name="gateway">Number of that gateway in the load city.</param>
/// <param name="sensors">How many of its sensors have the day.</param>
internal sealed class SensorDays(int gateway, int sensors)
{
    /// <summary>Readings of the day.</summary>
    public const int Readings = 1_440;

    /// <summary>The day before the load's first: the city's clock runs on through it, and nothing seems missing.</summary>
    private const long StartMs = LoadOptions.DefaultBaseMs - (Readings * StepMs);

    private const long StepMs = 60_000;
    private static readonly LoadSequence Sequence = new(StartMs, StepMs);

    /// <summary>How many sensors have the day.</summary>
    public int Sensors => sensors;

    /// <summary>Readings in all.</summary>
    public long Count => (long)sensors * Readings;

    /// <summary>Publishes all days and waits for their acknowledgement.</summary>
    /// <exception cref="InvalidOperationException">The silo refused some.</exception>
    public async Task LoadAsync(SiloProcess silo)
    {
        var address = silo.Mqtt.Split(':');
        var options = new MqttPublisherOptions(address[0], int.Parse(address[1], CultureInfo.InvariantCulture), $"g{gateway}");
        await using var publisher = new MqttPublisher(options, TimeProvider.System);
        await publisher.ConnectAsync(CancellationToken.None).ConfigureAwait(false);
        var payload = new byte[LoadSequence.LargestPayloadBytes];
        for (var sensor = 0; sensor < sensors; sensor++)
        {
            var topic = Encoding.UTF8.GetBytes($"v1/{LoadCity.Id}/g{gateway}/s{sensor}");
            for (var minute = 0; minute < Readings; minute++)
            {
                var bytes = Sequence.WritePayload(payload, gateway, sensor, minute);
                await publisher.PublishAsync(topic, payload.AsMemory(0, bytes), minute, CancellationToken.None).ConfigureAwait(false);
            }
        }

        await publisher.WhenAcknowledgedAsync(CancellationToken.None).ConfigureAwait(false);
        if (publisher.AcknowledgedCount != Count)
        {
            throw new InvalidOperationException($"Of {Count} readings of whole days {publisher.AcknowledgedCount} were taken; the books of gateway g{gateway} say why.");
        }
    }

    /// <summary>Where a sensor's day is read.</summary>
    public Uri Address(int sensor) => new(
        $"api/cities/{LoadCity.Id}/sensors/g{gateway}/s{sensor}/value/readings?from={Iso(StartMs)}&to={Iso(StartMs + (Readings * StepMs))}&limit={Readings}",
        UriKind.Relative);

    /// <summary>Whether an answer holds the whole day, value by value.</summary>
    public bool IsWhole(int sensor, byte[] answer)
    {
        using var page = JsonDocument.Parse(answer);
        var items = page.RootElement.GetProperty("items");
        if (items.GetArrayLength() != Readings)
        {
            return false;
        }

        var minute = 0;
        foreach (var item in items.EnumerateArray())
        {
            var isRight = item.GetProperty("time").GetDateTimeOffset().ToUnixTimeMilliseconds() == Sequence.TimeMs(minute)
                && item.GetProperty("value").GetDouble().Equals(LoadSequence.Value(gateway, sensor, minute));
            if (!isRight)
            {
                return false;
            }

            minute++;
        }

        return true;
    }

    /// <summary>How many of the readings a store does not hold as they were sent.</summary>
    public async Task<long> LostAsync(IReadingStore store)
    {
        var lost = Count;
        for (var sensor = 0; sensor < sensors; sensor++)
        {
            var number = store.Register(new($"{LoadCity.Id}/g{gateway}/s{sensor}", "value"), TimeSpan.FromDays(36_500));
            var found = await store.RangeAsync(number, StartMs, StartMs + (Readings * StepMs), Readings + 1, CancellationToken.None).ConfigureAwait(false);
            lost -= found.Count(r => Sequence.Index(r.TimeMs) is { } minute && r.Value.Equals(LoadSequence.Value(gateway, sensor, minute)));
        }

        return lost;
    }

    private static string Iso(long timeMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(timeMs).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
