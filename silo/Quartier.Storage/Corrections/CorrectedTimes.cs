using Quartier.Contracts.Readings;
using Quartier.Storage.Annotations;

namespace Quartier.Storage.Corrections;

/// <summary>The corrections of a span of time, laid over what was received.</summary>
internal sealed class CorrectedTimes
{
    /// <summary>How a reading arrived is told of a corrected one too.</summary>
    private const Quality Arrival = Quality.Late | Quality.ClockSkew;

    private readonly long[] _times;
    private readonly Correction[] _corrections;

    /// <summary>Decodes the rows, which are in order of time.</summary>
    public CorrectedTimes(AnnotationRow[] rows)
    {
        _times = Array.ConvertAll(rows, row => row.TimeMs);
        _corrections = Array.ConvertAll(rows, row => CorrectionCodec.Decode(row));
    }

    /// <summary>No corrections.</summary>
    public static CorrectedTimes None { get; } = new([]);

    /// <summary>Whether nothing was corrected.</summary>
    public bool IsEmpty => _times.Length == 0;

    /// <summary>The corrections in order of time.</summary>
    public IEnumerable<(long TimeMs, Correction Correction)> All => _times.Zip(_corrections);

    /// <summary>The correction of the time, or null.</summary>
    public Correction? At(long timeMs)
    {
        var at = Array.BinarySearch(_times, timeMs);
        return at < 0 ? null : _corrections[at];
    }

    /// <summary>Whether a time in [fromMs, toMs) was corrected.</summary>
    public bool AnyWithin(long fromMs, long toMs)
    {
        var at = Array.BinarySearch(_times, fromMs);
        at = at < 0 ? ~at : at;
        return at < _times.Length && _times[at] < toMs;
    }

    /// <summary>What holds of a reading; null when it was withdrawn.</summary>
    public Reading? Shown(in Reading received) => At(received.TimeMs) switch
    {
        null => received,
        { IsWithdrawn: true } => null,
        { } held => new Reading(received.TimeMs, held.Value, held.Quality | (received.Quality & Arrival)),
    };

    /// <summary>What holds of the readings, in their order.</summary>
    public Reading[] Shown(Reading[] received)
    {
        if (IsEmpty)
        {
            return received;
        }

        var shown = new List<Reading>(received.Length);
        foreach (var reading in received)
        {
            if (Shown(reading) is { } held)
            {
                shown.Add(held);
            }
        }

        return [.. shown];
    }
}
