using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Registry;

/// <summary>Reads what is registered beside a file with the file's own readers, and says what stands against it.</summary>
internal sealed class AdditionReader
{
    /// <summary>Names the entry in messages: it has no line.</summary>
    private const string Door = "registered through the SensorThings API";

    private readonly CityDefinition _file;
    private readonly RegistrySnapshot? _known;
    private readonly ProblemList _problems;
    private readonly Registered _registered = new();
    private readonly Dictionary<(RegistryAdditionKind Kind, string Key), string> _readAlready = [];

    /// <summary>Begins to read.</summary>
    /// <param name="file">What the file defines.</param>
    /// <param name="known">What is in force for the same file: an entry that has not changed is not read again; null when the file is another one.</param>
    /// <param name="problems">Where problems go.</param>
    public AdditionReader(CityDefinition file, RegistrySnapshot? known, ProblemList problems)
    {
        (_file, _known, _problems) = (file, known, problems);
        var nowhere = new YamlNode(YamlKind.Mapping, 0, 0);
        Note(_registered.Offices, file.Offices.Select(o => o.Id), nowhere);
        Note(_registered.Districts, file.Districts.Select(d => d.Id), nowhere);
        Note(_registered.Gateways, file.Gateways.Select(g => g.Id), nowhere);
        Note(_registered.AssetTypes, file.AssetTypes.Select(t => t.Id), nowhere);
        Note(_registered.Assets, file.Assets.Select(a => a.Id), nowhere);
        foreach (var district in file.Districts)
        {
            _registered.Retention.TryAdd(district.Id, district.RetentionDays);
        }

        foreach (var addition in known?.Additions ?? [])
        {
            _readAlready[(addition.Kind, addition.Key)] = addition.Text!;
        }
    }

    /// <summary>The city with what stands beside its file; of use only when no problem was found.</summary>
    public CityDefinition Read(ImmutableArray<RegistryAddition> additions)
    {
        var assets = additions.Where(a => a.Kind == RegistryAdditionKind.Asset).ToList();
        foreach (var asset in assets)
        {
            if (!_registered.Assets.TryAdd(asset.Key, new YamlNode(YamlKind.Mapping, 0, 0)))
            {
                Clash(asset);
            }
        }

        var fileSensors = _file.Sensors.Select(s => $"{s.Gateway}/{s.Id}").ToHashSet(StringComparer.Ordinal);
        var sensors = ImmutableArray.CreateBuilder<SensorDefinition>();
        var reader = new SensorReader(_registered, _problems);
        foreach (var addition in additions.Where(a => a.Kind == RegistryAdditionKind.Sensor))
        {
            if (fileSensors.Contains(addition.Key))
            {
                Clash(addition);
            }
            else if (ReadSensor(addition, reader) is { } sensor)
            {
                sensors.Add(sensor);
            }
        }

        var assetReader = new AssetReader(_file.AssetTypes, _registered, _problems);
        return _file with
        {
            Sensors = _file.Sensors.AddRange(sensors),
            Assets = _file.Assets.AddRange(assets.Select(a => ReadAsset(a, assetReader)).OfType<AssetDefinition>()),
        };
    }

    private static void Note(Dictionary<string, YamlNode> registered, IEnumerable<string> ids, YamlNode node)
    {
        foreach (var id in ids)
        {
            registered.TryAdd(id, node);
        }
    }

    private SensorDefinition? ReadSensor(RegistryAddition addition, SensorReader reader)
    {
        if (IsUnchanged(addition) && KnownSensor(addition.Key) is { } known)
        {
            if (known.Asset is { } asset && !_registered.Assets.ContainsKey(asset))
            {
                Problem(addition, $"it is mounted on the asset '{asset}', which is not registered any more");
            }

            return known;
        }

        if (Section(addition, SensorReader.SensorKeys) is not { } section)
        {
            return null;
        }

        using var scope = _problems.Prefix($"{AdditionList.Name(addition)}, {Door}");
        var sensor = reader.ReadSensor(section);
        return Check(addition, $"{sensor.Gateway}/{sensor.Id}") ? sensor : null;
    }

    private AssetDefinition? ReadAsset(RegistryAddition addition, AssetReader reader)
    {
        if (IsUnchanged(addition) && _known!.Asset(addition.Key) is { } known)
        {
            return known;
        }

        if (Section(addition, AssetReader.Keys) is not { } section)
        {
            return null;
        }

        using var scope = _problems.Prefix($"{AdditionList.Name(addition)}, {Door}");
        section.Id("id");
        var asset = reader.Read(section);
        return Check(addition, asset.Id) ? asset : null;
    }

    private Section? Section(RegistryAddition addition, string[] keys)
    {
        if (AdditionNodes.Read(addition.Text!) is not { } node)
        {
            Problem(addition, "it is no JSON object");
            return null;
        }

        using var scope = _problems.Prefix($"{AdditionList.Name(addition)}, {Door}");
        return new Section(node, AdditionList.Name(addition), keys, _problems);
    }

    private bool Check(RegistryAddition addition, string key)
    {
        if (!string.Equals(key, addition.Key, StringComparison.Ordinal))
        {
            _problems.Add(0, 0, $"it says that it is '{key}'");
            return false;
        }

        return true;
    }

    private bool IsUnchanged(RegistryAddition addition) =>
        _readAlready.TryGetValue((addition.Kind, addition.Key), out var text) && string.Equals(text, addition.Text, StringComparison.Ordinal);

    private SensorDefinition? KnownSensor(string key) => key.Split('/') is [var gateway, var sensor] ? _known!.Sensor(gateway, sensor) : null;

    private void Clash(RegistryAddition addition) => _problems.Add(
        0, 0, $"{AdditionList.Name(addition)} stands in the file and is {Door} as well. Give it another id in the file, or delete it through the API");

    private void Problem(RegistryAddition addition, string what) => _problems.Add(0, 0, $"{AdditionList.Name(addition)}, {Door}: {what}");
}
