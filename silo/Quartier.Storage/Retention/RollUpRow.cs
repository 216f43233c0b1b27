using Quartier.Contracts.Readings;

namespace Quartier.Storage.Retention;

/// <summary>The readings of one hour or local day that came from one UTC day and one partition file, summarised. Nothing in it is a single reading's time or last value.</summary>
/// <param name="Datastream">The datastream's number.</param>
/// <param name="Resolution">Hours or days.</param>
/// <param name="StartMs">Start of the hour or local day.</param>
/// <param name="EndMs">Its end.</param>
/// <param name="SourceDay">UTC day of the readings.</param>
/// <param name="SourceExpiry">Expiry day of the partition in which they rested.</param>
/// <param name="SourceFile">Identity of that partition's file.</param>
/// <param name="Count">Readings; at least one.</param>
/// <param name="Flagged">Those whose stored quality is not good.</param>
/// <param name="Sum">Sum of the values, in order of time.</param>
/// <param name="Min">Smallest value.</param>
/// <param name="Max">Greatest value.</param>
internal readonly record struct RollUpRow(
    int Datastream,
    RollUpResolution Resolution,
    long StartMs,
    long EndMs,
    int SourceDay,
    int SourceExpiry,
    long SourceFile,
    long Count,
    long Flagged,
    double Sum,
    double Min,
    double Max)
{
    /// <summary>The row with one more reading.</summary>
    public RollUpRow With(in Reading reading) => this with
    {
        Count = Count + 1,
        Flagged = Flagged + (reading.Quality == Quality.Good ? 0 : 1),
        Sum = Sum + reading.Value,
        Min = Math.Min(Min, reading.Value),
        Max = Math.Max(Max, reading.Value),
    };
}
