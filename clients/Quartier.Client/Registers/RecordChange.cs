namespace Quartier.Client.Registers;

/// <summary>One place at which a record differs from the approved one.</summary>
/// <param name="Path">Where.</param>
/// <param name="Before">What stood there; null when nothing did.</param>
/// <param name="After">What stands there now; null when nothing does.</param>
public sealed record RecordChange(string Path, string? Before, string? After);
