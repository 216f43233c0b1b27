using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>
/// For <c>ne</c>: values of two keys (<see cref="EqualValues"/>) are enough, because every other value differs from one of them. Of one key alone two
/// different values of each kind are kept: only the same text is equal to a text, but all texts of a moment are equal to it.
/// </summary>
internal sealed class DifferingValues : IKeptValues
{
    private readonly List<(EntityValue Key, ValueRow Row)> _kept = [];

    /// <inheritdoc/>
    public IReadOnlyCollection<ValueRow> All => [.. _kept.Select(k => k.Row)];

    /// <inheritdoc/>
    public bool IsEnough => _kept.Exists(k => k.Key != _kept[0].Key);

    /// <inheritdoc/>
    public int Weight => _kept.Sum(k => k.Row.Weight);

    /// <inheritdoc/>
    public void Add(ValueRow row)
    {
        var (value, key) = (row[0], EqualValues.KeyOf(row[0]));
        var isNew = !IsEnough && !_kept.Exists(k => k.Row.Equals(row));
        if (isNew && _kept.Count(k => k.Key == key && k.Row[0].Kind == value.Kind) < 2)
        {
            _kept.Add((key, row));
        }
    }
}
