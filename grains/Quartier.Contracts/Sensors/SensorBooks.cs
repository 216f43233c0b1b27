using System.Collections.Immutable;
using Quartier.Contracts.Readings;

namespace Quartier.Contracts.Sensors;

/// <summary>The books of one sensor, or a sum of such: Received = Stored + Duplicate + sum of Refused, or it is an incident.</summary>
[GenerateSerializer, Immutable, Alias("quartier.SensorBooks")]
public sealed record SensorBooks(
    [property: Id(0)] long Received,
    [property: Id(1)] long Stored,
    [property: Id(2)] long Duplicate,
    [property: Id(3)] ImmutableArray<RefusedCount> Refused)
{
    /// <summary>Nothing yet.</summary>
    public static SensorBooks Empty { get; } = new(0, 0, 0, []);

    /// <summary>Whether the books balance.</summary>
    public bool Balanced => Received == Stored + Duplicate + Refused.Sum(r => r.Count);

    /// <summary>The sum of both.</summary>
    public SensorBooks Plus(SensorBooks other)
    {
        if (other.Received == 0)
        {
            return this;
        }

        var refused = Refused.Concat(other.Refused)
            .GroupBy(r => r.Reason, (reason, counts) => new RefusedCount(reason, counts.Sum(c => c.Count)))
            .OrderBy(r => r.Reason);
        return new(Received + other.Received, Stored + other.Stored, Duplicate + other.Duplicate, [.. refused]);
    }
}
