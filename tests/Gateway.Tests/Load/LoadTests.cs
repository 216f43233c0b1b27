using System.Globalization;
using System.Text.Json;
using Gateway.Tests.Mqtt;
using Quartier.Gateway.Load;

namespace Gateway.Tests.Load;

public sealed class LoadTests : IDisposable
{
    private readonly string record = Path.Combine(Path.GetTempPath(), $"quartier-load-{Guid.NewGuid():N}.jsonl");

    public void Dispose() => File.Delete(record);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(3, 7, 1_000_000)]
    [InlineData(59_999, 999_999, 1L << 40)]
    public void Payload_says_what_the_sequence_says(int gateway, int sensor, long index)
    {
        var sequence = new LoadSequence(LoadOptions.DefaultBaseMs, 1);
        var bytes = new byte[LoadSequence.LargestPayloadBytes];

        var written = sequence.WritePayload(bytes, gateway, sensor, index);

        using var json = JsonDocument.Parse(bytes.AsMemory(0, written));
        Assert.Equal(sequence.TimeMs(index), json.RootElement.GetProperty("t").GetInt64());
        Assert.Equal(LoadSequence.Value(gateway, sensor, index), json.RootElement.GetProperty("value").GetDouble());
        Assert.Equal(index, sequence.Index(sequence.TimeMs(index)));
    }

    [Fact]
    public void Sequence_stays_within_its_stated_range_and_differs_between_sensors()
    {
        var first = Enumerable.Range(0, 3000).Select(index => LoadSequence.Hundredths(0, 0, index)).ToArray();
        var second = Enumerable.Range(0, 3000).Select(index => LoadSequence.Hundredths(0, 1, index)).ToArray();

        Assert.All(first, value => Assert.InRange(value, 1500, 2515));
        Assert.NotEqual(first, second);
        Assert.Null(new LoadSequence(0, 1000).Index(1500));
        Assert.Null(new LoadSequence(1000, 1000).Index(0));
    }

    [Fact]
    public async Task Load_offers_the_sequence_of_every_sensor_and_records_what_was_acknowledged()
    {
        await using var broker = new FakeBroker();
        var options = Options(broker) with { Gateways = 3, Sensors = 4 };

        var result = await LoadTest.RunAsync(options, record, TimeProvider.System, Guarded.Token).Soon();

        Assert.True(result.Offered > 0);
        Assert.Equal((result.Offered, 0, 0), (result.Acknowledged, result.Refused, result.Unanswered));
        var read = LoadRecord.Read(record);
        Assert.Equal(result.Acknowledged, read.AcknowledgedCount);
        AssertReceivedIsRecorded(broker, read);
    }

    [Fact]
    public async Task Load_with_faults_still_gets_every_reading_acknowledged()
    {
        await using var broker = new FakeBroker();
        var faults = new LoadFaults { Disconnects = 0.002, Duplicates = 0.05, Reordering = 0.05, Garbage = 0.02 };
        var options = Options(broker) with { Gateways = 2, Sensors = 3, Rate = 4000, Duration = TimeSpan.FromMilliseconds(500), Faults = faults };

        var result = await LoadTest.RunAsync(options, record, TimeProvider.System, Guarded.Token).Soon();

        Assert.Equal((result.Offered, 0), (result.Acknowledged, result.Unanswered));
        Assert.True(result.Duplicates > 0 && result.Garbage > 0, $"{result}");
        var read = LoadRecord.Read(record);
        Assert.Equal(result.Offered, read.AcknowledgedCount);
        AssertReceivedIsRecorded(broker, read);
        Assert.True(HasLaterBeforeEarlier(broker), "no reading came after its sensor's next one");
    }

    [Fact]
    public async Task Load_records_a_refusal_as_not_acknowledged()
    {
        var answered = 0;
        await using var broker = new FakeBroker { Answer = _ => Interlocked.Increment(ref answered) == 3 ? (byte)0x97 : (byte)0 };
        var options = Options(broker) with { Gateways = 1, Sensors = 2 };

        var result = await LoadTest.RunAsync(options, record, TimeProvider.System, Guarded.Token).Soon();

        Assert.Equal((1, result.Offered - 1), (result.Refused, result.Acknowledged));
        var read = LoadRecord.Read(record);
        Assert.True(read.IsAcknowledged(0, 0, 0));
        Assert.False(read.IsAcknowledged(0, 0, 1));
        Assert.True(read.IsAcknowledged(0, 1, 1));
    }

    [Fact]
    public async Task Load_without_answers_reports_them_as_unanswered()
    {
        await using var broker = new FakeBroker { Answer = _ => null };
        var options = Options(broker) with { Gateways = 1, Window = 16, Rate = 100, Drain = TimeSpan.Zero };

        var result = await LoadTest.RunAsync(options, recordPath: null, TimeProvider.System, Guarded.Token).Soon();

        Assert.Equal((0, result.Offered), (result.Acknowledged, result.Unanswered));
    }

    [Fact]
    public async Task Load_tells_what_was_due_and_could_not_be_sent()
    {
        await using var broker = new FakeBroker();
        var options = Options(broker) with { Gateways = 2, Window = 1, MessagesPerWrite = 1, Rate = 100_000_000 };

        var result = await LoadTest.RunAsync(options, recordPath: null, TimeProvider.System, Guarded.Token).Soon();

        Assert.InRange(result.Due, 9_999_999, 10_000_001);
        Assert.InRange(result.Offered, 2, result.Due - 1);
        Assert.True(result.HeldBackShare > 0, $"{result}");
        var calm = await LoadTest.RunAsync(options with { Rate = null }, recordPath: null, TimeProvider.System, Guarded.Token).Soon();
        Assert.Equal(calm.Offered, calm.Due);
    }

    [Fact]
    public async Task Whole_bursts_fall_due()
    {
        await using var broker = new FakeBroker();
        var options = Options(broker) with { Gateways = 2, Rate = 2000, Burst = 64 };

        var result = await LoadTest.RunAsync(options, recordPath: null, TimeProvider.System, Guarded.Token).Soon();

        // 15.6 bursts a second and gateway: after 0.1 s one of the first and, half a burst ahead, two of the second.
        Assert.Equal(3 * 64, result.Due);
        Assert.InRange(result.Offered, 0, result.Due);
        Assert.Equal(result.Offered, result.Acknowledged);
    }

    [Fact]
    public async Task Load_with_quality_0_waits_for_nothing()
    {
        await using var broker = new FakeBroker();
        var options = Options(broker) with { Gateways = 1, Acknowledged = false, Rate = 2000 };

        var result = await LoadTest.RunAsync(options, recordPath: null, TimeProvider.System, Guarded.Token).Soon();
        await broker.WhenReceived((int)result.Offered).Soon();

        Assert.Equal((0, 0), (result.Acknowledged, result.Unanswered));
        Assert.Equal(result.Offered, broker.Publications.Count);
    }

    [Fact]
    public void Record_counts_the_readings_of_each_sensor()
    {
        File.WriteAllText(
            record,
            """
            {"format":1,"city":"bench","gateways":1,"sensors":4,"first_index":100,"base_ms":0,"step_ms":1,"qos":1}
            {"gateway":0,"offered":10,"acknowledged":[[0,3],[6,9]]}
            """);

        var read = LoadRecord.Read(record);

        Assert.Equal([3L, 3L, 2L, 2L], Enumerable.Range(0, 4).Select(sensor => read.OfferedReadings(0, sensor)));
        Assert.False(read.IsAcknowledged(0, 0, 99));
        Assert.True(read.IsAcknowledged(0, 0, 100));
        Assert.False(read.IsAcknowledged(0, 0, 101));
        Assert.True(read.IsAcknowledged(0, 2, 101));
    }

    [Theory]
    [InlineData("", "no record")]
    [InlineData("{\"format\":2,\"city\":\"b\",\"gateways\":1,\"sensors\":1,\"first_index\":0,\"base_ms\":0,\"step_ms\":1,\"qos\":1}", "format 2")]
    [InlineData("{\"format\":1,\"city\":\"b\",\"gateways\":1,\"sensors\":1,\"first_index\":0,\"base_ms\":0,\"step_ms\":1,\"qos\":1}", "no record")]
    public void Record_that_is_none_is_refused(string text, string because)
    {
        File.WriteAllText(record, text);

        Assert.Contains(because, Assert.Throws<InvalidDataException>(() => LoadRecord.Read(record)).Message, StringComparison.Ordinal);
    }

    private static LoadOptions Options(FakeBroker broker) => new("127.0.0.1", broker.Port) { Duration = TimeSpan.FromMilliseconds(100) };

    /// <summary>Everything that arrived follows the sequence, and everything acknowledged arrived.</summary>
    private static void AssertReceivedIsRecorded(FakeBroker broker, LoadRecord read)
    {
        var arrived = Readings(broker).ToList();
        Assert.All(arrived, reading => Assert.Equal(LoadSequence.Value(reading.Gateway, reading.Sensor, reading.Index), reading.Value));
        Assert.All(arrived, reading => Assert.True(read.IsAcknowledged(reading.Gateway, reading.Sensor, reading.Index), $"{reading}"));
        Assert.All(arrived, reading => Assert.True(reading.Index < read.OfferedReadings(reading.Gateway, reading.Sensor), $"{reading}"));
        Assert.Equal(read.AcknowledgedCount, arrived.Select(reading => (reading.Gateway, reading.Sensor, reading.Index)).Distinct().Count());
    }

    private static bool HasLaterBeforeEarlier(FakeBroker broker) => Readings(broker)
        .GroupBy(reading => (reading.Gateway, reading.Sensor))
        .Any(sensor => sensor.Zip(sensor.Skip(1)).Any(pair => pair.Second.Index < pair.First.Index));

    private static IEnumerable<(int Gateway, int Sensor, long Index, double Value)> Readings(FakeBroker broker)
    {
        foreach (var publication in broker.Publications.Where(publication => publication.Text.StartsWith("{\"t\":17513", StringComparison.Ordinal)))
        {
            using var json = JsonDocument.Parse(publication.Payload);
            var levels = publication.Topic.Split('/');
            var sequence = new LoadSequence(LoadOptions.DefaultBaseMs, 1000);
            yield return (
                int.Parse(levels[2][1..], CultureInfo.InvariantCulture),
                int.Parse(levels[3][1..], CultureInfo.InvariantCulture),
                sequence.Index(json.RootElement.GetProperty("t").GetInt64())!.Value,
                json.RootElement.GetProperty("value").GetDouble());
        }
    }
}
