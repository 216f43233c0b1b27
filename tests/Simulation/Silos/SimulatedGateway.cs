using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;
using Quartier.Silo.Ingest;
using Quartier.Simulation.City;

namespace Quartier.Simulation.Silos;

/// <summary>A gateway with quality of service 1: what was not acknowledged is sent again, in order, over the next connection.</summary>
internal sealed class SimulatedGateway(string id, Trace trace)
{
    private readonly List<SentRead> _sent = [];
    private List<Arrival> _unsent = [];
    private GatewaySession? _session;

    /// <summary>Messages acknowledged so far.</summary>
    public List<Arrival> Acknowledged { get; } = [];

    /// <summary>Messages that were under way when the process ended.</summary>
    public List<Arrival> Interrupted { get; } = [];

    /// <summary>Refusals that the endpoint has noted of what this gateway sent, those of messages that were sent again included.</summary>
    public int Noted { get; private set; }

    /// <summary>Of these, noted of messages that had to be sent again.</summary>
    public int NotedInVain { get; private set; }

    /// <summary>True when every message has been acknowledged.</summary>
    public bool IsDone => _sent.Count == 0 && _unsent.Count == 0;

    /// <summary>
    /// Sends messages, after those that still wait, one read of the socket after the other; nothing while earlier ones are not acknowledged:
    /// the window is as large as what one tick brings.
    /// </summary>
    public void Publish(GatewayIngest ingest, IEnumerable<Arrival> arrivals)
    {
        if (_sent.Count > 0)
        {
            _unsent.AddRange(arrivals);
            return;
        }

        _session ??= new GatewaySession(ingest, id);
        var reads = _unsent.Concat(arrivals).GroupBy(a => (a.Tick, a.Read)).Select(g => g.ToArray()).ToArray();
        _unsent = [];
        foreach (var read in reads)
        {
            var reasons = new ReasonCode[read.Length];
            IncomingPublish[] publishes = [.. read.Select(a => new IncomingPublish(a.Topic, a.Payload, default, 1, QualityOfService.AtLeastOnce, false, false))];
            _sent.Add(new(read, reasons, _session.Accept(publishes, reasons).AsTask()));
            Noted += read.Sum(a => a.RefusedAtEndpoint);
        }
    }

    /// <summary>Takes the acknowledgements of all that was sent; a read that failed closes the connection, and its messages are to be sent again.</summary>
    public async Task CollectAsync()
    {
        var waiting = _unsent;
        _unsent = [];
        foreach (var read in _sent)
        {
            await SimulatedSilo.Finished(read.Accepted);
        }

        foreach (var read in _sent)
        {
            if (read.Accepted.IsCompletedSuccessfully)
            {
                Acknowledged.AddRange(read.Arrivals);
                trace.Add($"{id} {string.Join(' ', read.Reasons)}");
            }
            else
            {
                trace.Add($"{id} closed: {read.Accepted.Exception?.InnerException?.GetType().Name}");
                _unsent.AddRange(read.Arrivals);
                NotedInVain += read.Arrivals.Sum(a => a.RefusedAtEndpoint);
                Close();
            }
        }

        _sent.Clear();
        _unsent.AddRange(waiting);
    }

    /// <summary>The connection is lost with the process behind it.</summary>
    public void Lose()
    {
        Interrupted.AddRange(_sent.SelectMany(r => r.Arrivals));
        NotedInVain += _sent.Sum(r => r.Arrivals.Sum(a => a.RefusedAtEndpoint));
        _unsent = [.. _sent.SelectMany(r => r.Arrivals), .. _unsent];
        _sent.Clear();
        Close();
    }

    private void Close()
    {
        _session?.Closed();
        _session = null;
    }

    private sealed record SentRead(Arrival[] Arrivals, ReasonCode[] Reasons, Task Accepted);
}
