using Quartier.Contracts.Readings;
using Quartier.Storage.Blocks;
using Quartier.Storage.Readings;

namespace Quartier.Storage.Partitions;

/// <summary>
/// Brings a batch's readings of one datastream into a partition. Blocks of a datastream never overlap in time: what falls into or
/// beside existing ones is merged with them. Merging the same readings again changes nothing.
/// </summary>
internal sealed class BlockMerge(int blockReadings)
{
    private readonly ByteWriter _writer = new(4096);

    /// <summary>Merges readings in ascending order of time; returns the number of blocks written.</summary>
    /// <param name="transaction">The open transaction.</param>
    /// <param name="datastream">The datastream's number.</param>
    /// <param name="readings">What to merge.</param>
    public int Apply(PartitionTransaction transaction, int datastream, Reading[] readings)
    {
        var existing = transaction.Blocks(datastream);
        var touched = Touched(existing, readings);
        foreach (var block in touched)
        {
            readings = Merging.Merge(BlockCodec.Decode(block), readings);
            transaction.Remove(block);
        }

        var used = existing.Except(touched).Select(b => b.Slot).ToHashSet();
        var slot = 0;
        var written = 0;
        for (var start = 0; start < readings.Length; start += blockReadings)
        {
            while (!used.Add(slot))
            {
                slot++;
            }

            var part = readings.AsSpan(start, Math.Min(blockReadings, readings.Length - start));
            transaction.Put(BlockCodec.Encode(Block.MakeId(datastream, slot), part, _writer));
            written++;
        }

        return written;
    }

    // Overlapping blocks must be merged. A neighbour that is not full is merged too, or else trickling data would leave tiny blocks.
    private List<Block> Touched(List<Block> existing, Reading[] readings)
    {
        var (first, last) = (readings[0].TimeMs, readings[^1].TimeMs);
        var touched = existing.FindAll(b => b.LastMs >= first && b.FirstMs <= last);
        var room = blockReadings - readings.Length - touched.Sum(b => b.Count);
        var before = existing.FindAll(b => b.LastMs < first).MaxBy(b => b.LastMs);
        if (before is not null && before.Count <= room)
        {
            touched.Add(before);
        }

        return touched;
    }
}
