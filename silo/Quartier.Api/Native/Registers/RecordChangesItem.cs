using System.Collections.Immutable;
using Quartier.Domain.Registers;

namespace Quartier.Api.Native.Registers;

/// <summary>What changed since a record was approved.</summary>
/// <param name="Kind"><c>processing</c> or <c>impact-assessment</c>.</param>
/// <param name="Digest">SHA-256 of the record of now.</param>
/// <param name="Approved">The last approval; null when there is none: then all is new.</param>
/// <param name="Changes">Each place that differs.</param>
/// <param name="More">How many more are not listed.</param>
internal sealed record RecordChangesItem(string Kind, string Digest, ApprovalItem? Approved, ImmutableArray<RecordChange> Changes, int More);
