namespace Quartier.Storage.Journals;

/// <summary>The first byte of a record's payload.</summary>
internal enum RecordKind : byte
{
    /// <summary>Readings of one datastream with one retention.</summary>
    Readings = 1,

    /// <summary>A datastream's number, name and retention.</summary>
    Datastream = 2,

    /// <summary>What the seal batch of this number brings to a partition; it counts only if the partition knows the number.</summary>
    SealIntent = 3,

    /// <summary>Readings as in <see cref="Readings"/>, each with its annotation: both are intact, or neither is.</summary>
    Annotated = 4,

    /// <summary>Readings as in <see cref="Readings"/>, each with its correction.</summary>
    Corrected = 5,
}
