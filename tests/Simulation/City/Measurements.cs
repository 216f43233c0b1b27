namespace Quartier.Simulation.City;

/// <summary>What one sensor measures over the week: daily curves with noise, hours of sameness, sums that do not add up.</summary>
internal sealed class Measurements(Random random)
{
    private readonly double _phase = random.NextDouble() * 6;
    private int _anomalyUntil;
    private int _stuckUntil;
    private double[] _stuckAt = [];

    /// <summary>The values of a message, in the order of the sensor's properties.</summary>
    public double[] At(SimulatedSensor sensor, int tick)
    {
        if (tick < _stuckUntil)
        {
            return _stuckAt;
        }

        var day = Math.Sin((tick / 288.0 * 2 * Math.PI) + _phase);
        var values = sensor.Properties[0] switch
        {
            "free" => [Math.Round(190 + (170 * day) + Noise(8)), random.Next(200) == 0 ? 1 : 0],
            "total" => Counts(tick, day),
            "no2" => [Math.Round(Math.Max(0, 45 + (22 * day) + Noise(6)), 1), Math.Round(15 + (13 * day) + Noise(1), 1)],
            "level" => [Math.Round(120 + (30 * day) + Noise(2), 1)],
            _ => new[] { Math.Round(50 + (48 * day)) },
        };
        if (random.Next(250) == 0)
        {
            _stuckUntil = tick + random.Next(6, 60);
            _stuckAt = values;
        }

        return values;
    }

    private double[] Counts(int tick, double day)
    {
        var (incoming, outgoing) = (Math.Round(Math.Max(0, 40 + (45 * day) + Noise(5))), Math.Round(Math.Max(0, 30 + (35 * day) + Noise(5))));
        if (random.Next(150) == 0)
        {
            _anomalyUntil = tick + random.Next(6, 40);
        }

        return [incoming + outgoing + (tick < _anomalyUntil ? random.Next(3, 12) : random.Next(0, 2)), incoming, outgoing];
    }

    private double Noise(double spread) => ((random.NextDouble() * 2) - 1) * spread;
}
