using Quartier.Contracts.Readings;
using Quartier.Contracts.Sensors;

namespace Quartier.Grains.Sensors;

/// <summary>A sensor's books while it is awake: plain counters, one for each reason that has occurred.</summary>
internal struct SensorCounts
{
    private long _stored;
    private long _duplicate;
    private long[]? _refused;

    /// <summary>Opens the books where they were left.</summary>
    public static SensorCounts Restore(SensorBooks books)
    {
        var counts = new SensorCounts { _stored = books.Stored, _duplicate = books.Duplicate };
        foreach (var refused in books.Refused)
        {
            counts.Refuse(refused.Reason, refused.Count);
        }

        return counts;
    }

    /// <summary>Counts stored readings.</summary>
    public void Store(long count) => _stored += count;

    /// <summary>Counts repeated ones.</summary>
    public void Repeat(long count) => _duplicate += count;

    /// <summary>Counts refused ones.</summary>
    public void Refuse(RefusalReason reason, long count) => (_refused ??= new long[(int)RefusalReason.PersonalIdentifier + 1])[(int)reason] += count;

    /// <summary>The books, less readings that are not to be counted yet.</summary>
    public readonly SensorBooks Books(long waiting = 0)
    {
        var refused = Refused();
        return new(_stored - waiting + _duplicate + refused.Sum(r => r.Count), _stored - waiting, _duplicate, [.. refused]);
    }

    private readonly List<RefusedCount> Refused()
    {
        var refused = new List<RefusedCount>();
        for (var i = 0; i < (_refused?.Length ?? 0); i++)
        {
            if (_refused![i] > 0)
            {
                refused.Add(new((RefusalReason)i, _refused[i]));
            }
        }

        return refused;
    }
}
