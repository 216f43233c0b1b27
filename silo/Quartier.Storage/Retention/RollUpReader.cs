using Quartier.Storage.Partitions;

namespace Quartier.Storage.Retention;

/// <summary>
/// Finds the roll-ups that answer for readings which are gone. A roll-up counts from the moment at which the partition file that it sums is gone,
/// so that nothing is counted twice, whatever was interrupted.
/// </summary>
internal sealed class RollUpReader(PartitionSet partitions)
{
    /// <summary>Roll-ups of [fromMs, toMs) that lie within one window each; of each source hours where windows consist of them, else days.</summary>
    public List<RollUpRow> Read(RollUpRetentions kept, int datastream, AggregateRange range)
    {
        if (kept.IsEmpty)
        {
            return [];
        }

        var hours = range.IsHourly ? Of(datastream, RollUpResolution.Hour, kept.Hours, range) : [];
        var sources = hours.Select(h => (h.SourceDay, h.SourceFile)).ToHashSet();
        var days = Of(datastream, RollUpResolution.Day, kept.Days, range).Where(d => !sources.Contains((d.SourceDay, d.SourceFile)));
        return [.. hours.Concat(days).Where(row => range.Holds(row.StartMs, row.EndMs))];
    }

    /// <summary>Whether the readings that the row sums are gone.</summary>
    public bool IsInForce(in RollUpRow row) => partitions.Identity(row.SourceExpiry) != row.SourceFile;

    // A row may stand in two files while a shorter retention of roll-ups is being applied.
    private List<RollUpRow> Of(int datastream, RollUpResolution resolution, int[] retentions, AggregateRange range)
    {
        var (first, last) = range.SourceDays;
        var found = new Dictionary<(long, int, long), RollUpRow>();
        foreach (var day in partitions.Days.Where(d => Array.Exists(retentions, r => d - r >= first && d - r <= last)))
        {
            foreach (var row in partitions.Query(day, [], database => RollUpTable.Read(database, datastream, resolution, first, last)))
            {
                found[(row.StartMs, row.SourceDay, row.SourceFile)] = row;
            }
        }

        return [.. found.Values.Where(row => IsInForce(row))];
    }
}
