using Quartier.Contracts.Bridges;
using Quartier.Mqtt.Bridges;

namespace Quartier.Silo.Bridges;

/// <summary>How one bridge is doing, while it runs.</summary>
internal sealed class BridgeState(string bridge, TimeProvider time)
{
    private readonly Lock _gate = new();
    private bool _connected;
    private bool _everConnected;
    private long _sinceMs = time.GetUtcNow().ToUnixTimeMilliseconds();
    private string? _lastError;
    private long _lastErrorMs;
    private long _lostSessions;

    /// <summary>What has come.</summary>
    public BrokerCounters Counters { get; } = new();

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The broker has granted the subscriptions.</summary>
    public void Connected(bool sessionPresent)
    {
        lock (_gate)
        {
            // The first time after the start there need not have been one.
            _lostSessions += _everConnected && !sessionPresent ? 1 : 0;
            (_connected, _everConnected, _sinceMs) = (true, true, NowMs);
        }
    }

    /// <summary>The connection has ended, or could not be made.</summary>
    public void Failed(string error)
    {
        lock (_gate)
        {
            _sinceMs = _connected ? NowMs : _sinceMs;
            (_connected, _lastError, _lastErrorMs) = (false, error, NowMs);
        }
    }

    /// <summary>As it is now.</summary>
    public BridgeStatus Status()
    {
        lock (_gate)
        {
            return new(
                bridge, _connected, _sinceMs, _lastError, _lastErrorMs, Counters.Messages, Counters.Refused, Counters.Repeated, Counters.Retained, _lostSessions);
        }
    }
}
