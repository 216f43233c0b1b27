namespace Quartier.Client.Sensors;

/// <summary>A page of sensors.</summary>
/// <param name="Items">The sensors.</param>
/// <param name="Next">The value for <c>after</c> of the next page, or null.</param>
public sealed record SensorPage(
    IReadOnlyList<Sensor> Items,
    string? Next);
