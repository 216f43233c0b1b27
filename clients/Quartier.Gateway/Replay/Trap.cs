namespace Quartier.Gateway.Replay;

/// <summary>A peculiarity of the city's files; docs/sample-city.md says what is done with each.</summary>
public enum Trap
{
    /// <summary>A cell without a value.</summary>
    EmptyCell,

    /// <summary>A value that the source marked as modified.</summary>
    ModifiedValue,

    /// <summary>A status that nobody described.</summary>
    UnknownStatus,

    /// <summary>A station's first channel is not the sum of the others.</summary>
    SumMismatch,

    /// <summary>A channel that counts cars among bicycles.</summary>
    CarChannel,

    /// <summary>A car park is closed (<c>ges</c>).</summary>
    Closed,

    /// <summary>The guidance system has no data (<c>kei</c>).</summary>
    NoData,

    /// <summary>A car park is full (<c>bes</c>).</summary>
    Full,

    /// <summary>More free spaces than the car park has.</summary>
    MoreFreeThanCapacity,

    /// <summary>A name with blanks around it.</summary>
    UntrimmedName,

    /// <summary>A car park's capacity differs from that of the file before.</summary>
    CapacityChanged,

    /// <summary>The same time and the same values again.</summary>
    RepeatedRow,

    /// <summary>The same time again with other values.</summary>
    ContradictingRow,

    /// <summary>A row that lies before its predecessor in time.</summary>
    UnorderedRow,

    /// <summary>A row with fewer cells than the header.</summary>
    CutRow,

    /// <summary>A local time that daylight saving skips.</summary>
    SkippedHour,

    /// <summary>A local time that daylight saving repeats.</summary>
    RepeatedHour,

    /// <summary>A cell or time that cannot be read.</summary>
    Unreadable,
}
