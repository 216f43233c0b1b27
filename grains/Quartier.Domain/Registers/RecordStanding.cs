namespace Quartier.Domain.Registers;

/// <summary>What stands at the head of a printed record.</summary>
/// <param name="NowMs">When it was written, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Digest">SHA-256 of its JSON.</param>
/// <param name="ApprovedBy">Reference of who approved the last one; null when none was.</param>
/// <param name="ApprovedMs">When; 0 when none was.</param>
/// <param name="ApprovedDigest">SHA-256 of what was approved; null when nothing was.</param>
public sealed record RecordStanding(long NowMs, string Digest, string? ApprovedBy, long ApprovedMs, string? ApprovedDigest);
