using System.Text;
using Gateway.Tests.Mqtt;
using Quartier.Gateway.Mqtt;
using Quartier.Gateway.Replay;

namespace Gateway.Tests.Replay;

public sealed class ReplayerTests : IDisposable
{
    private const int Rows = 200;
    private readonly string directory = Directory.CreateTempSubdirectory("quartier-replay-").FullName;

    public ReplayerTests()
    {
        Directory.CreateDirectory(Path.Combine(directory, "bicycle-counts"));
        Write("a-2026-07.csv", "1 (Alpha)", Rows, minutes: 15);
        Write("b-2026-07.csv", "2 (Beta)", Rows, minutes: 15);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Replay_sends_every_reading_once_on_one_connection_a_gateway()
    {
        await using var broker = new FakeBroker();

        var result = await ReplayAsync(broker);

        Assert.Equal((2, 2 * Rows, 2 * Rows), (result.Gateways, result.Messages, result.Readings));
        Assert.Equal((2 * Rows, 2 * Rows, 0), (result.AcknowledgedMessages, result.AcknowledgedReadings, result.RefusedMessages));
        Assert.Equal(["alpha", "beta"], broker.Publications.Select(publication => publication.Client).Distinct().Order());
        Assert.Equal(2 * Rows, broker.Publications.Select(publication => publication.Topic + publication.Text).Distinct().Count());
        Assert.Contains(broker.Publications, publication => publication is { Topic: "v1/muenster/beta/beta" }
            && publication.Text == """{"t":"2026-07-01T00:00:00+02:00","total":0}""");
    }

    [Fact]
    public async Task Replay_lets_no_gateway_run_ahead_of_what_another_has_acknowledged()
    {
        await using var broker = new FakeBroker();

        await ReplayAsync(broker);

        var reached = new Dictionary<string, int>(StringComparer.Ordinal) { ["alpha"] = 0, ["beta"] = 0 };
        foreach (var (client, row) in broker.Publications.Select(publication => (publication.Client, Row(publication.Text))))
        {
            reached[client] = row;
            var lead = Math.Abs(reached["alpha"] - reached["beta"]);
            Assert.True(lead <= 6, $"{client} at row {row} is {lead} quarters of an hour ahead; two slices of half an hour allow 6");
        }
    }

    [Fact]
    public async Task Replay_counts_what_the_server_refuses()
    {
        await using var broker = new FakeBroker { Answer = publication => publication.Client == "beta" ? (byte)0x87 : (byte)0 };

        var result = await ReplayAsync(broker);

        Assert.Equal((Rows, Rows), (result.AcknowledgedReadings, result.RefusedMessages));
    }

    [Fact]
    public async Task Replay_ends_for_all_gateways_when_the_server_refuses_one_connection()
    {
        await using var broker = new FakeBroker { ConnectCode = 5 };

        await Assert.ThrowsAsync<MqttConnectionException>(() => ReplayAsync(broker));
    }

    [Fact]
    public async Task Clock_lets_an_event_wait_for_its_time_divided_by_the_speed()
    {
        var time = new ManualTime();
        var clock = new ReplayClock(time, firstEventMs: 0, speed: 600);

        var quarter = clock.WhenDueAsync(15 * 60_000, Guarded.Token);
        time.Advance(TimeSpan.FromSeconds(1.4));
        Assert.False(quarter.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));
        await quarter.Soon();
        Assert.True(clock.WhenDueAsync(10 * 60_000, Guarded.Token).IsCompleted);
    }

    [Fact]
    public void Directory_without_files_is_refused_with_a_remedy()
    {
        var empty = Directory.CreateTempSubdirectory("quartier-empty-").FullName;

        var refusal = Assert.Throws<SourceFormatException>(() => CityFiles.Read(empty));

        Assert.Contains("deploy/sample-city/muenster", refusal.Message, StringComparison.Ordinal);
        Directory.Delete(empty);
    }

    private Task<ReplayResult> ReplayAsync(FakeBroker broker) => Replayer.RunAsync(
        CityFiles.Read(directory), new ReplayOptions("127.0.0.1", broker.Port), TimeProvider.System, progress: null, Guarded.Token).Soon();

    private static int Row(string payload) => int.Parse(payload.Split(':')[^1].TrimEnd('}'));

    private void Write(string name, string channel, int rows, int minutes)
    {
        var start = new DateTime(2026, 7, 1, 0, 0, 0, DateTimeKind.Unspecified);
        var text = new StringBuilder($"Datetime,{channel},{channel.Split(' ')[0]}-status\n");
        for (var row = 0; row < rows; row++)
        {
            text.Append($"{start.AddMinutes(row * minutes):yyyy-MM-dd HH:mm},{row},0\n");
        }

        File.WriteAllText(Path.Combine(directory, "bicycle-counts", name), text.ToString());
    }
}
