namespace Quartier.Simulation.City;

/// <summary>A reading as its sensor measured it.</summary>
/// <param name="Sensor">The sensor as <c>gateway/sensor</c>.</param>
/// <param name="Property">The property.</param>
/// <param name="TimeMs">Phenomenon time.</param>
/// <param name="Value">The value.</param>
internal readonly record struct SentReading(string Sensor, string Property, long TimeMs, double Value);
