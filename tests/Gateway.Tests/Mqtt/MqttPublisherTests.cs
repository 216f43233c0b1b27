using System.Net;
using System.Net.Sockets;
using System.Text;
using Quartier.Gateway.Mqtt;

namespace Gateway.Tests.Mqtt;

public sealed class MqttPublisherTests
{
    private static readonly byte[] Topic = Encoding.UTF8.GetBytes("v1/muenster/neutor/neutor");

    [Theory]
    [InlineData(MqttVersion.V311, true)]
    [InlineData(MqttVersion.V311, false)]
    [InlineData(MqttVersion.V5, true)]
    [InlineData(MqttVersion.V5, false)]
    public async Task Publisher_delivers_topic_and_payload_in_order(MqttVersion version, bool acknowledged)
    {
        await using var broker = new FakeBroker();
        await using var publisher = Create(broker, options => options with { Version = version, Acknowledged = acknowledged, MessagesPerWrite = 7 });
        await publisher.ConnectAsync(Guarded.Token);

        await PublishAsync(publisher, 100);
        await publisher.WhenAcknowledgedAsync(Guarded.Token).Soon();
        await broker.WhenReceived(100).Soon();

        Assert.Equal(Enumerable.Range(0, 100).Select(Payload), broker.Publications.Select(publication => publication.Text));
        Assert.All(broker.Publications, publication => Assert.Equal("v1/muenster/neutor/neutor", publication.Topic));
        Assert.All(broker.Publications, publication => Assert.False(publication.Duplicate));
        Assert.Equal(acknowledged ? 100 : 0, publisher.AcknowledgedCount);
        Assert.Equal(100, publisher.Published);
    }

    [Fact]
    public async Task Publisher_waits_for_acknowledgements_when_its_window_is_full()
    {
        await using var broker = new FakeBroker { Answer = _ => null };
        await using var publisher = Create(broker, options => options with { Window = 10, MessagesPerWrite = 4 });
        await publisher.ConnectAsync(Guarded.Token);

        var publishing = PublishAsync(publisher, 11);
        await broker.WhenReceived(10).Soon();

        Assert.False(publishing.IsCompleted);
        Assert.Equal(10, broker.Publications.Count);
    }

    [Fact]
    public async Task Publisher_keeps_to_the_servers_receive_maximum()
    {
        await using var broker = new FakeBroker { Answer = _ => null, ReceiveMaximum = 3 };
        await using var publisher = Create(broker, options => options with { Window = 100, MessagesPerWrite = 1 });
        await publisher.ConnectAsync(Guarded.Token);

        var publishing = PublishAsync(publisher, 4);
        await broker.WhenReceived(3).Soon();

        Assert.False(publishing.IsCompleted);
        Assert.Equal(3, broker.Publications.Count);
    }

    [Fact]
    public async Task Publisher_sends_again_as_duplicate_what_was_not_acknowledged_before_the_connection_was_lost()
    {
        var answered = 0;
        var hungUp = false;
        await using var broker = new FakeBroker
        {
            Answer = _ => answered++ < 20 || hungUp ? 0 : null,
            Hangup = publication => !hungUp && (hungUp = publication.Text == Payload(30)),
        };
        await using var publisher = Create(broker, options => options with { Window = 64, MessagesPerWrite = 8 });
        await publisher.ConnectAsync(Guarded.Token);

        await PublishAsync(publisher, 100);
        await publisher.WhenAcknowledgedAsync(Guarded.Token).Soon();

        var received = broker.Publications;
        Assert.Equal(100, publisher.AcknowledgedCount);
        Assert.Equal(1, publisher.LostConnections);
        Assert.Equal(2, broker.Connections);
        Assert.Equal(Enumerable.Range(0, 100).Select(Payload), received.Select(publication => publication.Text).Distinct());
        // Acknowledgements that were on their way when the connection broke are lost: so more may be sent again than the broker left unanswered.
        var again = received.Skip(31).TakeWhile(publication => publication.Duplicate).Select(publication => publication.Text).ToList();
        Assert.NotEmpty(again);
        var first = Enumerable.Range(0, 100).Single(number => Payload(number) == again[0]);
        Assert.Equal(Enumerable.Range(first, again.Count).Select(Payload), again);
        Assert.InRange(first, 0, 20);
        Assert.InRange(first + again.Count, 31, 100);
        Assert.DoesNotContain(received.Take(31), publication => publication.Duplicate);
    }

    [Fact]
    public async Task Publisher_reports_a_refusal_and_goes_on()
    {
        await using var broker = new FakeBroker { Answer = publication => publication.Text == Payload(3) ? (byte)0x99 : (byte)0 };
        var reasons = new List<(long Tag, byte Reason)>();
        await using var publisher = new MqttPublisher(Options(broker), TimeProvider.System, answer => reasons.Add((answer.Tag, answer.Reason)));
        await publisher.ConnectAsync(Guarded.Token);

        await PublishAsync(publisher, 5);
        await publisher.WhenAcknowledgedAsync(Guarded.Token).Soon();

        Assert.Equal([(0, 0), (1, 0), (2, 0), (3, 0x99), (4, 0)], reasons.Select(reason => (reason.Tag, (int)reason.Reason)).ToArray());
        Assert.Equal((4, 1), (publisher.AcknowledgedCount, publisher.RefusedCount));
    }

    [Fact]
    public async Task Publisher_survives_its_own_abort()
    {
        await using var broker = new FakeBroker();
        await using var publisher = Create(broker, options => options);
        await publisher.ConnectAsync(Guarded.Token);
        await PublishAsync(publisher, 10);
        await publisher.FlushAsync(Guarded.Token).Soon();

        publisher.Abort();
        await PublishAsync(publisher, 10, first: 10);
        await publisher.WhenAcknowledgedAsync(Guarded.Token).Soon();

        Assert.Equal(20, publisher.AcknowledgedCount);
        Assert.Equal(Enumerable.Range(0, 20).Select(Payload), broker.Publications.Select(publication => publication.Text).Distinct());
    }

    [Fact]
    public async Task Publisher_uses_each_packet_id_again_after_65535_messages()
    {
        await using var broker = new FakeBroker();
        await using var publisher = Create(broker, options => options with { Window = 5000, MessagesPerWrite = 1000 });
        await publisher.ConnectAsync(Guarded.Token);

        await PublishAsync(publisher, 70_000);
        await publisher.WhenAcknowledgedAsync(Guarded.Token).Soon();

        Assert.Equal(70_000, publisher.AcknowledgedCount);
        Assert.DoesNotContain(broker.Publications, publication => publication.Id == 0);
        Assert.Equal(broker.Publications[0].Id, broker.Publications[65_535].Id);
    }

    [Fact]
    public async Task Publisher_says_which_gateway_the_server_refuses_and_does_not_try_again()
    {
        await using var broker = new FakeBroker { ConnectCode = 0x87 };
        await using var publisher = Create(broker, options => options);

        var refusal = await Assert.ThrowsAsync<MqttConnectionException>(() => publisher.ConnectAsync(Guarded.Token));

        Assert.True(refusal.IsFinal);
        Assert.Contains("refuses the gateway 'neutor' with code 0x87", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("quartier city apply", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, broker.Connections);
    }

    [Fact]
    public async Task Publisher_says_where_no_server_answers()
    {
        // Taken, so that nobody else takes it, and not listened at.
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        var options = new MqttPublisherOptions("127.0.0.1", port, "neutor") { ConnectTimeout = TimeSpan.FromMilliseconds(1) };
        await using var publisher = new MqttPublisher(options, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<MqttConnectionException>(() => publisher.ConnectAsync(Guarded.Token));

        Assert.Contains($"127.0.0.1:{port}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Is the silo running there?", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publisher_says_goodbye()
    {
        await using var broker = new FakeBroker();
        var publisher = Create(broker, options => options);
        await publisher.ConnectAsync(Guarded.Token);
        await PublishAsync(publisher, 1);
        await publisher.WhenAcknowledgedAsync(Guarded.Token).Soon();

        await publisher.DisposeAsync();

        await broker.Goodbye.Soon();
    }

    private static MqttPublisherOptions Options(FakeBroker broker) => new("127.0.0.1", broker.Port, "neutor")
    {
        FirstBackOff = TimeSpan.FromMilliseconds(1),
        LongestBackOff = TimeSpan.FromMilliseconds(1),
    };

    private static MqttPublisher Create(FakeBroker broker, Func<MqttPublisherOptions, MqttPublisherOptions> change) =>
        new(change(Options(broker)), TimeProvider.System);

    private static string Payload(int number) => $$"""{"t":{{number}}}""";

    private static async Task PublishAsync(MqttPublisher publisher, int count, int first = 0)
    {
        for (var number = first; number < first + count; number++)
        {
            await publisher.PublishAsync(Topic, Encoding.UTF8.GetBytes(Payload(number)), number, Guarded.Token);
        }
    }
}
