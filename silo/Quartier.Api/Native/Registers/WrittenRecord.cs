using Quartier.Contracts.Registers;
using Quartier.Domain.Registers;

namespace Quartier.Api.Native.Registers;

/// <summary>A record as it was written for a request.</summary>
/// <param name="Kind">Which.</param>
/// <param name="NowMs">When, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Json">Its text.</param>
/// <param name="Digest">SHA-256 of the text.</param>
/// <param name="Approved">What was approved last; null when nothing was.</param>
/// <param name="Page">Writes it as a page.</param>
internal sealed record WrittenRecord(
    RecordKind Kind, long NowMs, string Json, string Digest, ApprovedRecord? Approved, Func<RecordStanding, string> Page)
{
    public RecordStanding Standing => new(NowMs, Digest, Approved?.By, Approved?.AtMs ?? 0, Approved?.Digest);
}
