using Quartier.Contracts.Readings;
using Quartier.Storage.Blocks;

namespace Quartier.Storage.Readings;

/// <summary>
/// All sealed blocks of a datastream that touch [FromMs, ToMs), still encoded, to judge repeated readings: two bytes a reading, so
/// that a replay of everything at once fits into memory.
/// </summary>
internal sealed class HistoryWindow(long fromMs, long toMs, (Block Block, int ExpiryDay)[] blocks, DecodedBlocks decoded)
{
    /// <summary>Objects and columns of one block beside its data.</summary>
    private const int BlockCostBytes = 200;

    /// <summary>First time covered.</summary>
    public long FromMs => fromMs;

    /// <summary>First time no longer covered.</summary>
    public long ToMs => toMs;

    /// <summary>Memory taken, about.</summary>
    public long CostBytes { get; } = BlockCostBytes + blocks.Sum(b => (long)b.Block.Data.Length + BlockCostBytes);

    /// <summary>Whether it can judge the time.</summary>
    public bool Covers(long timeMs) => timeMs >= fromMs && timeMs < toMs;

    /// <summary>The sealed reading of the time and its expiry day.</summary>
    public bool TryFind(long timeMs, out Reading reading, out int expiryDay)
    {
        foreach (var (block, day) in blocks)
        {
            if (timeMs < block.FirstMs || timeMs > block.LastMs)
            {
                continue;
            }

            var readings = decoded.Of(block);
            var at = Merging.LowerBound(readings, timeMs);
            if (readings[at].TimeMs == timeMs)
            {
                (reading, expiryDay) = (readings[at], day);
                return true;
            }
        }

        (reading, expiryDay) = (default, 0);
        return false;
    }
}
