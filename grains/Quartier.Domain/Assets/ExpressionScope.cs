using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Assets;

/// <summary>
/// The names that an expression may use, by index: the type's attributes, then its inputs, then the computed values before it.
/// </summary>
internal sealed class ExpressionScope
{
    private readonly Dictionary<string, (int Index, NameKind Kind)> _names = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    public ExpressionScope(AssetTypeDefinition type)
    {
        foreach (var attribute in type.Attributes)
        {
            Add(attribute, NameKind.Attribute);
        }

        foreach (var input in type.Inputs)
        {
            Add(input.Name, input.Many ? NameKind.ManyInput : NameKind.Input);
        }
    }

    public int Count => _order.Count;

    public ImmutableArray<string> Names => [.. _order];

    /// <summary>Adds a name. One that is known already keeps its first meaning (the registry reports it).</summary>
    public void Add(string name, NameKind kind)
    {
        _names.TryAdd(name, (_order.Count, kind));
        _order.Add(name);
    }

    public bool TryFind(string name, out int index, out NameKind kind)
    {
        var found = _names.TryGetValue(name, out var entry);
        (index, kind) = entry;
        return found;
    }
}
