namespace Quartier.Storage.SensorThings;

/// <summary>All different values; of a path of which no value is asked for, whether there is an Observation.</summary>
internal sealed class DistinctValues(bool isExistence) : IKeptValues
{
    private readonly HashSet<ValueRow> _rows = [];

    /// <inheritdoc/>
    public IReadOnlyCollection<ValueRow> All => _rows;

    /// <inheritdoc/>
    public bool IsEnough => isExistence && _rows.Count > 0;

    /// <inheritdoc/>
    public int Weight { get; private set; }

    /// <inheritdoc/>
    public void Add(ValueRow row) => Weight += _rows.Add(row) ? row.Weight : 0;
}
