using System.Collections.Frozen;
using Quartier.Contracts.Registry;
using Quartier.Domain.Registry;

namespace Quartier.Grains.Districts;

/// <summary>The sensors registered in a district, with how long each may be quiet.</summary>
internal sealed class DistrictSensors
{
    /// <summary>A sensor is overdue after this many of its shortest expected intervals …</summary>
    private const double OverdueIntervals = 1.5;

    /// <summary>… and never before this, so that clocks and networks have some play.</summary>
    private const long LeastOverdueMs = 90_000;

    private readonly FrozenDictionary<string, (long OverdueMs, long AskedMs)> _patienceMs;

    private readonly bool _hasGateways;

    private DistrictSensors(CityClock clock, FrozenDictionary<string, (long OverdueMs, long AskedMs)> patienceMs)
    {
        Clock = clock;
        _patienceMs = patienceMs;
        Names = [.. patienceMs.Keys.Order(StringComparer.Ordinal)];
        _hasGateways = Names.Any(n => !IsOwn(n));
    }

    /// <summary>What an unregistered district has.</summary>
    public static DistrictSensors None { get; } = new(CityClock.Wall, FrozenDictionary<string, (long OverdueMs, long AskedMs)>.Empty);

    /// <summary>What counts as now.</summary>
    public CityClock Clock { get; }

    /// <summary>All sensors as <c>gateway/sensor</c>, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many there are.</summary>
    public int Count => Names.Count;

    /// <summary>Collects the district's sensors from the registry.</summary>
    public static DistrictSensors Of(RegistrySnapshot? snapshot, string district)
    {
        if (snapshot?.District(district) is null)
        {
            return None;
        }

        return new(snapshot.City.Clock, snapshot.City.Sensors
            .Where(s => string.Equals(s.District, district, StringComparison.Ordinal))
            .ToFrozenDictionary(s => $"{s.Gateway}/{s.Id}", s => (OverdueAfterMs(s), AskedAfterMs(s)), StringComparer.Ordinal));
    }

    /// <summary>Whether the sensor belongs to the district.</summary>
    public bool Contains(string name) => _patienceMs.ContainsKey(name);

    /// <summary>
    /// Whether the sensor's readings say what time it is in a replay: what is recorded comes from gateways. Somebody who adds an Observation of the present through the SensorThings
    /// API beside them does not end the recording; where there is nothing else, its sensors are the recording.
    /// </summary>
    public bool MoveTime(string name) => !_hasGateways || !IsOwn(name);

    /// <summary>Sensors not heard for longer than they may be quiet, in order; those never heard are among them.</summary>
    public IReadOnlyList<string> Silent(IReadOnlyDictionary<string, long> lastTimes, long nowMs) =>
        [.. Names.Where(name => !lastTimes.TryGetValue(name, out var last) || nowMs - last > _patienceMs[name].OverdueMs)];

    /// <summary>When the next of those that are not silent now will be, unless it is heard; the end of time when none will.</summary>
    public long SilentNext(IReadOnlyDictionary<string, long> lastTimes, long nowMs)
    {
        var next = long.MaxValue;
        foreach (var (name, last) in lastTimes)
        {
            if (_patienceMs.TryGetValue(name, out var patience) && patience.OverdueMs < long.MaxValue && nowMs - last <= patience.OverdueMs)
            {
                next = Math.Min(next, last + patience.OverdueMs + 1);
            }
        }

        return next;
    }

    /// <summary>Sensors heard at some time that may have something to say about silence now, in order.</summary>
    public IReadOnlyList<string> Asked(IReadOnlyDictionary<string, long> lastTimes, long nowMs) =>
        [.. Names.Where(name => lastTimes.TryGetValue(name, out var last) && nowMs - last > _patienceMs[name].AskedMs)];

    private static bool IsOwn(string name) => name.StartsWith($"{RegistryDoors.Gateway}/", StringComparison.Ordinal);

    private static long OverdueAfterMs(SensorDefinition sensor)
    {
        var intervals = sensor.Datastreams.Where(d => d.IntervalMs > 0).Select(d => d.IntervalMs).ToList();
        return intervals.Count == 0 ? long.MaxValue : Math.Max(LeastOverdueMs, (long)(intervals.Min() * OverdueIntervals));
    }

    /// <summary>
    /// A rule on silence may be stricter than coverage, and may watch a datastream that falls silent while others of the sensor speak. Sensors that
    /// send on change only are asked too: their last minute must close, and what waits for its order must be let go.
    /// </summary>
    private static long AskedAfterMs(SensorDefinition sensor)
    {
        var rules = sensor.Rules.Where(r => r.Kind == RuleKind.Missing).ToList();
        if (rules.Count > 0 && sensor.Datastreams.Length > 1)
        {
            return 0;
        }

        var overdue = OverdueAfterMs(sensor);
        return rules.Select(r => r.ForMs).Append(overdue == long.MaxValue ? LeastOverdueMs : overdue).Min();
    }
}
