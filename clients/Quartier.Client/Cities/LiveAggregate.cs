namespace Quartier.Client.Cities;

/// <summary>A property over a district and window.</summary>
/// <param name="Property">The property.</param>
/// <param name="Start">First instant.</param>
/// <param name="End">First instant after it.</param>
/// <param name="Count">Readings; null when withheld.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Min">The smallest.</param>
/// <param name="Max">The greatest.</param>
/// <param name="Mean">Their mean.</param>
public sealed record LiveAggregate(
    string Property,
    DateTimeOffset Start,
    DateTimeOffset End,
    long? Count,
    double? Sum,
    double? Min,
    double? Max,
    double? Mean);
