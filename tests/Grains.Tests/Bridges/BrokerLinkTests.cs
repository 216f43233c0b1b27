using System.Net.Sockets;
using System.Text;
using Mqtt.Tests.Peers;
using Quartier.Mqtt.Bridges;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;

namespace Grains.Tests.Bridges;

/// <summary>The client's side of a bridge over a real mosquitto: what is not safe is not acknowledged, and nothing more is read meanwhile.</summary>
public sealed class BrokerLinkTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("quartier-link-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [PeerFact]
    public async Task Slow_ingest_holds_the_broker_back_and_what_it_did_not_finish_comes_again()
    {
        await using var broker = await Mosquitto.StartAsync(_directory, "max_inflight_messages 10");
        var slow = new SlowIngest();
        using (var ending = new CancellationTokenSource())
        {
            var subscribed = new TaskCompletionSource();
            var (running, stream) = await ConnectAsync(broker, slow, subscribed.SetResult, ending.Token);
            await subscribed.Task;
            await broker.PublishAsync("a", Enumerable.Range(0, 100).Select(i => $"{i}"));
            await slow.Began.Task;

            // The broker has everything, and may have ten messages on the way: whatever it sends, there is one call until that one is done.
            Assert.Equal(1, slow.Calls);
            Assert.InRange(slow.Messages.Count, 1, 10);
            slow.Release.SetException(new IOException("the disk is full"));
            await Assert.ThrowsAsync<IOException>(() => running);
            await stream.DisposeAsync();
        }

        var quick = new SlowIngest { Wanted = 100 };
        quick.Release.SetResult();
        using (var ending = new CancellationTokenSource())
        {
            var counters = new BrokerCounters();
            var (running, stream) = await ConnectAsync(broker, quick, static () => { }, ending.Token, counters);
            await quick.Reached.Task;
            await ending.CancelAsync();
            await running;
            await stream.DisposeAsync();
            Assert.InRange(counters.Repeated, slow.Messages.Count, 100);
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"a={i}"), quick.Messages);
    }

    [Theory]
    [InlineData("20020004", "The broker refuses user name or password.")]
    [InlineData("20020005", "The broker does not permit this client; ask for its user name, password or certificate.")]
    [InlineData("2003000000", "The broker answered CONNECT with ConnAck of 3 bytes; does it speak MQTT 3.1.1?")]
    [InlineData("200200009003000180", "The broker refuses the subscription to 'a'.")]
    [InlineData("200200009003000100", "The broker grants 'a' at quality of service 0 only: messages would get lost while this side is away.")]
    [InlineData("20020000", "The broker closed the connection.")]
    public async Task Refusals_of_the_broker_are_told_in_words(string answer, string expected)
    {
        using var stream = new ScriptedStream(Convert.FromHexString(answer));
        using var link = new BrokerLink(stream, Session("a"), new SlowIngest(), new BrokerCounters(), TimeProvider.System);
        var refusal = await Assert.ThrowsAsync<BrokerException>(() => link.RunAsync(static () => { }, TestContext.Current.CancellationToken));
        Assert.Equal(expected, refusal.Message);
    }

    [Theory]
    [InlineData("30050001616162")]
    [InlineData("200200002002000000")]
    [InlineData("20020000340700016100016161")]
    [InlineData("2002000082050001000161")]
    [InlineData("20FFFFFFFF")]
    public async Task What_is_no_MQTT_ends_the_connection(string answer)
    {
        using var stream = new ScriptedStream(Convert.FromHexString(answer));
        using var link = new BrokerLink(stream, Session("a"), new SlowIngest(), new BrokerCounters(), TimeProvider.System);
        await Assert.ThrowsAsync<MqttProtocolException>(() => link.RunAsync(static () => { }, TestContext.Current.CancellationToken));
    }

    private static async Task<(Task Running, NetworkStream Stream)> ConnectAsync(
        Mosquitto broker, SlowIngest ingest, Action onSubscribed, CancellationToken ending, BrokerCounters? counters = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", broker.Port, TestContext.Current.CancellationToken);
        var stream = new NetworkStream(socket, ownsSocket: true);
        return (new BrokerLink(stream, Session("a"), ingest, counters ?? new(), TimeProvider.System).RunAsync(onSubscribed, ending), stream);
    }

    private static BrokerSession Session(params string[] filters) => new("town", null, default, filters, TimeSpan.FromSeconds(60), 1024);

    private sealed class SlowIngest : IIngestSession
    {
        public TaskCompletionSource Began { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Wanted { get; init; }

        public int Calls { get; private set; }

        public List<string> Messages { get; } = [];

        public bool MayWatchServer => false;

        public ValueTask Accept(ReadOnlySpan<IncomingPublish> publishes, Memory<ReasonCode> reasons)
        {
            Calls++;
            foreach (var publish in publishes)
            {
                Messages.Add($"{Encoding.UTF8.GetString(publish.Topic.Span)}={Encoding.UTF8.GetString(publish.Payload.Span)}");
            }

            Began.TrySetResult();
            if (Messages.Count == Wanted)
            {
                Reached.TrySetResult();
            }

            return new(Release.Task);
        }

        public ReasonCode MaySubscribe(string filter, QualityOfService wanted) => ReasonCode.NotAuthorized;

        public ValueTask<bool> MayReceive(OutgoingMessage message, string? purpose) => ValueTask.FromResult(false);

        public void Closed()
        {
            // Nothing is kept.
        }
    }

    /// <summary>Answers what it was told, whatever is written to it, and then ends.</summary>
    private sealed class ScriptedStream(byte[] answer) : MemoryStream(answer)
    {
        public override bool CanWrite => true;

        public override void Write(byte[] buffer, int offset, int count)
        {
            // Whatever is asked, the answer stands.
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
