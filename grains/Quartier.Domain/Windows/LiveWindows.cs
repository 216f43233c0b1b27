using Quartier.Contracts.Readings;

namespace Quartier.Domain.Windows;

/// <summary>
/// The current minute, hour and UTC day of one datastream (about 150 bytes). A window is open until a reading of a later one arrives or the
/// watermark passes its end; a reading of a window that is gone is not counted here, the store has it. The newest reading lies in the newest minute,
/// the newest hour and the newest day, so it is kept once for all three.
/// </summary>
public struct LiveWindows
{
    private const long MinuteMs = 60_000;
    private const long HourMs = 3_600_000;
    private const long DayMs = 86_400_000;

    private WindowAggregate _minute;
    private WindowAggregate _hour;
    private WindowAggregate _day;
    private long _lastMs;
    private double _lastValue;
    private bool _minuteReported;

    /// <summary>The open or last minute, or null before the first reading.</summary>
    public readonly AggregateRow? Minute => RowOf(_minute, MinuteMs);

    /// <summary>The open or last hour, or null before the first reading.</summary>
    public readonly AggregateRow? Hour => RowOf(_hour, HourMs);

    /// <summary>The open or last UTC day, or null before the first reading.</summary>
    public readonly AggregateRow? Day => RowOf(_day, DayMs);

    /// <summary>Takes up what was known before a restart; the minute counts as reported.</summary>
    public static LiveWindows Restore(AggregateRow? minute, AggregateRow? hour, AggregateRow? day) => new()
    {
        _minute = minute is { } m ? WindowAggregate.FromRow(m) : default,
        _hour = hour is { } h ? WindowAggregate.FromRow(h) : default,
        _day = day is { } d ? WindowAggregate.FromRow(d) : default,
        _lastMs = day?.LastMs ?? 0,
        _lastValue = day?.LastValue ?? 0,
        _minuteReported = minute is not null,
    };

    /// <summary>Counts a reading, in any order.</summary>
    /// <param name="reading">A stored reading.</param>
    /// <param name="closedMinute">The minute that it closed by being in a later one.</param>
    /// <returns>True when a minute closed that had not been reported.</returns>
    public bool Add(in Reading reading, out AggregateRow closedMinute)
    {
        var isNewest = _minute.Count == 0 || reading.TimeMs >= _lastMs;
        AddTo(ref _hour, HourMs, reading);
        AddTo(ref _day, DayMs, reading);
        var closes = _minute.Count > 0 && StartOf(reading.TimeMs, MinuteMs) > StartOf(_lastMs, MinuteMs);
        var reports = closes && !_minuteReported;
        closedMinute = reports ? RowOf(_minute, MinuteMs)!.Value : default;
        _minuteReported &= !closes;
        AddTo(ref _minute, MinuteMs, reading);
        if (isNewest)
        {
            (_lastMs, _lastValue) = (reading.TimeMs, reading.Value);
        }

        return reports;
    }

    /// <summary>Closes the minute when the watermark has reached its end.</summary>
    /// <param name="watermarkMs">Nothing at or before this time is expected any more.</param>
    /// <param name="closedMinute">The minute.</param>
    /// <returns>True when it closed just now.</returns>
    public bool TryCloseMinute(long watermarkMs, out AggregateRow closedMinute)
    {
        closedMinute = default;
        if (_minuteReported || Minute is not { } minute || watermarkMs < minute.EndMs - 1)
        {
            return false;
        }

        _minuteReported = true;
        closedMinute = minute;
        return true;
    }

    private readonly void AddTo(ref WindowAggregate window, long lengthMs, in Reading reading)
    {
        if (window.Count > 0)
        {
            var start = StartOf(reading.TimeMs, lengthMs);
            var current = StartOf(_lastMs, lengthMs);
            if (start < current)
            {
                return;
            }

            if (start > current)
            {
                window = default;
            }
        }

        window.Add(reading);
    }

    private readonly AggregateRow? RowOf(in WindowAggregate window, long lengthMs)
    {
        if (window.Count == 0)
        {
            return null;
        }

        var start = StartOf(_lastMs, lengthMs);
        return window.ToRow(start, start + lengthMs, _lastMs, _lastValue);
    }

    private static long StartOf(long timeMs, long lengthMs) => timeMs - (((timeMs % lengthMs) + lengthMs) % lengthMs);
}
