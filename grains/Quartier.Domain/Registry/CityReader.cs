using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Registry;

/// <summary>Reads a whole city: first what others refer to, then what refers.</summary>
internal sealed class CityReader
{
    public static readonly string[] Keys =
        ["city", "name", "timeZone", "clock", "attributions", "offices", "districts", "gateways", "sensorModels", "sensors", "assetTypes", "assets", "bridges"];

    public static readonly string[] GatewayKeys = ["id", "name", "office", "decoder"];

    /// <summary>Third level of the topics in which the city itself publishes what changed: no gateway's.</summary>
    private const string LiveLevel = "live";

    private readonly Section _city;
    private readonly ProblemList _problems;
    private readonly Registered _registered = new();
    private readonly DecoderReader _decoders;

    private CityReader(YamlNode root, ProblemList problems)
    {
        _problems = problems;
        _city = new Section(root, "the file", Keys, problems);
        _decoders = new DecoderReader(_registered, problems);
    }

    /// <summary>The city; of use only when no problem was found.</summary>
    public static CityDefinition Read(YamlNode root, ProblemList problems) => new CityReader(root, problems).Read();

    private CityDefinition Read()
    {
        var offices = ReadAll("offices", "an office", ["id", "name", "contact"], _registered.Offices, ReadOffice);
        var districts = ReadAll(
            "districts", "a district", ["id", "name", "office", "retentionDays", "outline", "schematic"], _registered.Districts, ReadDistrict);
        foreach (var district in districts)
        {
            _registered.Retention.TryAdd(district.Id, district.RetentionDays);
        }

        if (districts.IsEmpty)
        {
            _problems.Add(_city.Node, "the file needs at least one district under 'districts'");
        }

        var gateways = ReadAll("gateways", "a gateway", GatewayKeys, _registered.Gateways, ReadGateway);
        NoteIds("assets", _registered.Assets);
        var types = ReadAll("assetTypes", "an asset type", AssetTypeReader.Keys, _registered.AssetTypes, ReadAssetType);
        var sensors = ReadSensors();
        _decoders.CheckNames();
        var assets = ReadAssets(types);
        var bridges = ReadAll("bridges", "a bridge", BridgeReader.Keys, [], new BridgeReader(gateways, _registered).Read);
        return new CityDefinition(
            _city.Id("city"), _city.Text("name"), ReadTimeZone(), ReadClock(), _city.Texts("attributions"), offices, districts, gateways, sensors, types, assets)
        {
            Bridges = bridges,
        };
    }

    private ImmutableArray<T> ReadAll<T>(
        string key, string what, string[] keys, Dictionary<string, YamlNode> registered, Func<Section, T> read)
    {
        var items = _city.Items(key);
        var all = ImmutableArray.CreateBuilder<T>(items.Count);
        foreach (var item in items)
        {
            var section = new Section(item, what, keys, _problems);
            if (item.Kind == YamlKind.Mapping)
            {
                Register(section, what, registered);
                all.Add(read(section));
            }
        }

        return all.ToImmutable();
    }

    private void Register(Section section, string what, Dictionary<string, YamlNode> registered)
    {
        var id = section.Id("id");
        if (!registered.TryAdd(id, section.Node) && id.Length > 0)
        {
            section.Problem("id", $"{what} with the id '{id}' stands in line {registered[id].Line} already");
        }
    }

    private OfficeDefinition ReadOffice(Section office) =>
        new(office.Text("id"), office.Text("name"), office.OptionalText("contact") ?? "");

    private DistrictDefinition ReadDistrict(Section district) => new(
        district.Text("id"),
        district.Text("name"),
        district.Reference("office", "office", _registered.Offices),
        district.RequiredInteger("retentionDays", 1, DatastreamReader.MaxRetentionDays),
        district.Ring("outline"),
        district.Flag("schematic"));

    private GatewayDefinition ReadGateway(Section gateway)
    {
        var id = gateway.Text("id");
        if (id is LiveLevel)
        {
            gateway.Problem("id", $"no gateway may be called '{LiveLevel}': in v1/{{city}}/{LiveLevel}/ the city itself publishes what changed");
        }

        return new(id, gateway.Text("name"), gateway.Reference("office", "office", _registered.Offices)) { Decoder = _decoders.Read(gateway) };
    }

    private AssetTypeDefinition ReadAssetType(Section type) => AssetTypeReader.Read(type, _registered, _problems);

    private ImmutableArray<SensorDefinition> ReadSensors()
    {
        var reader = new SensorReader(_registered, _problems);
        reader.ReadModels(_city);
        return reader.ReadSensors(_city);
    }

    private ImmutableArray<AssetDefinition> ReadAssets(ImmutableArray<AssetTypeDefinition> types)
    {
        _registered.Assets.Clear();
        var reader = new AssetReader(types, _registered, _problems);
        return ReadAll("assets", "an asset", AssetReader.Keys, _registered.Assets, reader.Read);
    }

    /// <summary>Notes the ids of things that sensors refer to before they are read.</summary>
    private void NoteIds(string key, Dictionary<string, YamlNode> registered)
    {
        foreach (var item in _city.Items(key))
        {
            foreach (var (name, value) in item.Entries)
            {
                if (name.Text is "id")
                {
                    registered.TryAdd(value.Text, item);
                }
            }
        }
    }

    private string ReadTimeZone()
    {
        var zone = _city.Text("timeZone");
        if (zone.Length > 0 && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            _city.Problem("timeZone", $"'{zone}' is no IANA time zone known to this machine, such as Europe/Berlin");
        }

        return zone;
    }

    private CityClock ReadClock() => _city.Choice<CityClock>("clock", CityClock.Wall, ("wall", CityClock.Wall), ("replay", CityClock.Replay));
}
