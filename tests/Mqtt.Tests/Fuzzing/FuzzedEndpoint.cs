using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Mqtt.Tests.Server;
using Quartier.Mqtt;

namespace Mqtt.Tests.Fuzzing;

/// <summary>The endpoint with connections in memory, and a bystander whose wellbeing tells whether others were harmed.</summary>
internal sealed class FuzzedEndpoint : IDisposable
{
    private static readonly TimeSpan Hung = TimeSpan.FromSeconds(30);

    private readonly TestStore _store = new();
    private readonly FailureLog _failures = new();
    private readonly ManualTime _time = new();

    public FuzzedEndpoint() => Endpoint = new MqttEndpoint(
        new MqttOptions { MaxPacketBytes = 4096, MaxQueuedBytes = 65536, MaxSessions = 3, MaxRetainedMessages = 3, MaxSubscriptionsPerClient = 5 },
        new TestIngest(),
        _time,
        _failures,
        _store);

    public MqttEndpoint Endpoint { get; }

    /// <summary>Lets one connection send the input, and ends it; fails when the endpoint hangs or fails.</summary>
    public async Task SendAsync(byte[] input)
    {
        var toServer = new Pipe(new PipeOptions(useSynchronizationContext: false, pauseWriterThreshold: 0));
        var toClient = new Pipe(new PipeOptions(useSynchronizationContext: false, pauseWriterThreshold: 0));
        using var closed = new CancellationTokenSource();
        var context = new DefaultConnectionContext("fuzzed", new Duplex(toServer.Reader, toClient.Writer), new Duplex(toClient.Reader, toServer.Writer))
        {
            ConnectionClosed = closed.Token,
        };
        toServer.Writer.Write(input);
        await toServer.Writer.CompleteAsync();
        await Endpoint.ServeAsync(context).WaitAsync(Hung);
        await toClient.Reader.CompleteAsync();
        await closed.CancelAsync(); // As a transport does; only then is the connection no longer waited for.
        _time.Advance(TimeSpan.FromMilliseconds(50));
        if (_failures.Take() is { } failure)
        {
            throw new InvalidOperationException($"The endpoint failed: {failure}");
        }
    }

    /// <summary>Everything that may grow is within its limit.</summary>
    public async Task CheckBoundsAsync()
    {
        await Endpoint.SweepAsync();
        Assert.InRange(Endpoint.LastingSessionCount, 0, 3);
        Assert.InRange(Endpoint.RetainedCount, 0, 3);
        Assert.InRange(Endpoint.QueuedBytes, 0, 3 * 65536);
        Assert.InRange(Endpoint.SubscriptionCount, 0, 3 * 5);
        Assert.Equal(0, Endpoint.InFlight);
        Assert.Equal(0, Endpoint.Counters.Connections);
        Assert.InRange(_store.Kinds.Length, 0, 1000);
    }

    public void Dispose() => Endpoint.Dispose();

    private sealed class Duplex(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }

    /// <summary>Whatever is logged as an error is a bug.</summary>
    private sealed class FailureLog : ILogger<MqttEndpoint>
    {
        private string? _failure;

        public string? Take() => Interlocked.Exchange(ref _failure, null);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                _failure = $"{formatter(state, exception)} {exception}";
            }
        }
    }
}
