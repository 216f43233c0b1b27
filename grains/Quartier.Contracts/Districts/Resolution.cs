namespace Quartier.Contracts.Districts;

/// <summary>How fine data are, from the finest. A floor permits itself and everything after it.</summary>
public enum Resolution : byte
{
    /// <summary>Single readings: latest, ranges, live changes, exports.</summary>
    Raw = 0,

    /// <summary>Aggregates over one minute.</summary>
    Minute = 1,

    /// <summary>Aggregates over fifteen minutes.</summary>
    Quarter = 2,

    /// <summary>Aggregates over one hour.</summary>
    Hour = 3,

    /// <summary>Aggregates over one day of the city's time zone.</summary>
    Day = 4,

    /// <summary>Aggregates over one ISO week.</summary>
    Week = 5,

    /// <summary>Aggregates over one calendar month.</summary>
    Month = 6,
}
