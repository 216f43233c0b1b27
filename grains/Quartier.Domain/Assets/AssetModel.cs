using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Assets;

/// <summary>An asset's type, attributes and bindings, ready to compute with. Immutable.</summary>
public sealed class AssetModel
{
    private AssetModel(AssetTypeModel type, AssetDefinition asset)
    {
        Type = type;
        Definition = asset;
        Slots = SlotsOf(type, asset);
        Sources = 1 + Slots.Select(s => s.Source).DefaultIfEmpty(-1).Max();
        DependsOnUnbound = UnboundOf(type, Slots);
    }

    /// <summary>The type.</summary>
    public AssetTypeModel Type { get; }

    /// <summary>The asset.</summary>
    public AssetDefinition Definition { get; }

    internal ImmutableArray<AssetSlot> Slots { get; }

    /// <summary>Number of sensors that feed it.</summary>
    internal int Sources { get; }

    /// <summary>For each name whether it can never be known, because an input that it needs is not bound.</summary>
    internal ImmutableArray<bool> DependsOnUnbound { get; }

    /// <summary>Compiles an asset of a validated registry.</summary>
    /// <exception cref="ArgumentException">The type does not compile, or a binding names an input that it lacks.</exception>
    public static AssetModel Compile(AssetTypeDefinition type, AssetDefinition asset) => Compile(AssetTypeModel.Compile(type), asset);

    /// <inheritdoc cref="Compile(AssetTypeDefinition, AssetDefinition)"/>
    public static AssetModel Compile(AssetTypeModel type, AssetDefinition asset) => new(type, asset);

    private static ImmutableArray<AssetSlot> SlotsOf(AssetTypeModel type, AssetDefinition asset)
    {
        var sensors = new List<string>();
        var members = new Dictionary<int, int>();
        var slots = ImmutableArray.CreateBuilder<AssetSlot>(asset.Bindings.Length);
        foreach (var binding in asset.Bindings)
        {
            var name = type.Names.IndexOf(binding.Input, type.FirstInput, type.Definition.Inputs.Length);
            if (name < 0)
            {
                throw new ArgumentException($"Asset {asset.Id} binds {binding.Input}, which type {type.Definition.Id} does not have.", nameof(asset));
            }

            var sensor = $"{binding.Gateway}/{binding.Sensor}";
            var source = sensors.IndexOf(sensor);
            if (source < 0)
            {
                source = sensors.Count;
                sensors.Add(sensor);
            }

            members[name] = members.GetValueOrDefault(name) + 1;
            slots.Add(new AssetSlot(binding, name, members[name] - 1, source));
        }

        return slots.MoveToImmutable();
    }

    private static ImmutableArray<bool> UnboundOf(AssetTypeModel type, ImmutableArray<AssetSlot> slots)
    {
        var unbound = new bool[type.Names.Length];
        for (var name = type.FirstInput; name < type.FirstComputed; name++)
        {
            unbound[name] = slots.All(s => s.Name != name);
        }

        for (var i = 0; i < type.Computed.Length; i++)
        {
            unbound[type.FirstComputed + i] = type.Computed[i].References.Any(r => unbound[r]);
        }

        return [.. unbound];
    }
}
