using Quartier.Contracts.Readings;
using Quartier.Storage.Blocks;
using Quartier.Storage.Corrections;
using Quartier.Storage.Retention;

namespace Quartier.Storage.Readings;

/// <summary>The windows of one aggregate in the making.</summary>
/// <param name="range">Which windows.</param>
/// <param name="corrections">What holds instead of what was received in them.</param>
internal sealed class WindowSums(AggregateRange range, CorrectedTimes corrections)
{
    private readonly Dictionary<long, WindowSum> _windows = [];

    /// <summary>Open readings of the range; where they override sealed ones, they take these in.</summary>
    public Reading[] Open { get; set; } = [];

    /// <summary>The datastream's retentions.</summary>
    public int[] Retentions { get; set; } = [];

    /// <summary>A shorter retention is being applied.</summary>
    public bool IsMoving { get; set; }

    /// <summary>Adds a block; as a whole where it lies within one window.</summary>
    public void Add(Block block)
    {
        var isWhole = block.FirstMs >= range.FromMs && block.LastMs < range.ToMs;
        var window = range.WindowOf(block.FirstMs);
        if (isWhole && window == range.WindowOf(block.LastMs) && Merging.Within(Open, block.FirstMs, block.LastMs + 1).IsEmpty
            && !corrections.AnyWithin(block.FirstMs, block.LastMs + 1))
        {
            At(window).Add(block);
            return;
        }

        foreach (var reading in Merging.Within(BlockCodec.Decode(block), range.FromMs, range.ToMs))
        {
            Add(reading);
        }
    }

    /// <summary>Adds a sealed reading.</summary>
    public void Add(in Reading reading)
    {
        var at = Merging.LowerBound(Open, reading.TimeMs);
        if (at < Open.Length && Open[at].TimeMs == reading.TimeMs)
        {
            Open[at] = Merging.Merge(reading, Open[at]);
            return;
        }

        AddShown(reading);
    }

    /// <summary>Adds a roll-up.</summary>
    public void Add(in RollUpRow row) => At(range.WindowOf(row.StartMs)).Add(row);

    /// <summary>Adds the open readings, after all sealed ones.</summary>
    public void AddOpen()
    {
        foreach (var reading in Open)
        {
            AddShown(reading);
        }
    }

    /// <summary>The rows in order of time.</summary>
    public IReadOnlyList<AggregateRow> Rows() =>
        [.. _windows.OrderBy(w => w.Key).Select(w => w.Value.ToRow(range.OriginMs + (w.Key * range.WindowMs), range.OriginMs + ((w.Key + 1) * range.WindowMs)))];

    private void AddShown(in Reading received)
    {
        if (corrections.Shown(received) is { } held)
        {
            At(range.WindowOf(held.TimeMs)).Add(held);
        }
    }

    private WindowSum At(long window)
    {
        if (!_windows.TryGetValue(window, out var sum))
        {
            sum = new WindowSum();
            _windows.Add(window, sum);
        }

        return sum;
    }
}
