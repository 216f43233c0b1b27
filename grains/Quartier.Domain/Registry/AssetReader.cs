using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Registry;

/// <summary>Reads assets and checks them against their types and the sensors that feed them.</summary>
internal sealed class AssetReader
{
    public static readonly string[] Keys = ["id", "type", "district", "name", "office", "location", "attributes", "bindings"];

    private readonly Dictionary<string, AssetTypeDefinition> _types = new(StringComparer.Ordinal);
    private readonly Registered _registered;
    private readonly ProblemList _problems;

    public AssetReader(ImmutableArray<AssetTypeDefinition> types, Registered registered, ProblemList problems)
    {
        _registered = registered;
        _problems = problems;
        foreach (var type in types)
        {
            _types.TryAdd(type.Id, type);
        }
    }

    public AssetDefinition Read(Section section)
    {
        var id = section.Text("id");
        var type = section.Reference("type", "asset type", _registered.AssetTypes);
        var known = _types.GetValueOrDefault(type);
        return new AssetDefinition(
            id,
            type,
            section.Reference("district", "district", _registered.Districts),
            section.Text("name"),
            section.Reference("office", "office", _registered.Offices),
            section.Position("location"),
            ReadAttributes(section, known),
            ReadBindings(section, known, id));
    }

    private ImmutableDictionary<string, double> ReadAttributes(Section section, AssetTypeDefinition? type)
    {
        var attributes = ImmutableDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (var (key, node) in section.Entries("attributes"))
        {
            if (type is not null && !type.Attributes.Contains(key.Text, StringComparer.Ordinal))
            {
                _problems.Add(key, $"the type '{type.Id}' has no attribute '{key.Text}'{Spelling.Hint(key.Text, type.Attributes)}");
            }
            else if (!Section.TryNumber(node, out var number))
            {
                _problems.Add(node, $"the attribute '{key.Text}' must be a number");
            }
            else
            {
                attributes[key.Text] = number;
            }
        }

        foreach (var name in type?.Attributes ?? [])
        {
            if (!section.Entries("attributes").Exists(e => string.Equals(e.Key.Text, name, StringComparison.Ordinal)))
            {
                section.Problem("attributes", $"the type '{type!.Id}' asks for the attribute '{name}'");
            }
        }

        return attributes.ToImmutable();
    }

    private ImmutableArray<InputBinding> ReadBindings(Section section, AssetTypeDefinition? type, string asset)
    {
        var bindings = ImmutableArray.CreateBuilder<InputBinding>();
        foreach (var (key, node) in section.Entries("bindings"))
        {
            var input = type?.Inputs.FirstOrDefault(i => string.Equals(i.Name, key.Text, StringComparison.Ordinal));
            if (type is not null && input is null)
            {
                _problems.Add(key, $"the type '{type.Id}' has no input '{key.Text}'{Spelling.Hint(key.Text, type.Inputs.Select(i => i.Name))}");
            }

            ReadBinding(key.Text, node, input, asset, bindings);
        }

        foreach (var input in type?.Inputs ?? [])
        {
            if (!input.Optional && !bindings.Any(b => string.Equals(b.Input, input.Name, StringComparison.Ordinal)))
            {
                section.Problem("bindings", $"the input '{input.Name}' needs a binding, gateway/sensor/property");
            }
        }

        return bindings.ToImmutable();
    }

    private void ReadBinding(
        string name, YamlNode node, AssetInput? input, string asset, ImmutableArray<InputBinding>.Builder bindings)
    {
        if (node.Kind == YamlKind.Sequence && input is { Many: false })
        {
            _problems.Add(node, $"the input '{name}' takes one datastream; give the input many: true to bind several");
            return;
        }

        foreach (var item in node.Kind == YamlKind.Sequence ? node.Items : [node])
        {
            var parts = item.Kind == YamlKind.Scalar ? item.Text.Split('/') : [];
            if (parts.Length != 3)
            {
                _problems.Add(item, "a binding is gateway/sensor/property");
                continue;
            }

            var binding = new InputBinding(name, parts[0], parts[1], parts[2]);
            if (bindings.Contains(binding))
            {
                _problems.Add(item, $"'{item.Text}' is bound twice to '{name}'");
            }

            CheckBinding(binding, item, input, asset);
            bindings.Add(binding);
        }
    }

    private void CheckBinding(InputBinding binding, YamlNode node, AssetInput? input, string asset)
    {
        var key = $"{binding.Gateway}/{binding.Sensor}";
        if (!_registered.Sensors.TryGetValue(key, out var sensor))
        {
            _problems.Add(node, $"there is no sensor '{key}'{Spelling.Hint(key, _registered.Sensors.Keys)}");
            return;
        }

        if (!string.Equals(sensor.Asset, asset, StringComparison.Ordinal))
        {
            _problems.Add(node, $"the sensor '{key}' is not mounted on this asset; give it asset: {asset}");
        }

        var stream = sensor.Datastreams.FirstOrDefault(d => string.Equals(d.Property, binding.Property, StringComparison.Ordinal));
        if (stream is null)
        {
            var hint = Spelling.Hint(binding.Property, sensor.Datastreams.Select(d => d.Property));
            _problems.Add(node, $"the sensor '{key}' has no property '{binding.Property}'{hint}");
        }
        else if (input is not null && !string.Equals(stream.Unit, input.Unit, StringComparison.Ordinal))
        {
            _problems.Add(node, $"'{binding.Property}' is in '{stream.Unit}', the input '{binding.Input}' in '{input.Unit}'");
        }
    }
}
