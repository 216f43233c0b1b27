using Quartier.Storage.Disk;

namespace Quartier.Storage.Ledgers;

/// <summary>Where ledgers lie and what they share.</summary>
/// <param name="Disk">The data directory.</param>
/// <param name="Outside">Where copies of the checkpoints go; null for nowhere.</param>
/// <param name="Time">The wall clock.</param>
/// <param name="SegmentBytes">Bytes of a segment after which the next one begins.</param>
internal sealed record LedgerPlace(IDisk Disk, IDisk? Outside, TimeProvider Time, long SegmentBytes);
