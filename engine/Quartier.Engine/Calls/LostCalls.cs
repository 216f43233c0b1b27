using Microsoft.Extensions.Logging;

namespace Quartier.Engine;

/// <summary>
/// Tells of one-way calls that failed, of which their callers hear nothing: at most once a second, and how many were not told. A grain that is flooded
/// loses a hundred thousand calls a second, and the log must not fill the disk with them.
/// </summary>
/// <param name="log">Where it is told.</param>
/// <param name="time">The clock.</param>
internal sealed class LostCalls(ILogger log, TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private long? _toldAt;
    private long _untold;

    /// <summary>A call failed.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="call">Which.</param>
    public void Tell(Exception failure, string call)
    {
        long untold;
        lock (_gate)
        {
            if (_toldAt is { } last && time.GetElapsedTime(last) < Quiet)
            {
                _untold++;
                return;
            }

            _toldAt = time.GetTimestamp();
            (untold, _untold) = (_untold, 0);
        }

        EngineLog.OneWayFailed(log, failure, call, untold);
    }

    /// <summary>Tells how many failed since the last that was told: after a flood nothing else may fail that would say so.</summary>
    public void TellRest()
    {
        long untold;
        lock (_gate)
        {
            (untold, _untold) = (_untold, 0);
        }

        if (untold > 0)
        {
            EngineLog.OneWayAlsoFailed(log, untold);
        }
    }
}
