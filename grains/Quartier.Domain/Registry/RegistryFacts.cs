using System.Globalization;
using Quartier.Contracts.Registry;
using Quartier.Domain.Time;

namespace Quartier.Domain.Registry;

using Fact = (string Name, string Value);

/// <summary>Everything that a registered thing says about itself, by name and as text; what differs is what changed.</summary>
internal static class RegistryFacts
{
    private const string Nothing = "none";

    public static IEnumerable<Fact> Of(CityDefinition city) =>
    [
        ("name", city.Name), ("timeZone", city.TimeZone), ("clock", city.Clock.ToString()), ("attributions", string.Join(" | ", city.Attributions)),
    ];

    public static IEnumerable<Fact> Of(OfficeDefinition office) => [("name", office.Name), ("contact", office.Contact)];

    public static IEnumerable<Fact> Of(DistrictDefinition district) =>
    [
        ("name", district.Name),
        ("office", district.Office),
        ("retentionDays", Text(district.RetentionDays)),
        ("schematic", Text(district.Schematic)),
        ("outline", string.Join(' ', district.Outline.Select(p => Text(p)))),
    ];

    public static IEnumerable<Fact> Of(GatewayDefinition gateway) =>
        ((IEnumerable<Fact>)[("name", gateway.Name), ("office", gateway.Office)]).Concat(gateway.Decoder is { } decoder ? Of(decoder) : []);

    public static IEnumerable<Fact> Of(BridgeDefinition bridge) =>
    [
        ("name", bridge.Name),
        ("gateway", bridge.Gateway),
        ("broker", $"{bridge.Host}:{Text(bridge.Port)}{(bridge.Plaintext ? ", NOT ENCRYPTED" : "")}"),
        ("clientId", bridge.ClientId),
        ("user", bridge.User ?? Nothing),
        ("files", string.Join(", ", new[] { bridge.PasswordFile, bridge.AuthorityFile, bridge.CertificateFile, bridge.KeyFile }.Select(f => f ?? Nothing))),
        ("subscribe", string.Join(", ", bridge.Filters)),
        ("keepAlive", IsoDuration.Format(bridge.KeepAliveMs)),
    ];

    public static IEnumerable<Fact> Of(SensorDefinition sensor) =>
        ((IEnumerable<Fact>)
        [
            ("name", sensor.Name),
            ("district", sensor.District),
            ("asset", sensor.Asset ?? Nothing),
            ("office", sensor.Office),
            ("location", Text(sensor.Location)),
        ])
        .Concat(sensor.Datastreams.SelectMany(Of))
        .Concat(sensor.Rules.SelectMany(Of));

    public static IEnumerable<Fact> Of(AssetTypeDefinition type) =>
        ((IEnumerable<Fact>)[("name", Text(type.Name)), ("attributes", string.Join(", ", type.Attributes)), ("headline", type.Headline)])
        .Concat(type.Inputs.Select(i => ($"input {i.Name}", $"{i.Unit}{(i.Many ? ", many" : "")}{(i.Optional ? ", optional" : "")}")))
        .Concat(type.Computed.Select(c => ($"computed {c.Name}", $"{c.Expression} [{c.Unit}], {Text(c.Label)}")))
        .Concat(type.Statuses.Select(s => ($"status {s.Id}", $"{s.When ?? "otherwise"}, {Text(s.Text)}")))
        .Concat(type.Rules.SelectMany(Of));

    public static IEnumerable<Fact> Of(AssetDefinition asset) =>
        ((IEnumerable<Fact>)
        [
            ("type", asset.Type),
            ("district", asset.District),
            ("name", asset.Name),
            ("office", asset.Office),
            ("location", Text(asset.Location)),
        ])
        .Concat(asset.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => (a.Key, Text(a.Value))))
        .Concat(asset.Bindings
            .GroupBy(b => b.Input, StringComparer.Ordinal)
            .Select(g => ($"binding {g.Key}", string.Join(", ", g.Select(b => $"{b.Gateway}/{b.Sensor}/{b.Property}")))));

    private static IEnumerable<Fact> Of(DecoderDefinition decoder) =>
    [
        ("decoder.format", decoder.Format.ToString()),
        ("decoder.topics", string.Join(", ", decoder.Topics.Select(Text))),
        ("decoder.devices", string.Join(", ", decoder.Devices.Select(d => $"{d.Name}={d.Sensor}"))),
        ("decoder.fields", string.Join(", ", decoder.Fields.Select(f => $"{f.Path}={f.Property} × {Text(f.Scale)} + {Text(f.Offset)}"))),
        ("decoder.ignore", string.Join(", ", decoder.Ignore)),
        ("decoder.time", decoder.Time ?? Nothing),
    ];

    private static string Text(DecoderTopic topic) =>
        $"{topic.Pattern}{(topic.Sensor is { } sensor ? $"={sensor}/{topic.Property}" : "")}{(topic.Ignore ? " (ignored)" : "")}";

    private static IEnumerable<Fact> Of(DatastreamDefinition stream)
    {
        var prefix = stream.Property;
        return
        [
            ($"{prefix}.name", stream.Name),
            ($"{prefix}.unit", stream.Unit),
            ($"{prefix}.class", stream.Class.ToString()),
            ($"{prefix}.interval", IsoDuration.Format(stream.IntervalMs)),
            ($"{prefix}.min", Text(stream.Min)),
            ($"{prefix}.max", Text(stream.Max)),
            ($"{prefix}.maxStep", Text(stream.MaxStep)),
            ($"{prefix}.stuckAfter", IsoDuration.Format(stream.StuckAfterMs)),
            ($"{prefix}.lateness", IsoDuration.Format(stream.LatenessMs)),
            ($"{prefix}.retentionDays", Text(stream.RetentionDays)),
            ($"{prefix}.question", stream.Question),
            ($"{prefix}.codes", string.Join(", ", stream.Codes.Select(c => $"{c.Label}={Text(c.Code)} ({Text(c.Text)})"))),
            ($"{prefix}.sumInDistrict", Text(stream.SumInDistrict)),
        ];
    }

    private static IEnumerable<Fact> Of(RuleDefinition rule)
    {
        var prefix = $"rule {rule.Id}";
        return
        [
            ($"{prefix}.version", Text(rule.Version)),
            ($"{prefix}.kind", rule.Kind.ToString()),
            ($"{prefix}.property", rule.Property),
            ($"{prefix}.above", Text(rule.Above)),
            ($"{prefix}.below", Text(rule.Below)),
            ($"{prefix}.hysteresis", Text(rule.Hysteresis)),
            ($"{prefix}.for", IsoDuration.Format(rule.ForMs)),
            ($"{prefix}.tolerance", Text(rule.Tolerance)),
            ($"{prefix}.parts", string.Join(", ", rule.Parts)),
            ($"{prefix}.except", Text(rule.Except)),
            ($"{prefix}.severity", rule.Severity.ToString()),
            ($"{prefix}.office", rule.Office),
            ($"{prefix}.sentence", Text(rule.Sentence)),
        ];
    }

    private static string Text(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? Nothing;

    private static string Text(bool flag) => flag ? "true" : "false";

    private static string Text(BilingualText text) => string.Equals(text.De, text.En, StringComparison.Ordinal) ? text.De : $"{text.De} / {text.En}";

    private static string Text(Location? location) => location is { } at ? $"[{Text(at.Longitude)}, {Text(at.Latitude)}]" : Nothing;
}
