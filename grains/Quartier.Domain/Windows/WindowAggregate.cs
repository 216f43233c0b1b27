using Quartier.Contracts.Readings;

namespace Quartier.Domain.Windows;

/// <summary>
/// The summary of the readings of one window of event time but for the last one, which the newest minute, hour and day have in common. Independent of
/// the order in which readings are added, but for the sum's rounding.
/// </summary>
public struct WindowAggregate
{
    /// <summary>Readings added.</summary>
    public int Count { get; private set; }

    /// <summary>Those whose stored quality is not good.</summary>
    public int Flagged { get; private set; }

    /// <summary>Sum of the values.</summary>
    public double Sum { get; private set; }

    /// <summary>Smallest value; 0 when empty.</summary>
    public double Min { get; private set; }

    /// <summary>Greatest value; 0 when empty.</summary>
    public double Max { get; private set; }

    /// <summary>Time of the first reading in milliseconds since 1970-01-01T00:00:00Z; 0 when empty.</summary>
    public long FirstMs { get; private set; }

    /// <summary>Takes up a summary made elsewhere.</summary>
    /// <param name="row">A row with at most 2,147,483,647 readings.</param>
    public static WindowAggregate FromRow(in AggregateRow row) => new()
    {
        Count = checked((int)row.Count),
        Flagged = checked((int)row.Flagged),
        Sum = row.Sum,
        Min = row.Min,
        Max = row.Max,
        FirstMs = row.FirstMs,
    };

    /// <summary>Adds a reading.</summary>
    public void Add(in Reading reading)
    {
        Flagged += (reading.Quality & StoredFlags) == Quality.Good ? 0 : 1;
        Sum += reading.Value;
        Min = Count == 0 ? reading.Value : Math.Min(Min, reading.Value);
        Max = Count == 0 ? reading.Value : Math.Max(Max, reading.Value);
        FirstMs = Count == 0 ? reading.TimeMs : Math.Min(FirstMs, reading.TimeMs);
        Count++;
    }

    /// <summary>The summary as a message.</summary>
    /// <param name="startMs">Start of the window, inclusive.</param>
    /// <param name="endMs">End of the window, exclusive.</param>
    /// <param name="lastMs">Time of the last reading.</param>
    /// <param name="lastValue">Its value.</param>
    public readonly AggregateRow ToRow(long startMs, long endMs, long lastMs, double lastValue) =>
        new(startMs, endMs, Count, Sum, Min, Max, FirstMs, lastMs, lastValue, Flagged);

    private const Quality StoredFlags = (Quality)0x00FF;
}
