namespace Quartier.Api.Native.Ledgers;

/// <summary>How often a stream was read for a purpose.</summary>
/// <param name="District">Id of the district; null for the city.</param>
/// <param name="Stream">As entries write it.</param>
/// <param name="Purpose">Id of the purpose; null when none was needed.</param>
/// <param name="Count">Reads and exports.</param>
internal sealed record LedgerReadsItem(string? District, string Stream, string? Purpose, long Count);
