namespace Quartier.Contracts.Districts;

/// <summary>Over what data are summarised in space.</summary>
public enum ReadScope : byte
{
    /// <summary>One sensor's own values.</summary>
    Sensor = 0,

    /// <summary>Only aggregates over all units of a fixed cell: a district or a cell of the published grid.</summary>
    Cell = 1,
}
