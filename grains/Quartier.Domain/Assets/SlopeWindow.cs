using System.Collections.Immutable;
using Quartier.Contracts.Readings;

namespace Quartier.Domain.Assets;

/// <summary>
/// The points of one slope. The span is divided into at most <see cref="MaxBuckets"/> buckets of event time; the last value in a bucket stands for it:
/// memory is bounded whatever the rate, and the result depends on the values and times alone.
/// </summary>
internal sealed class SlopeWindow(long spanMs)
{
    /// <summary>Points kept: an hour in half-minutes. More would not change a slope that people read.</summary>
    public const int MaxBuckets = 120;

    private const double MsPerHour = 3_600_000;

    private readonly long _bucketMs = Math.Max(1, spanMs / MaxBuckets);
    private readonly List<Reading> _points = [];

    public ImmutableArray<Reading> Points => [.. _points];

    /// <summary>Adds a value that is newer than all before; others have no effect.</summary>
    public void Add(in Reading point)
    {
        if (_points.Count > 0)
        {
            var last = _points[^1];
            if (point.TimeMs <= last.TimeMs)
            {
                return;
            }

            if (point.TimeMs / _bucketMs == last.TimeMs / _bucketMs)
            {
                _points[^1] = point;
                Prune(point.TimeMs);
                return;
            }
        }

        _points.Add(point);
        Prune(point.TimeMs);
    }

    /// <summary>The change per hour by least squares; NaN with fewer than two points.</summary>
    public double PerHour()
    {
        if (_points.Count < 2)
        {
            return double.NaN;
        }

        var origin = _points[^1].TimeMs;
        double sumX = 0, sumY = 0;
        foreach (var point in _points)
        {
            sumX += (point.TimeMs - origin) / MsPerHour;
            sumY += point.Value;
        }

        var (meanX, meanY) = (sumX / _points.Count, sumY / _points.Count);
        double above = 0, below = 0;
        foreach (var point in _points)
        {
            var x = ((point.TimeMs - origin) / MsPerHour) - meanX;
            above += x * (point.Value - meanY);
            below += x * x;
        }

        return ExpressionCode.Finite(above / below);
    }

    private void Prune(long newestMs)
    {
        var old = 0;
        while (_points[old].TimeMs <= newestMs - spanMs)
        {
            old++;
        }

        _points.RemoveRange(0, old);
    }
}
