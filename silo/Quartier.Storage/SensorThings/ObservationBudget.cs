using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>What a question about Observations may still cost.</summary>
internal sealed class ObservationBudget(QueryLimits limits, TimeProvider time)
{
    /// <summary>What a Datastream costs beside the readings looked at, in readings: a decision, and an opened cursor.</summary>
    public const int ReadingsOfASource = 20;

    /// <summary>What a window costs beside itself, in readings: sums of blocks, and readings at its edges.</summary>
    private const int ReadingsOfAWindow = 10;

    private readonly long _start = time.GetTimestamp();
    private bool _isRefused;

    /// <summary>Readings looked at.</summary>
    public long Examined { get; private set; }

    /// <summary>Notes readings that were looked at; false when there were too many, or it took too long.</summary>
    public bool TrySpend(int readings)
    {
        Examined += readings;
        return TryCost(readings) && Problem() is null;
    }

    /// <summary>Notes Datastreams before they are decided on and opened; false when the question may not go on.</summary>
    public bool TryOpen(int sources) => TryCost((long)sources * ReadingsOfASource);

    /// <summary>Which limit is exceeded, or null.</summary>
    public QueryProblem? Problem()
    {
        if (_isRefused)
        {
            return Refused;
        }

        if (Examined > limits.RowsExamined)
        {
            return Exceeded("rows examined", $"More than {limits.RowsExamined} readings would have to be looked at. Narrow phenomenonTime, or ask for one Datastream.");
        }

        return time.GetElapsedTime(_start) > limits.Time
            ? Exceeded("time", $"The question took longer than {limits.Time.TotalSeconds} seconds. Narrow phenomenonTime, or ask for one Datastream.")
            : null;
    }

    /// <summary>The problem of a question that may not go on beside others.</summary>
    public static QueryProblem Refused { get; } = Exceeded("questions at once", "Too many dear questions are open at once. Wait for one to end, or ask for less.");

    /// <summary>Notes windows that were filled; false when the question may not go on.</summary>
    public bool TryFill(int windows) => TryCost((long)windows * ReadingsOfAWindow);

    private bool TryCost(long readings)
    {
        _isRefused |= limits.Cost is { } cost && !cost.TrySpend(readings);
        return !_isRefused;
    }

    private static QueryProblem Exceeded(string limit, string text) => new(QueryProblemKind.LimitExceeded, text, string.Empty, -1, limit);
}
