using System.Text.Json;
using Quartier.Api.Json;

namespace Quartier.Api.Native.Registers;

/// <summary>A record as the configuration gives it now.</summary>
/// <param name="Kind"><c>processing</c> or <c>impact-assessment</c>.</param>
/// <param name="AsOf">When it was written.</param>
/// <param name="Digest">SHA-256 of its text; send it with the approval, so that nothing unseen is approved.</param>
/// <param name="Unchanged">Whether it is to the letter what was approved last.</param>
/// <param name="Approved">The last approval; null when there is none.</param>
/// <param name="Record">The record.</param>
internal sealed record RecordItem(string Kind, UtcTime AsOf, string Digest, bool Unchanged, ApprovalItem? Approved, JsonElement Record);
