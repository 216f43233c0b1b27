using System.IO.Pipelines;
using System.Threading.Tasks.Sources;
using Quartier.Mqtt.Connections;

namespace Mqtt.Tests.Server;

/// <summary>The way to one socket, by a pipe that holds back as Kestrel's does.</summary>
public sealed class Outputs
{
    private const int Window = 64 * 1024;

    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: Window, resumeWriterThreshold: Window / 2, useSynchronizationContext: false));

    [Fact]
    public async Task A_peer_that_reads_again_gets_more_each_time_and_one_that_does_not_gets_nothing()
    {
        var output = new ConnectionOutput(_pipe.Writer);
        var drained = 0;
        output.Drained = () => Interlocked.Increment(ref drained);
        for (var time = 1; time <= 5; time++)
        {
            Assert.Equal(Window, Fill(output));
            Assert.Equal(0, Fill(output));
            var read = await _pipe.Reader.ReadAsync(CancellationToken.None);
            Assert.Equal(Window, read.Buffer.Length);
            _pipe.Reader.AdvanceTo(read.Buffer.End);
            await output.WaitUntilDrainedAsync();
            await TestServer.UntilAsync(() => Volatile.Read(ref drained) == time);
        }
    }

    [Fact]
    public async Task A_flush_that_ends_while_it_is_begun_does_not_call_under_the_lock_of_whoever_flushed()
    {
        var output = new ConnectionOutput(new HastyWriter(_pipe.Writer));
        var called = new TaskCompletionSource<bool>();
        output.Drained = () => called.TrySetResult(output.Gate.IsHeldByCurrentThread);
        output.Send(new byte[10]);
        Assert.False(await called.Task.WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None));
        Assert.False(output.IsBlocked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_flush_that_fails_is_told_to_the_connection_and_not_to_whoever_flushed(bool atOnce)
    {
        var output = new ConnectionOutput(_pipe.Writer);
        var failed = new TaskCompletionSource<(Exception Failure, bool IsGateHeld)>();
        output.Failed = failure => failed.TrySetResult((failure, output.Gate.IsHeldByCurrentThread));
        if (!atOnce)
        {
            Fill(output);
        }

        await _pipe.Reader.CompleteAsync(new IOException("The network is gone."));
        output.Send(new byte[10]);
        var (failure, isGateHeld) = await failed.Task.WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
        Assert.Equal(("The network is gone.", false), (failure.Message, isGateHeld));
        Assert.False(output.HasRoom());
    }

    [Fact]
    public async Task What_fails_after_a_flush_is_told_to_the_connection_too()
    {
        var output = new ConnectionOutput(new HastyWriter(_pipe.Writer));
        var failed = new TaskCompletionSource<Exception>();
        output.Failed = failure => failed.TrySetResult(failure);
        output.Drained = () => throw new InvalidOperationException("A fault of the mailbox.");
        output.Send(new byte[10]);
        Assert.Equal("A fault of the mailbox.", (await failed.Task.WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None)).Message);
    }

    /// <summary>Writes until there is no room; how much that was.</summary>
    private static int Fill(ConnectionOutput output)
    {
        var packet = new byte[1024];
        var bytes = 0;
        while (output.HasRoom())
        {
            lock (output.Gate)
            {
                output.Write_NeedsLock(packet);
            }

            bytes += packet.Length;
        }

        return bytes;
    }

    /// <summary>Each flush is pending when it is looked at first, and has ended when it is looked at again.</summary>
    private sealed class HastyWriter(PipeWriter inner) : PipeWriter, IValueTaskSource<FlushResult>
    {
        private bool _looked;

        public override void Advance(int bytes) => inner.Advance(bytes);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => new(this, 0);

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

        public FlushResult GetResult(short token) => new(isCanceled: false, isCompleted: false);

        public ValueTaskSourceStatus GetStatus(short token)
        {
            var status = _looked ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;
            _looked = true;
            return status;
        }

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => continuation(state);
    }
}
