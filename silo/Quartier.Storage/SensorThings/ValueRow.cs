using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>Values beside each other; equal when all of them are the same.</summary>
internal sealed class ValueRow(params EntityValue[] values) : IEquatable<ValueRow>
{
    /// <summary>Characters of a text that weigh as much as a value without text.</summary>
    private const int CharactersOfAWeight = 64;

    private readonly int _hash = Hash(values);

    /// <summary>The value at the place.</summary>
    public EntityValue this[int place] => values[place];

    /// <summary>What it takes in memory, in plain values.</summary>
    public int Weight => values.Sum(v => 1 + ((v.Text?.Length ?? 0) / CharactersOfAWeight));

    /// <inheritdoc/>
    public bool Equals(ValueRow? other) => other is not null && other._hash == _hash && values.AsSpan().SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueRow);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    private ReadOnlySpan<EntityValue> Values => values;

    private static int Hash(EntityValue[] values)
    {
        var hash = default(HashCode);
        foreach (var value in values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }
}
