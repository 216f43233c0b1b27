using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Assets;

/// <summary>
/// From which inputs the values and the status of a type's assets follow, so that a computed value is shown only to those who may read
/// everything that went into it. Every name that occurs in an expression counts, whether or not it decides the result.
/// </summary>
public sealed class ValueSources
{
    private static readonly ConditionalWeakTable<AssetTypeDefinition, ValueSources> Known = [];

    private readonly FrozenDictionary<string, FrozenSet<string>> _inputsByValue;

    /// <summary>Finds out from which inputs the type's values follow.</summary>
    public ValueSources(AssetTypeDefinition type)
    {
        var inputs = type.Inputs.ToDictionary(
            i => i.Name, i => FrozenSet.ToFrozenSet([i.Name], StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var computed in type.Computed)
        {
            inputs[computed.Name] = Named(computed.Expression, inputs);
        }

        _inputsByValue = inputs.ToFrozenDictionary(StringComparer.Ordinal);
        OfStatus = Union(type.Statuses.Where(s => s.When is not null).Select(s => Named(s.When!, inputs)));
        Values = [.. type.Inputs.Where(i => !i.Many && !i.Optional).Select(i => i.Name), .. type.Computed.Select(c => c.Name)];
        Units = type.Inputs.Select(i => (i.Name, i.Unit)).Concat(type.Computed.Select(c => (c.Name, c.Unit)))
            .ToFrozenDictionary(p => p.Name, p => p.Unit, StringComparer.Ordinal);
    }

    /// <summary>The sources of a type, found out once.</summary>
    public static ValueSources Of(AssetTypeDefinition type) => Known.GetValue(type, static t => new ValueSources(t));

    /// <summary>The inputs from which the status follows.</summary>
    public FrozenSet<string> OfStatus { get; }

    /// <summary>Names of the values that every asset of the type has.</summary>
    public ImmutableArray<string> Values { get; }

    /// <summary>UCUM codes by name of the value.</summary>
    public FrozenDictionary<string, string> Units { get; }

    /// <summary>The inputs from which a value follows; all of them for a value that the type does not list.</summary>
    public FrozenSet<string> Of(string value) => _inputsByValue.TryGetValue(value, out var inputs) ? inputs : Union(_inputsByValue.Values);

    private static FrozenSet<string> Named(string expression, Dictionary<string, FrozenSet<string>> known) =>
        Union(known.Where(k => expression.Contains(k.Key, StringComparison.Ordinal)).Select(k => k.Value));

    private static FrozenSet<string> Union(IEnumerable<FrozenSet<string>> sets) =>
        sets.SelectMany(s => s).ToFrozenSet(StringComparer.Ordinal);
}
