namespace Quartier.Storage.Blocks;

/// <summary>A sealed block as its row holds it. Times in milliseconds since 1970-01-01T00:00:00Z.</summary>
/// <param name="Id">Datastream &lt;&lt; 20 | slot.</param>
/// <param name="FirstMs">Time of the first reading.</param>
/// <param name="LastMs">Time of the last reading.</param>
/// <param name="Count">Readings; at least one.</param>
/// <param name="Flagged">Readings whose quality is not good.</param>
/// <param name="Sum">Sum of the values in order of time.</param>
/// <param name="Min">Smallest value.</param>
/// <param name="Max">Greatest value.</param>
/// <param name="Last">Value of the last reading.</param>
/// <param name="Data">The columns and their checksum.</param>
internal sealed record Block(
    long Id, long FirstMs, long LastMs, int Count, int Flagged, double Sum, double Min, double Max, double Last, byte[] Data)
{
    /// <summary>Bits of the id that tell a datastream's blocks in one file apart: a million, at a thousand readings a second for a day 340,000.</summary>
    public const int SlotBits = 20;

    /// <summary>The id of a datastream's block.</summary>
    public static long MakeId(int datastream, int slot) => ((long)datastream << SlotBits) | (uint)slot;

    /// <summary>The datastream's number.</summary>
    public int Datastream => (int)(Id >> SlotBits);

    /// <summary>Which of the datastream's blocks in this file.</summary>
    public int Slot => (int)(Id & ((1 << SlotBits) - 1));
}
