namespace Quartier.Contracts.Ledgers;

/// <summary>How often one stream was read for one purpose.</summary>
/// <param name="District">Id of the district; null for the city.</param>
/// <param name="Stream">As entries write it.</param>
/// <param name="Purpose">Id of the purpose; null when none was needed.</param>
/// <param name="Reads">Reads and exports that were permitted.</param>
public sealed record LedgerSummaryRow(string? District, string Stream, string? Purpose, long Reads);
