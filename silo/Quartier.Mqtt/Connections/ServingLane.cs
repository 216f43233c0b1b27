using System.Buffers;
using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Connections;

/// <summary>
/// A thread on which a share of the connections is served, turn by turn in order of arrival.
/// What gateways send all day thus queues by itself: whoever reads finds the thread pool free, and shares with them the processor alone.
/// </summary>
/// <remarks>Unbounded, but a connection has at most one turn here and one for each batch that it has in the ingest, and those are bounded.</remarks>
internal sealed class ServingLane : SynchronizationContext, IDisposable
{
    private readonly object _gate = new();
    private List<Turn> _arrived = [];
    private List<Turn> _running = [];
    private bool _rests;
    private bool _closed;

    /// <summary>Starts the thread.</summary>
    /// <param name="number">Where the lane stands among its kind, for the thread's name.</param>
    public ServingLane(int number) => new Thread(Work) { IsBackground = true, Name = $"quartier-lane-{number}" }.Start();

    /// <summary>Awaited: goes on in the lane, always later and behind whoever came before, also from the lane's own thread.</summary>
    public LaneYield Yield() => new(this);

    /// <summary>
    /// Awaited: the same for what arrived, unless it begins with a subscription or its end. That is dealt with at once: clients that do not wait for the answer, as some of Eclipse Paho's
    /// tests, publish by another connection right after it, and that message must not come first because its lane happened to be awake.
    /// </summary>
    public LaneYield Yield(in ReadOnlySequence<byte> arrived) =>
        arrived.FirstSpan is [var first, ..] && (PacketType)(first >> 4) is PacketType.Subscribe or PacketType.Unsubscribe ? default : Yield();

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _arrived.Add(new Turn(d, state));
                if (_rests)
                {
                    _rests = false;
                    Monitor.Pulse(_gate);
                }

                return;
            }
        }

        base.Post(d, state); // In the thread pool: what is still on its way must end properly.
    }

    /// <summary>Nobody may wait for a lane: it could be itself.</summary>
    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("A lane is not waited for; post to it.");

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Ends the thread once it has done what has arrived. What arrives later runs in the thread pool.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Work()
    {
        SetSynchronizationContext(this);
        while (TakeArrived())
        {
            foreach (var turn in _running)
            {
                turn.Callback(turn.State);
            }

            _running.Clear();
        }
    }

    private bool TakeArrived()
    {
        lock (_gate)
        {
            while (_arrived.Count == 0)
            {
                if (_closed)
                {
                    return false;
                }

                _rests = true;
                Monitor.Wait(_gate);
            }

            _rests = false;
            (_arrived, _running) = (_running, _arrived);
            return true;
        }
    }

    private readonly record struct Turn(SendOrPostCallback Callback, object? State);
}
