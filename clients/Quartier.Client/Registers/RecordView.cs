using System.Text.Json;

namespace Quartier.Client.Registers;

/// <summary>A record as the configuration gives it now.</summary>
/// <param name="Kind"><c>processing</c> or <c>impact-assessment</c>.</param>
/// <param name="AsOf">When it was written.</param>
/// <param name="Digest">SHA-256 of its text.</param>
/// <param name="Unchanged">Whether it is what was approved last.</param>
/// <param name="Approved">The last approval; null when there is none.</param>
/// <param name="Record">The record: docs/registers.md.</param>
public sealed record RecordView(string Kind, DateTimeOffset AsOf, string Digest, bool Unchanged, RecordApproval? Approved, JsonElement Record);
