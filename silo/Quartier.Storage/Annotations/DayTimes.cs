using Quartier.Contracts.Readings;

namespace Quartier.Storage.Annotations;

/// <summary>
/// Over which times the Observations of a datastream's days stretch, as far as somebody has asked. Guarded by the datastream's lock. A day is
/// reserved before it is looked at: when one of its readings changes meanwhile the reservation is gone, and nothing outdated is kept.
/// </summary>
internal sealed class DayTimes
{
    /// <summary>Days remembered of one datastream: nearly three years; what is older is looked at again.</summary>
    private const int MostDays = 1_024;

    private readonly SortedDictionary<int, Entry> _days = [];

    /// <summary>The day's; false when it has to be looked at.</summary>
    public bool TryFind(int day, out ReadingTimes? times)
    {
        var isKnown = _days.TryGetValue(day, out var entry) && entry.IsKnown;
        times = entry?.Times;
        return isKnown;
    }

    /// <summary>Reserves a day that is about to be looked at.</summary>
    public object Reserve(int day)
    {
        var entry = new Entry();
        _days[day] = entry;
        if (_days.Count > MostDays)
        {
            _days.Remove(_days.First().Key);
        }

        return entry;
    }

    /// <summary>Keeps what was found, unless the day has changed since it was reserved.</summary>
    public void Keep(int day, object reserved, ReadingTimes? times)
    {
        if (_days.TryGetValue(day, out var entry) && ReferenceEquals(entry, reserved))
        {
            (entry.IsKnown, entry.Times) = (true, times);
        }
    }

    /// <summary>A reading of the day has changed.</summary>
    public void Forget(int day) => _days.Remove(day);

    private sealed class Entry
    {
        public bool IsKnown { get; set; }

        public ReadingTimes? Times { get; set; }
    }
}
