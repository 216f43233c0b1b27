using Quartier.Contracts.Readings;
using Quartier.Storage.Blocks;

namespace Quartier.Storage.Readings;

/// <summary>The blocks decoded last, one for each of some thousand places by datastream: a replay walks through one block of each.</summary>
internal sealed class DecodedBlocks
{
    /// <summary>Places: 12 MB when all hold a full block. A datastream that loses its place decodes again, in microseconds.</summary>
    private const int Places = 2_048;

    private readonly Entry?[] _entries = new Entry?[Places];

    /// <summary>The block's readings.</summary>
    public Reading[] Of(Block block)
    {
        ref var place = ref _entries[block.Datastream % Places];
        var entry = Volatile.Read(ref place);
        if (entry is null || !ReferenceEquals(entry.Block, block))
        {
            entry = new Entry(block, BlockCodec.Decode(block));
            Volatile.Write(ref place, entry);
        }

        return entry.Readings;
    }

    private sealed record Entry(Block Block, Reading[] Readings);
}
