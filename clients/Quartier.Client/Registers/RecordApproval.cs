namespace Quartier.Client.Registers;

/// <summary>The approval of a record.</summary>
/// <param name="Number">1, 2, … for each record.</param>
/// <param name="Digest">SHA-256 of what was approved.</param>
/// <param name="By">Reference of who approved it.</param>
/// <param name="At">When.</param>
public sealed record RecordApproval(long Number, string Digest, string By, DateTimeOffset At);
