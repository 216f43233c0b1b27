namespace Quartier.Storage.Ledgers;

/// <summary>Where a line begins.</summary>
/// <param name="Segment">Number of the segment, from 0.</param>
/// <param name="Offset">Byte in it.</param>
internal readonly record struct LinePlace(int Segment, long Offset);
