using System.Globalization;
using System.Text;

namespace Quartier.Simulation.City;

/// <summary>
/// All that the gateways publish in a week, drawn from the seed before anything runs: with late, repeated and reordered messages, clocks that
/// are ahead, garbage, strangers, and gateways without a line for hours. Crashes do not change it: they make gateways send again.
/// </summary>
internal sealed class Schedule
{
    public const int TickMs = 300_000;

    // 25 March 2026: summer time begins within the week.
    public const long StartMs = 1_774_396_800_000;

    // No multiple of a tick, so that a clock that is ahead never gives a time twice; far beyond the tolerated two minutes.
    private const long SkewMs = 617_000;

    private readonly Random _random;
    private readonly int _ticks;
    private readonly List<Arrival> _arrivals = [];
    private readonly Dictionary<string, (int From, int To)[]> _offline = new(StringComparer.Ordinal);

    /// <summary>Draws a schedule of that many ticks.</summary>
    public Schedule(int seed, int ticks)
    {
        (_random, _ticks) = (new Random(seed), ticks);
        foreach (var gateway in SmallCity.Sensors.Select(s => s.Gateway).Distinct(StringComparer.Ordinal))
        {
            _offline[gateway] = [OfflineWindow(), OfflineWindow()];
        }

        foreach (var sensor in SmallCity.Sensors)
        {
            AddSensor(sensor);
        }

        for (var i = 0; i < ticks / 20; i++)
        {
            AddTrouble();
        }

        ByTick = [.. _arrivals.Index().OrderBy(a => a.Item.Tick).ThenBy(a => a.Item.Read).ThenBy(a => a.Index).Select(a => a.Item).GroupBy(a => a.Tick)
            .Select(g => (g.Key, g.ToArray()))];
    }

    /// <summary>Messages by tick, in order of publication.</summary>
    public (int Tick, Arrival[] Arrivals)[] ByTick { get; }

    /// <summary>The last tick at which something is published.</summary>
    public int LastTick => ByTick[^1].Tick;

    /// <summary>How many messages there are.</summary>
    public int Count => _arrivals.Count;

    /// <summary>Every reading that was sent, once.</summary>
    public IEnumerable<SentReading> Sent => _arrivals.SelectMany(a => a.Readings).Distinct();

    /// <summary>What the endpoint must refuse of it.</summary>
    public int RefusedAtEndpoint => _arrivals.Sum(a => a.RefusedAtEndpoint);

    /// <summary>What the sensors must refuse of it.</summary>
    public int RefusedBySensors => _arrivals.Sum(a => a.RefusedBySensor);

    private (int From, int To) OfflineWindow()
    {
        // Well clear of the rules' allowed silences (2 and 3 hours), so that seconds of downtime and minutes without space on the disk cannot decide.
        int[] lengths = [3, 10, 16, 29, 45, 60];
        var from = _random.Next(_ticks);
        return (from, from + lengths[_random.Next(lengths.Length)]);
    }

    private void AddSensor(SimulatedSensor sensor)
    {
        var measurements = new Measurements(_random);
        var skewFrom = _random.Next(_ticks * 2);
        var skewTo = skewFrom + _random.Next(6, 40);
        for (var tick = 0; tick < _ticks; tick += sensor.EveryTicks)
        {
            var values = measurements.At(sensor, tick);
            var skew = tick >= skewFrom && tick < skewTo ? SkewMs : 0;
            if (_random.Next(60) == 0)
            {
                continue;
            }

            var arrival = Message(sensor, StartMs + ((long)tick * TickMs) + skew, values);
            Publish(arrival, tick + Delay());
            if (_random.Next(25) == 0)
            {
                Publish(arrival, tick + _random.Next(0, 8));
            }
        }
    }

    /// <summary>Most messages come at once, some in the wrong order, some much too late.</summary>
    private int Delay() => _random.Next(100) switch
    {
        < 92 => 0,
        < 97 => _random.Next(1, 3),
        _ => _random.Next(3, 13),
    };

    private void Publish(Arrival arrival, int tick)
    {
        var at = tick;
        foreach (var (from, to) in _offline[arrival.Gateway].OrderBy(w => w.From))
        {
            at = at >= from && at < to ? to : at;
        }

        _arrivals.Add(arrival with { Tick = at, Read = _random.Next(3) });
    }

    private static Arrival Message(SimulatedSensor sensor, long timeMs, double[] values)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{{\"t\":{timeMs}"));
        var readings = new SentReading[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            readings[i] = new(sensor.Name, sensor.Properties[i], timeMs, values[i]);
            text.Append(CultureInfo.InvariantCulture, $",\"{sensor.Properties[i]}\":{values[i]}");
        }

        return new(sensor.Gateway, 0, 0, Topic($"v1/{SmallCity.Id}/{sensor.Name}"), Encoding.UTF8.GetBytes(text.Append('}').ToString()), readings, 0, 0);
    }

    private void AddTrouble()
    {
        var sensor = SmallCity.Sensors[_random.Next(SmallCity.Sensors.Length)];
        var tick = _random.Next(_ticks);
        var good = $"v1/{SmallCity.Id}/{sensor.Name}";
        var nowMs = StartMs + ((long)tick * TickMs);
        const int FarAhead = 3;
        var kind = _random.Next(7);
        var (topic, payload) = kind switch
        {
            0 => (good, "{\"t\":"),
            1 => (good, "\u0001\u0002 garbage"),
            2 => (good, string.Create(CultureInfo.InvariantCulture, $"{{\"t\":{nowMs},\"nonsense\":1}}")),
            FarAhead => (good, string.Create(CultureInfo.InvariantCulture, $"{{\"t\":{nowMs + (3L * 86_400_000)},\"{sensor.Properties[0]}\":1}}")),
            4 => ($"v1/{SmallCity.Id}/{sensor.Gateway}/fremd", "1"),
            5 => ($"v1/anderswo/{sensor.Name}", "1"),
            _ => ("unsinn", "1"),
        };
        Publish(new(sensor.Gateway, 0, 0, Topic(topic), Encoding.UTF8.GetBytes(payload), [], kind == FarAhead ? 0 : 1, kind == FarAhead ? 1 : 0), tick);
    }

    private static byte[] Topic(string text) => Encoding.UTF8.GetBytes(text);
}
