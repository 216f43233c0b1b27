namespace Quartier.Domain.Registers;

/// <summary>One place at which two records differ.</summary>
/// <param name="Path">Such as <c>activities[traffic].erasure[bicycles/raw].days</c>; entries of lists are named by their ids.</param>
/// <param name="Before">What stood there; null when nothing did.</param>
/// <param name="After">What stands there now; null when nothing does.</param>
public sealed record RecordChange(string Path, string? Before, string? After);
