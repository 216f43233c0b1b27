using Quartier.Contracts.Readings;

namespace Grains.Tests;

/// <summary>What the model says about a batch.</summary>
internal sealed record NaiveReceipt(int Stored, int Duplicate, IReadOnlyList<RefusedCount> Refused)
{
    public NaiveReceipt Plus(NaiveReceipt other) => new(
        Stored + other.Stored,
        Duplicate + other.Duplicate,
        [.. Refused.Concat(other.Refused).GroupBy(r => r.Reason, (reason, counts) => new RefusedCount(reason, counts.Sum(c => c.Count)))]);
}
