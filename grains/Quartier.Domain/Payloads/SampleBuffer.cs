using Quartier.Contracts.Readings;

namespace Quartier.Domain.Payloads;

/// <summary>
/// Collects the samples and refusals of one or several messages of one sensor; reused by clearing it. Not thread-safe.
/// It grows to the greatest message seen, at most <see cref="PayloadDecoder.MaxSamples"/> for each message, and keeps that memory.
/// </summary>
public sealed class SampleBuffer
{
    /// <summary>Longest detail text in characters: what a refusal in the books may hold.</summary>
    public const int MaxDetailLength = 200;

    private const int Reasons = 16;
    private readonly int[] _refused = new int[Reasons];
    private readonly string?[] _details = new string?[Reasons];
    private readonly int[] _keptRefused = new int[Reasons];
    private readonly string?[] _keptDetails = new string?[Reasons];
    private int _keptTotal;
    private byte[]? _nameSpace;
    private Sample[] _samples = new Sample[16];
    private ulong[] _seen = new ulong[1];

    /// <summary>Number of samples.</summary>
    public int Count { get; private set; }

    /// <summary>Number of refusals.</summary>
    public int Refused { get; private set; }

    /// <summary>The samples in the order of arrival; valid until the buffer is used again.</summary>
    public ReadOnlySpan<Sample> Samples => _samples.AsSpan(0, Count);

    /// <summary>How many were refused for the reason.</summary>
    public int RefusedFor(RefusalReason reason) => _refused[(int)reason];

    /// <summary>What was wrong with the last one refused for the reason, for the operator, at most 200 characters; null when there was none.</summary>
    public string? DetailFor(RefusalReason reason) => _details[(int)reason];

    /// <summary>Forgets everything, keeps the memory.</summary>
    public void Clear()
    {
        Count = 0;
        ClearRefusals();
    }

    /// <summary>Forgets the refusals and keeps the samples: for a buffer that collects several payloads and notes refusals after each.</summary>
    public void ClearRefusals()
    {
        if (Refused > 0)
        {
            Refused = 0;
            Array.Clear(_refused);
            Array.Clear(_details);
        }
    }

    internal void Add(int datastream, long timeMs, double value)
    {
        if (Count == _samples.Length)
        {
            Array.Resize(ref _samples, Count * 2);
        }

        _samples[Count++] = new Sample(datastream, timeMs, value);
    }

    internal void Refuse(RefusalReason reason, string detail, int count = 1)
    {
        Refused += count;
        _refused[(int)reason] += count;
        _details[(int)reason] = detail.Length <= MaxDetailLength ? detail : string.Concat(detail.AsSpan(0, MaxDetailLength - 1), "…");
    }

    /// <summary>Room for the resolved name of a SenML record.</summary>
    internal byte[] NameSpace => _nameSpace ??= new byte[SenMLRecord.LongestName * 2];

    /// <summary>Remembers the refusals so far.</summary>
    internal void KeepRefusals()
    {
        _keptTotal = Refused;
        _refused.CopyTo(_keptRefused, 0);
        _details.CopyTo(_keptDetails, 0);
    }

    /// <summary>Takes back the refusals since they were last remembered.</summary>
    internal void TakeBackRefusals()
    {
        Refused = _keptTotal;
        _keptRefused.CopyTo(_refused, 0);
        _keptDetails.CopyTo(_details, 0);
    }

    /// <summary>Takes back the samples from an index on.</summary>
    internal void TakeBack(int from) => Count = from;

    /// <summary>Sets the time of the samples from an index on.</summary>
    internal void SetTime(int from, long timeMs)
    {
        foreach (ref var sample in _samples.AsSpan(from, Count - from))
        {
            sample = sample with { TimeMs = timeMs };
        }
    }

    internal void ForgetSeen(int datastreams)
    {
        var words = (datastreams + 63) / 64;
        if (_seen.Length < words)
        {
            _seen = new ulong[words];
        }

        _seen.AsSpan(0, words).Clear();
    }

    /// <summary>Marks a datastream as seen in the present object; false when it was already.</summary>
    internal bool TrySee(int datastream)
    {
        ref var word = ref _seen[datastream >> 6];
        var bit = 1UL << (datastream & 63);
        var fresh = (word & bit) == 0;
        word |= bit;
        return fresh;
    }
}
