using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;

namespace Mqtt.Tests.Server;

/// <summary>A second implementation of the port: records what it gets, and lets the test decide when it is safe.</summary>
internal sealed class TestIngest : IMqttIngest
{
    private readonly Channel<TaskCompletionSource> _held = Channel.CreateUnbounded<TaskCompletionSource>();

    public ConcurrentQueue<string> Messages { get; } = new();

    public ConcurrentQueue<int> BatchSizes { get; } = new();

    public ConcurrentQueue<ConnectRequest> Requests { get; } = new();

    public Func<ConnectRequest, IIngestSession, ConnectDecision> Decide { get; set; } = (_, session) => ConnectDecision.Accept(session);

    /// <summary>Who speaks for a client that an earlier run lost.</summary>
    public Func<LostClient, IIngestSession, ConnectDecision> Return { get; set; } = (_, session) => ConnectDecision.Accept(session);

    /// <summary>Filters for which the ingest itself publishes.</summary>
    public Func<string, bool> Publishes { get; set; } = _ => false;

    /// <summary>Owners and filters for which it goes on although nobody is connected.</summary>
    public ConcurrentDictionary<string, byte> Expectations { get; } = new();

    /// <summary>Lost clients that were asked about.</summary>
    public ConcurrentQueue<LostClient> Returned { get; } = new();

    /// <summary>What is thrown instead of taking messages.</summary>
    public Exception? Failure { get; set; }

    public Func<string, ReasonCode> Judge { get; set; } = _ => ReasonCode.Success;

    public Func<string, QualityOfService, ReasonCode> Grant { get; set; } = (_, wanted) => (ReasonCode)wanted;

    /// <summary>User names of who may see <c>$SYS</c>.</summary>
    public ConcurrentBag<string> Administrators { get; } = [];

    /// <summary>What clients are told about topics for answers.</summary>
    public string? ResponseInformation { get; set; }

    /// <summary>Who may receive what.</summary>
    public Func<string, string?, ValueTask<bool>> Permit { get; set; } = (_, _) => ValueTask.FromResult(true);

    /// <summary>What was asked about messages to subscribers.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>What messages that were asked about had from an earlier run.</summary>
    public ConcurrentQueue<string> Sources { get; } = new();

    /// <summary>Filters to which a client has no subscription any more.</summary>
    public ConcurrentQueue<string> Unsubscribed { get; } = new();

    /// <summary>When true, durability waits for <see cref="NextHeldAsync"/>.</summary>
    public bool Holds { get; set; }

    /// <summary>Who a client has proved to be.</summary>
    public Func<ConnectRequest, string> Owner { get; set; } = _ => string.Empty;

    /// <summary>Ends every client.</summary>
    public CancellationToken Ended { get; set; }

    /// <summary>How long a socket is left alone after a read that brought more than a ping.</summary>
    public TimeSpan Pause { get; set; }

    /// <summary>How long a socket is left alone before anything is read after CONNECT.</summary>
    public TimeSpan FirstPause { get; set; }

    /// <summary>What a client is told when it may not publish; empty for the endpoint's own words.</summary>
    public string Words { get; set; } = string.Empty;

    public int ClosedSessions;

    public ValueTask<ConnectDecision> ConnectAsync(ConnectRequest request, CancellationToken cancellationToken)
    {
        Requests.Enqueue(request);
        return new(Decide(request, new Session(this, Owner(request), request.UserName)));
    }

    public ValueTask<ConnectDecision> ReturnAsync(LostClient client, CancellationToken cancellationToken)
    {
        Returned.Enqueue(client);
        return new(Return(client, new Session(this, client.Owner, userName: null)));
    }

    public IDisposable? Expect(string owner, string filter)
    {
        if (Publishes(filter))
        {
            Expectations.TryAdd($"{owner} {filter}", 0);
            return new Expectation(this, $"{owner} {filter}");
        }

        return null;
    }

    /// <summary>The next batch that waits to become durable.</summary>
    public async Task<TaskCompletionSource> NextHeldAsync()
    {
        using var hung = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await _held.Reader.ReadAsync(hung.Token);
    }

    private sealed class Expectation(TestIngest owner, string name) : IDisposable
    {
        public void Dispose() => Assert.True(owner.Expectations.TryRemove(name, out _), $"{name} was given up twice.");
    }

    private sealed class Session(TestIngest owner, string proved, string? userName) : IIngestSession
    {
        public string Owner => proved;

        public string Standing => userName is null ? string.Empty : $"user:{userName}";

        public CancellationToken Ended => owner.Ended;

        public bool MayWatchServer => owner.Administrators.Contains(userName ?? string.Empty);

        public string? ResponseInformation => owner.ResponseInformation;

        public TimeSpan ReadingPause(long bytes) => bytes == 0 ? owner.FirstPause : bytes > 2 ? owner.Pause : TimeSpan.Zero;

        public ValueTask Accept(ReadOnlySpan<IncomingPublish> publishes, Memory<ReasonCode> reasons)
        {
            if (owner.Failure is { } failure)
            {
                throw failure;
            }

            owner.BatchSizes.Enqueue(publishes.Length);
            for (var i = 0; i < publishes.Length; i++)
            {
                var topic = Encoding.UTF8.GetString(publishes[i].Topic.Span);
                owner.Messages.Enqueue($"{topic}={Encoding.UTF8.GetString(publishes[i].Payload.Span)}/{(int)publishes[i].Qos}");
                reasons.Span[i] = owner.Judge(topic);
            }

            if (!owner.Holds)
            {
                return ValueTask.CompletedTask;
            }

            var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Assert.True(owner._held.Writer.TryWrite(held));
            return new ValueTask(held.Task);
        }

        public ReadOnlySpan<byte> Explanation(ReasonCode reason) => reason == ReasonCode.NotAuthorized ? Encoding.UTF8.GetBytes(owner.Words) : default;

        public ReasonCode MaySubscribe(string filter, QualityOfService wanted) => owner.Grant(filter, wanted);

        public void Unsubscribed(string filter) => owner.Unsubscribed.Enqueue(filter);

        public ValueTask<bool> MayReceive(OutgoingMessage message, string? purpose)
        {
            var topic = Encoding.UTF8.GetString(message.Topic.Span);
            owner.Sources.Enqueue(Convert.ToHexString(message.Source.Span));
            owner.Asked.Enqueue($"{topic}={Encoding.UTF8.GetString(message.Payload.Span)} for {purpose ?? "nothing"}");
            return owner.Permit(topic, purpose);
        }

        public void Closed() => Interlocked.Increment(ref owner.ClosedSessions);
    }
}
