using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings;

/// <summary>A function of the query language.</summary>
/// <param name="Name">As written.</param>
/// <param name="Function">Which.</param>
/// <param name="Result">The kind of its value.</param>
/// <param name="Parameters">The kinds of its arguments: <see cref="ValueKind.Text"/>, <see cref="ValueKind.Number"/>, <see cref="ValueKind.Interval"/> (any time), <see cref="ValueKind.Geometry"/>.</param>
/// <param name="Optional">How many of the last arguments may be left out.</param>
public sealed record FunctionRow(string Name, Function Function, ValueKind Result, ValueKind[] Parameters, int Optional = 0);
