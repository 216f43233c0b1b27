namespace Quartier.Contracts.Ledgers;

/// <summary>Which entries to find; null parts match all.</summary>
/// <param name="Kind">Of this kind.</param>
/// <param name="Who">By this reference or pseudonym.</param>
/// <param name="District">In this district.</param>
/// <param name="Purpose">For this purpose.</param>
/// <param name="Stream">Naming this stream, as the entry writes it.</param>
/// <param name="FromMs">Not before, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="ToMs">Before this instant.</param>
public sealed record LedgerFilter(LedgerEntryKind? Kind, string? Who, string? District, string? Purpose, string? Stream, long? FromMs, long? ToMs);
