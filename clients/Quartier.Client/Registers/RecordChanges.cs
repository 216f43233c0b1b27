namespace Quartier.Client.Registers;

/// <summary>What changed since a record was approved.</summary>
/// <param name="Kind"><c>processing</c> or <c>impact-assessment</c>.</param>
/// <param name="Digest">SHA-256 of the record of now.</param>
/// <param name="Approved">The last approval; null when there is none.</param>
/// <param name="Changes">Each place that differs.</param>
/// <param name="More">How many more are not listed.</param>
public sealed record RecordChanges(string Kind, string Digest, RecordApproval? Approved, IReadOnlyList<RecordChange> Changes, int More);
