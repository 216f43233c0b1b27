using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>What a question about Observations may still cost.</summary>
internal sealed class ObservationBudget(QueryLimits limits, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>Readings looked at.</summary>
    public long Examined { get; private set; }

    /// <summary>Notes readings that were looked at; false when there were too many, or it took too long.</summary>
    public bool TrySpend(int readings)
    {
        Examined += readings;
        return Problem() is null;
    }

    /// <summary>Which limit is exceeded, or null.</summary>
    public QueryProblem? Problem()
    {
        if (Examined > limits.RowsExamined)
        {
            return Exceeded("rows examined", $"More than {limits.RowsExamined} readings would have to be looked at. Narrow phenomenonTime, or ask for one Datastream.");
        }

        return time.GetElapsedTime(_start) > limits.Time
            ? Exceeded("time", $"The question took longer than {limits.Time.TotalSeconds} seconds. Narrow phenomenonTime, or ask for one Datastream.")
            : null;
    }

    private static QueryProblem Exceeded(string limit, string text) => new(QueryProblemKind.LimitExceeded, text, string.Empty, -1, limit);
}
