namespace Quartier.Contracts.SensorThings;

/// <summary>By what to order. Null comes first ascending and last descending.</summary>
public sealed record OrderTerm(Expression By, bool Descending);
