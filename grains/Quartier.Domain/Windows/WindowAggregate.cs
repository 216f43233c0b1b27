using Quartier.Contracts.Readings;

namespace Quartier.Domain.Windows;

/// <summary>The summary of the readings of one window of event time. Independent of the order in which readings are added, but for the sum's rounding.</summary>
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

    /// <summary>Time of the last reading; 0 when empty.</summary>
    public long LastMs { get; private set; }

    /// <summary>Value of the last reading; 0 when empty.</summary>
    public double LastValue { get; private set; }

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
        LastMs = row.LastMs,
        LastValue = row.LastValue,
    };

    /// <summary>Adds a reading.</summary>
    public void Add(in Reading reading)
    {
        var flagged = (reading.Quality & StoredFlags) == Quality.Good ? 0 : 1;
        Merge(new WindowAggregate
        {
            Count = 1,
            Flagged = flagged,
            Sum = reading.Value,
            Min = reading.Value,
            Max = reading.Value,
            FirstMs = reading.TimeMs,
            LastMs = reading.TimeMs,
            LastValue = reading.Value,
        });
    }

    /// <summary>Adds all readings of another summary.</summary>
    public void Merge(in WindowAggregate other)
    {
        if (other.Count == 0)
        {
            return;
        }

        if (Count == 0)
        {
            this = other;
            return;
        }

        Count += other.Count;
        Flagged += other.Flagged;
        Sum += other.Sum;
        Min = Math.Min(Min, other.Min);
        Max = Math.Max(Max, other.Max);
        FirstMs = Math.Min(FirstMs, other.FirstMs);
        if (other.LastMs >= LastMs)
        {
            LastMs = other.LastMs;
            LastValue = other.LastValue;
        }
    }

    /// <summary>The summary as a message.</summary>
    /// <param name="startMs">Start of the window, inclusive.</param>
    /// <param name="endMs">End of the window, exclusive.</param>
    public readonly AggregateRow ToRow(long startMs, long endMs) =>
        new(startMs, endMs, Count, Sum, Min, Max, FirstMs, LastMs, LastValue, Flagged);

    private const Quality StoredFlags = (Quality)0x00FF;
}
