using Quartier.Contracts.Readings;

namespace Grains.Tests;

/// <summary>The books of a sensor in the simplest way that can be right: dictionaries and one rule after the other.</summary>
internal sealed class NaiveBooks(long[] latenessMs, long nowMs)
{
    private readonly SortedDictionary<long, double>[] _stored = [.. latenessMs.Select(_ => new SortedDictionary<long, double>())];
    private readonly long?[] _newest = new long?[latenessMs.Length];

    public NaiveReceipt Total { get; private set; } = new(0, 0, []);

    public long[] Late { get; } = new long[latenessMs.Length];

    public long[] Contradicted { get; } = new long[latenessMs.Length];

    public (long TimeMs, double Value)? Newest(int datastream) =>
        _stored[datastream].Count == 0 ? null : (_stored[datastream].Last().Key, _stored[datastream].Last().Value);

    public NaiveReceipt Take(IEnumerable<Sample> samples)
    {
        var receipt = new NaiveReceipt(0, 0, []);
        foreach (var sample in samples)
        {
            receipt = receipt.Plus(Take(sample));
        }

        Total = Total.Plus(receipt);
        return receipt;
    }

    private NaiveReceipt Take(Sample sample)
    {
        if (Refusal(sample) is { } reason)
        {
            return new(0, 0, [new(reason, 1)]);
        }

        var stored = _stored[sample.Datastream];
        if (stored.TryGetValue(sample.TimeMs, out var known))
        {
            Contradicted[sample.Datastream] += known.Equals(sample.Value) ? 0 : 1;
            stored[sample.TimeMs] = Math.Max(known, sample.Value);
            return new(0, 1, []);
        }

        ref var newest = ref _newest[sample.Datastream];
        Late[sample.Datastream] += sample.TimeMs <= newest - latenessMs[sample.Datastream] ? 1 : 0;
        newest = Math.Max(newest ?? 0, sample.TimeMs);
        stored[sample.TimeMs] = sample.Value;
        return new(1, 0, []);
    }

    private RefusalReason? Refusal(Sample sample)
    {
        if (!double.IsFinite(sample.Value))
        {
            return RefusalReason.BadValue;
        }

        if (sample.TimeMs < 1_000_000)
        {
            return RefusalReason.BadTime;
        }

        if (sample.TimeMs > nowMs + Town.Day)
        {
            return RefusalReason.FutureTime;
        }

        return sample.TimeMs < nowMs - (32 * Town.Day) ? RefusalReason.Expired : null;
    }
}
