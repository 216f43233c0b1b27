using NodaTime;

namespace Quartier.Gateway.Replay;

/// <summary>Counts rows of one file that repeat or precede an earlier one.</summary>
internal sealed class RowOrder(TrapTally tally)
{
    private readonly Dictionary<Instant, string> rows = [];
    private Instant last = Instant.MinValue;

    /// <summary>True when the row is to be used: anything but an equal repetition.</summary>
    public bool Accept(Instant time, string[] cells, string place)
    {
        if (time < last)
        {
            tally.Add(Trap.UnorderedRow, place);
        }

        last = Instant.Max(last, time);
        var content = string.Join('\u001f', cells.Skip(1));
        if (rows.TryAdd(time, content))
        {
            return true;
        }

        var isEqual = rows[time] == content;
        tally.Add(isEqual ? Trap.RepeatedRow : Trap.ContradictingRow, place);
        return !isEqual;
    }
}
