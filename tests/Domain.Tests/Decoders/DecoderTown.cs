using System.Globalization;
using System.Text;
using Quartier.Contracts.Registry;
using Quartier.Domain.Decoders;
using Quartier.Domain.Registry;

namespace Domain.Tests.Decoders;

/// <summary>A town with one gateway for each way of writing, and the same sensors behind each.</summary>
internal static class DecoderTown
{
    public const long Received = Definitions.Epoch + Definitions.Hour;

    private const string Head =
        """
        city: muenster
        name: Münster
        timeZone: Europe/Berlin
        offices: [{id: umwelt, name: Umwelt}]
        districts: [{id: mitte, name: Mitte, office: umwelt, retentionDays: 30}]
        sensorModels:
          climate:
            datastreams:
              - {property: temperature, name: t, unit: Cel, question: Wie warm?}
              - {property: humidity, name: h, unit: "%", question: Wie feucht?}
              - {property: contact, name: c, unit: "1", question: Offen?, codes: [{label: "ON", code: 1, text: an}, {label: "OFF", code: 0, text: aus}]}
          single:
            datastreams: [{property: level, name: l, unit: cm, question: Wie hoch?}]
        gateways:
        """;

    private static readonly (string Id, string Decoder)[] Gateways =
    [
        ("native", "{format: native}"),
        ("senml", "{format: senml-json}"),
        ("cbor", "{format: senml-cbor}"),
        ("tts", "{format: the-things-stack, devices: {eui-70b3d57ed0000001: one}, fields: [{path: temp_c, property: temperature}, {path: 'hum.rel', property: humidity, scale: 0.1, offset: -1}], ignore: [battery]}"),
        ("chirp", "{format: chirpstack, devices: {a81758fffe05368e: one}}"),
        ("tasmota", "{format: tasmota, devices: {Büro 1: one}, fields: [{path: 'SHT3X-0x45.Temperature', property: temperature}, {path: 'SHT3X-0x45.Humidity', property: humidity}, {path: POWER, property: contact}], ignore: [Time, TempUnit, 'SHT3X-0x45.DewPoint']}"),
        ("zigbee", "{format: zigbee2mqtt, topics: ['zigbee2mqtt/{sensor}', {topic: 'zigbee2mqtt/bridge/#', ignore: true}], devices: {0x00158d0001e5b4f1: one}, time: last_seen, ignore: ['*']}"),
        ("sta", "{format: sensorthings, topics: ['{sensor}/{property}', {topic: 'v1.1/Datastreams(5)/Observations', sensor: one, property: humidity}, {topic: 'v1.1/Datastreams(6)/Observations', sensor: gauge}, {topic: 'v1.1/MultiDatastreams(1)/Observations', sensor: one}]}"),
        ("number", "{format: number, topics: ['haus/{sensor}/{property}', 'pegel/{sensor}'], fields: [{path: t10, property: temperature, scale: 0.1}]}"),
        ("arrays", "{format: json, fields: [{path: 'values.0.v', property: temperature}, {path: 'a\\.b', property: humidity}], time: at}"),
    ];

    public static string Yaml { get; } = Write();

    public static RegistrySnapshot Snapshot { get; } = new(RegistryFile.Read(Yaml).City ?? throw new InvalidOperationException(Problems()), 1);

    /// <summary>What becomes of a message: samples as <c>property@time=value</c>, refusals as <c>Reason×count: detail</c>.</summary>
    public static string Try(string gateway, string topic, string payload) => Try(gateway, topic, Encoding.UTF8.GetBytes(payload));

    public static string Try(string gateway, string topic, ReadOnlySpan<byte> payload)
    {
        var result = DecoderTrial.Run(Snapshot, Snapshot.Gateway(gateway)!, topic, payload, Received);
        if (result.IsIgnored)
        {
            return "ignored";
        }

        var stored = result.Stored.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Property}@{Time(s.Sample.TimeMs)}={s.Sample.Value:R}"));
        return string.Join(' ', stored.Concat(result.Refused.Select(r => $"[{r.Reason}×{r.Count}: {r.Detail}]")));
    }

    private static string Time(long ms) => ms == Received ? "received" : (ms - Definitions.Epoch).ToString(CultureInfo.InvariantCulture);

    private static string Problems() => string.Join('\n', RegistryFile.Read(Yaml).Problems);

    private static string Write()
    {
        var text = new StringBuilder(Head).Append('\n');
        foreach (var (id, decoder) in Gateways)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {{id: {id}, name: {id}, office: umwelt, decoder: {decoder}}}\n");
        }

        text.Append("sensors:\n");
        foreach (var (id, _) in Gateways)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {{id: one, gateway: {id}, district: mitte, name: One, office: umwelt, model: climate}}\n");
            text.Append(CultureInfo.InvariantCulture, $"  - {{id: gauge, gateway: {id}, district: mitte, name: Gauge, office: umwelt, model: single}}\n");
        }

        return text.ToString();
    }
}
