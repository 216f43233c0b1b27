namespace Quartier.Domain.Publication;

/// <summary>What is published of a datastream, and who the contributing units of a cell are.</summary>
public enum CellMeasure
{
    /// <summary>A count of people. The people are the units; published counts carry the noise of the cell-key method.</summary>
    People = 0,

    /// <summary>A sum over meters. The meters are the units; noise is scaled to the greatest contribution.</summary>
    Sum = 1,

    /// <summary>A mean over sensors. The sensors are the units; noise is scaled to what one of them can move the mean by.</summary>
    Mean = 2,
}
