using Quartier.Contracts.Readings;

namespace Quartier.Domain.Rules;

/// <summary>Total and parts of one event time.</summary>
internal sealed class SumRow(int streams)
{
    private readonly Reading[] _readings = new Reading[streams];
    private ulong _present;

    public long TimeMs { get; private set; }

    public bool IsComplete => _present == ulong.MaxValue >> (64 - _readings.Length);

    public ReadOnlySpan<Reading> Readings => _readings;

    public bool Has(int stream) => (_present & (1UL << stream)) != 0;

    public void Reset(long timeMs)
    {
        TimeMs = timeMs;
        _present = 0;
    }

    public void Set(int stream, in Reading reading)
    {
        _readings[stream] = reading;
        _present |= 1UL << stream;
    }
}
