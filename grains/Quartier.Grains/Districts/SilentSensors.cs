using System.Collections.Immutable;

namespace Quartier.Grains.Districts;

/// <summary>
/// Which of a district's sensors are silent. Every open page asks, some times a second, and a look at each of many thousand sensors costs milliseconds: so the
/// answer is kept until a silent one is heard or the next one falls silent. It is always what <see cref="DistrictSensors.Silent"/> says.
/// </summary>
internal sealed class SilentSensors(DistrictSensors sensors, int listedMost)
{
    private HashSet<string>? _silent;
    private long _fromMs;
    private long _untilMs;

    /// <summary>How many are silent, as of the last look.</summary>
    public int Count => _silent?.Count ?? 0;

    /// <summary>The first of them in order, as of the last look.</summary>
    public ImmutableArray<string> Listed { get; private set; } = [];

    /// <summary>Takes note that a sensor was heard. The times of the others only grow, which makes nobody silent earlier.</summary>
    public void Heard(string name)
    {
        if (_silent?.Contains(name) == true)
        {
            _silent = null;
        }
    }

    /// <summary>Brings it up to a time.</summary>
    /// <param name="lastTimes">When each was heard last; nobody's time has become less since the last look.</param>
    /// <param name="nowMs">Now.</param>
    public void Look(IReadOnlyDictionary<string, long> lastTimes, long nowMs)
    {
        if (_silent is not null && nowMs >= _fromMs && nowMs < _untilMs)
        {
            return;
        }

        var silent = sensors.Silent(lastTimes, nowMs);
        _silent = new(silent, StringComparer.Ordinal);
        Listed = [.. silent.Take(listedMost)];
        (_fromMs, _untilMs) = (nowMs, sensors.SilentNext(lastTimes, nowMs));
    }
}
