using Quartier.Contracts.Registry;

namespace Quartier.Domain.Decoders;

/// <summary>Where a format has what, as its documentation says. Names from the outside in; the last one may be <c>*</c>: everything else there.</summary>
/// <param name="Topics">The topics that the format's documentation gives, as patterns.</param>
/// <param name="Content">Where the values are; empty for the message itself.</param>
/// <param name="Time">Where the time is; null where the format has none of its own.</param>
/// <param name="Device">Where the device's name is, which must be the topic's; null for nowhere.</param>
/// <param name="Known">The format's own machinery: never stored, and not looked at.</param>
/// <param name="Ignored">Never stored, but looked at for what identifies somebody.</param>
/// <param name="IsOneProperty">Whether a message tells of one property, which its topic names.</param>
/// <param name="Nothing">What is said of a message without any value.</param>
internal sealed record DecoderShape(
    string[] Topics,
    string[] Content,
    string[]? Time,
    string[]? Device,
    string[][] Known,
    string[][] Ignored,
    bool IsOneProperty,
    string Nothing)
{
    private static readonly DecoderShape Plain = new(["{sensor}"], [], null, null, [], [], IsOneProperty: false, "the message holds no value");

    /// <summary>The Things Stack, "Data Formats": uplink messages; "MQTT Server": topics.</summary>
    private static readonly DecoderShape TheThingsStack = new(
        ["v3/+/devices/{sensor}/up"],
        ["uplink_message", "decoded_payload"],
        ["received_at"],
        ["end_device_ids", "device_id"],
        [
            ["end_device_ids", "*"], ["correlation_ids"], ["simulated"], ["uplink_message", "session_key_id"], ["uplink_message", "f_port"],
            ["uplink_message", "f_cnt"], ["uplink_message", "frm_payload"], ["uplink_message", "decoded_payload_warnings"],
            ["uplink_message", "normalized_payload"], ["uplink_message", "normalized_payload_warnings"], ["uplink_message", "rx_metadata"],
            ["uplink_message", "settings"], ["uplink_message", "received_at"], ["uplink_message", "confirmed"],
            ["uplink_message", "consumed_airtime"], ["uplink_message", "network_ids"], ["uplink_message", "version_ids"],
            ["uplink_message", "last_battery_percentage"], ["uplink_message", "packet_error_rate"], ["uplink_message", "locations"],
        ],
        [],
        IsOneProperty: false,
        "no value under uplink_message.decoded_payload; has the device a payload formatter in The Things Stack?");

    /// <summary>ChirpStack, "Event types": up; "MQTT": topics.</summary>
    private static readonly DecoderShape ChirpStack = new(
        ["application/+/device/{sensor}/event/up"],
        ["object"],
        ["time"],
        ["deviceInfo", "devEui"],
        [
            ["deduplicationId"], ["deviceInfo", "*"], ["devAddr"], ["adr"], ["dr"], ["fCnt"], ["fPort"], ["confirmed"], ["data"], ["rxInfo"],
            ["txInfo"], ["regionConfigId"], ["joinServerContext"], ["relayRxInfo"],
        ],
        [["deviceInfo", "tags"]],
        IsOneProperty: false,
        "no value under object; has the device profile a codec in ChirpStack?");

    /// <summary>OGC 18-088, sections 8.2.7 and 14: Observations.</summary>
    private static readonly DecoderShape SensorThings = new(
        ["{sensor}/{property}"],
        ["result"],
        ["phenomenonTime"],
        null,
        [
            ["@iot.id"], ["@iot.selfLink"], ["resultTime"], ["validTime"], ["Datastream@iot.navigationLink"],
            ["MultiDatastream@iot.navigationLink"], ["FeatureOfInterest@iot.navigationLink"],
        ],
        [["resultQuality"], ["parameters"], ["Datastream"], ["MultiDatastream"], ["FeatureOfInterest"]],
        IsOneProperty: true,
        "an Observation without a result");

    /// <summary>The shape of a format.</summary>
    public static DecoderShape Of(DecoderFormat format) => format switch
    {
        DecoderFormat.TheThingsStack => TheThingsStack,
        DecoderFormat.ChirpStack => ChirpStack,
        DecoderFormat.SensorThings => SensorThings,
        DecoderFormat.Number => Plain with { Topics = ["{sensor}/{property}"], IsOneProperty = true },
        _ => Plain,
    };
}
