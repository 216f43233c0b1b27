using Quartier.Contracts.Readings;
using Quartier.Storage.Blocks;
using Quartier.Storage.Retention;

namespace Quartier.Storage.Readings;

/// <summary>One window of an aggregate in the making.</summary>
internal sealed class WindowSum
{
    private long _count;
    private long _flagged;
    private double _sum;
    private double _min = double.PositiveInfinity;
    private double _max = double.NegativeInfinity;
    private long _firstMs = long.MaxValue;
    private long _lastMs = long.MinValue;
    private double _last;

    /// <summary>Adds a reading.</summary>
    public void Add(in Reading reading)
    {
        _count++;
        _flagged += reading.Quality == Quality.Good ? 0 : 1;
        Add(reading.Value, reading.Value, reading.Value, reading.TimeMs, reading.TimeMs, reading.Value);
    }

    /// <summary>Adds a block by its summary.</summary>
    public void Add(Block block)
    {
        _count += block.Count;
        _flagged += block.Flagged;
        Add(block.Sum, block.Min, block.Max, block.FirstMs, block.LastMs, block.Last);
    }

    /// <summary>Adds a roll-up: of its readings' times and last value nothing is known.</summary>
    public void Add(in RollUpRow row)
    {
        _count += row.Count;
        _flagged += row.Flagged;
        Add(row.Sum, row.Min, row.Max, row.StartMs, row.EndMs - 1, double.NaN);
    }

    /// <summary>The finished row.</summary>
    public AggregateRow ToRow(long startMs, long endMs) =>
        new(startMs, endMs, _count, _sum, _min, _max, _firstMs, _lastMs, _last, _flagged);

    private void Add(double sum, double min, double max, long firstMs, long lastMs, double last)
    {
        _sum += sum;
        _min = Math.Min(_min, min);
        _max = Math.Max(_max, max);
        _firstMs = Math.Min(_firstMs, firstMs);
        if (lastMs >= _lastMs)
        {
            (_lastMs, _last) = (lastMs, last);
        }
    }
}
