using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>What a question about Observations may still cost.</summary>
internal sealed class ObservationBudget(QueryLimits limits, TimeProvider time)
{
    /// <summary>What a Datastream costs beside the readings looked at, in readings: a decision, and an opened cursor.</summary>
    public const int ReadingsOfASource = 20;

    /// <summary>What a window costs beside itself, in readings: sums of blocks, and readings at its edges.</summary>
    private const int ReadingsOfAWindow = 10;

    /// <summary>Pairs between two looks at the limits: some hundred microseconds.</summary>
    private const int PairsBetweenLooks = 1_024;

    private readonly long _start = time.GetTimestamp();
    private long _pairs;
    private bool _isRefused;

    /// <summary>Readings looked at.</summary>
    public long Examined { get; private set; }

    /// <summary>Whether readings were looked at beyond what they may cost.</summary>
    public bool IsSpent { get; private set; }

    /// <summary>Notes readings that were looked at; false when there were too many, or it took too long.</summary>
    public bool TrySpend(int readings)
    {
        Examined += readings;
        IsSpent |= !TryCost(readings) || Problem() is not null;
        return !IsSpent;
    }

    /// <summary>Notes Datastreams before they are decided on and opened; false when the question may not go on.</summary>
    public bool TryOpen(int sources) => TryCost((long)sources * ReadingsOfASource);

    /// <summary>Notes a pair of Observations, or one of each of more paths, that is looked at like a reading; false when there were too many, or it took too long.</summary>
    public bool TryPair() => ++_pairs % PairsBetweenLooks != 0 || TrySpend(PairsBetweenLooks);

    /// <summary>Which limit is exceeded, or null.</summary>
    public QueryProblem? Problem()
    {
        if (_isRefused)
        {
            return Refused;
        }

        if (Examined > limits.RowsExamined)
        {
            return _pairs > 0 ? Paired() : Exceeded("rows examined", $"More than {limits.RowsExamined} readings would have to be looked at. Narrow phenomenonTime, or ask for one Datastream.");
        }

        return time.GetElapsedTime(_start) > limits.Time
            ? Exceeded("time", $"The question took longer than {limits.Time.TotalSeconds} seconds. Narrow phenomenonTime, or ask for one Datastream.")
            : null;
    }

    /// <summary>The problem of a question that may not go on beside others.</summary>
    public static QueryProblem Refused { get; } = Exceeded("questions at once", "Too many dear questions are open at once. Wait for one to end, or ask for less.");

    /// <summary>Notes windows that were filled; false when the question may not go on.</summary>
    public bool TryFill(int windows) => TryCost((long)windows * ReadingsOfAWindow);

    private QueryProblem Paired() => Exceeded(
        "rows examined",
        $"More than {limits.RowsExamined} readings and pairs of readings would have to be looked at. Let fewer Datastreams pass by conditions joined by 'and', or compare one property with one other: that needs no pairs.");

    private bool TryCost(long readings)
    {
        _isRefused |= limits.Cost is { } cost && !cost.TrySpend(readings);
        return !_isRefused;
    }

    private static QueryProblem Exceeded(string limit, string text) => new(QueryProblemKind.LimitExceeded, text, string.Empty, -1, limit);
}
