namespace Quartier.Domain.Publication;

/// <summary>What a cell holds before anything is published of it. Reused by reference while a table is filled.</summary>
internal sealed class CellSum
{
    private double _smallest = double.PositiveInfinity;
    private double _greatest = double.NegativeInfinity;
    private double _absolute;

    /// <summary>Meters or sensors that contributed.</summary>
    public long Contributors { get; private set; }

    /// <summary>Sum of what they contributed: totals, or means.</summary>
    public double Sum { get; private set; }

    /// <summary>Adds one unit's contribution.</summary>
    public void Add(double contribution)
    {
        Contributors++;
        Sum += contribution;
        _smallest = Math.Min(_smallest, contribution);
        _greatest = Math.Max(_greatest, contribution);
        _absolute = Math.Max(_absolute, Math.Abs(contribution));
    }

    /// <summary>The units whose number must reach the minimum.</summary>
    public long Units(CellMeasure measure) => measure == CellMeasure.People ? (long)Math.Floor(Math.Max(0, Sum)) : Contributors;

    /// <summary>The value to publish before its noise.</summary>
    public double Value(CellMeasure measure) => measure == CellMeasure.Mean ? Sum / Contributors : Sum;

    /// <summary>What one unit can have moved the value by: the noise is scaled to it, so that no single contribution can be told.</summary>
    public double Influence(CellMeasure measure) => measure switch
    {
        CellMeasure.People => 1,
        CellMeasure.Sum => _absolute,
        _ => (_greatest - _smallest) / Contributors,
    };
}
