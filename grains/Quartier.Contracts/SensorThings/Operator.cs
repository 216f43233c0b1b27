namespace Quartier.Contracts.SensorThings;

/// <summary>The operators of the query language (OGC 18-088, 9.3.3.5.1).</summary>
public enum Operator : byte
{
    /// <summary><c>eq</c>; null equals only null.</summary>
    Equal = 0,

    /// <summary><c>ne</c>.</summary>
    NotEqual = 1,

    /// <summary><c>gt</c>; false when either is null or they cannot be compared.</summary>
    Greater = 2,

    /// <summary><c>ge</c>.</summary>
    GreaterOrEqual = 3,

    /// <summary><c>lt</c>.</summary>
    Less = 4,

    /// <summary><c>le</c>.</summary>
    LessOrEqual = 5,

    /// <summary><c>and</c>, three-valued.</summary>
    And = 6,

    /// <summary><c>or</c>, three-valued.</summary>
    Or = 7,

    /// <summary><c>not</c>, three-valued.</summary>
    Not = 8,

    /// <summary><c>add</c>: numbers, instant and duration, durations.</summary>
    Add = 9,

    /// <summary><c>sub</c>: numbers, instant and duration, durations, instants.</summary>
    Subtract = 10,

    /// <summary><c>mul</c>: numbers, duration and number.</summary>
    Multiply = 11,

    /// <summary><c>div</c>: numbers (always with fraction), duration and number.</summary>
    Divide = 12,

    /// <summary><c>mod</c>: numbers; the sign is that of the dividend.</summary>
    Modulo = 13,

    /// <summary><c>-</c> before an operand.</summary>
    Negate = 14,
}
