namespace Quartier.Contracts.Readings;

/// <summary>
/// What is known about a reading beyond its value. The lower byte is intrinsic (a function of the reading and its
/// definition) and is stored; <see cref="Late"/> and <see cref="ClockSkew"/> tell how the reading arrived and are stored;
/// the upper byte follows from the neighbours in event time and is derived whenever readings are read, never stored.
/// </summary>
[Flags]
public enum Quality : ushort
{
    /// <summary>Nothing is held against the reading.</summary>
    Good = 0,

    /// <summary>The value lies outside the range that the datastream's definition allows.</summary>
    OutOfRange = 1 << 0,

    /// <summary>Another value was received for the same datastream and phenomenon time. The winner is the greater value.</summary>
    Contradicted = 1 << 1,

    /// <summary>Arrived behind the watermark: stored, part of every aggregate, never evaluated by rules.</summary>
    Late = 1 << 2,

    /// <summary>The phenomenon time was ahead of the silo's clock by more than the tolerance.</summary>
    ClockSkew = 1 << 3,

    /// <summary>Differs from its predecessor by more than the definition's largest step. Derived.</summary>
    Step = 1 << 8,

    /// <summary>The value has not changed for longer than the definition allows. Derived.</summary>
    Stuck = 1 << 9,

    /// <summary>The time since the predecessor exceeds the expected interval by more than half of it. Derived.</summary>
    Gap = 1 << 10,
}
