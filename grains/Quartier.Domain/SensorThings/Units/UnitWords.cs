namespace Quartier.Domain.SensorThings.Units;

/// <summary>A unit as the SensorThings API shows it (OGC 18-088, 8.2.4, unitOfMeasurement).</summary>
/// <param name="Name">For people, in English.</param>
/// <param name="Symbol">As it is printed.</param>
/// <param name="Definition">URI of the UCUM code.</param>
public sealed record UnitWords(string Name, string Symbol, string Definition);
