using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;

namespace Quartier.Benchmarks.Mqtt;

/// <summary>Counts messages; they become "durable" together, a group commit after they came, or at once.</summary>
internal sealed class CountingIngest(TimeSpan groupCommit) : IMqttIngest, IIngestSession, IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource _group = NewGroup();
    private Thread? _committer;
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public string Owner => string.Empty;

    public bool MayWatchServer => false;

    public void Start()
    {
        if (groupCommit > TimeSpan.Zero)
        {
            _committer = new Thread(Commit) { IsBackground = true };
            _committer.Start();
        }
    }

    public ValueTask<ConnectDecision> ConnectAsync(ConnectRequest request, CancellationToken cancellationToken) => new(ConnectDecision.Accept(this));

    public ValueTask<ConnectDecision> ReturnAsync(LostClient client, CancellationToken cancellationToken) => new(ConnectDecision.Accept(this));

    public IDisposable? Expect(string owner, string filter) => null;

    public ValueTask Accept(ReadOnlySpan<IncomingPublish> publishes, Memory<ReasonCode> reasons)
    {
        Interlocked.Add(ref _count, publishes.Length);
        if (_committer is null)
        {
            return ValueTask.CompletedTask;
        }

        lock (_lock)
        {
            return new ValueTask(_group.Task);
        }
    }

    public ReasonCode MaySubscribe(string filter, QualityOfService wanted) => (ReasonCode)wanted;

    public ValueTask<bool> MayReceive(OutgoingMessage message, string? purpose) => ValueTask.FromResult(true);

    public void Closed()
    {
        // Counts stay; a client that leaves changes nothing.
    }

    public void Dispose()
    {
        _stop.Cancel();
        _committer?.Join();
        _stop.Dispose();
    }

    private static TaskCompletionSource NewGroup() => new();

    private void Commit()
    {
        while (!_stop.Token.WaitHandle.WaitOne(groupCommit))
        {
            TaskCompletionSource group;
            lock (_lock)
            {
                group = _group;
                _group = NewGroup();
            }

            group.SetResult();
        }
    }
}
