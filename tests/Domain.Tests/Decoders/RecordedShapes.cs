namespace Domain.Tests.Decoders;

/// <summary>Messages as the documentation of each system shows them, with devices and places that do not exist.</summary>
internal static class RecordedShapes
{
    /// <summary>The Things Stack 3, "Data Formats", uplink message: shortened by nothing that is a member of its own.</summary>
    public const string TheThingsStack =
        """
        {"end_device_ids":{"device_id":"eui-70b3d57ed0000001","application_ids":{"application_id":"stadt"},"dev_eui":"70B3D57ED0000001",
          "join_eui":"0000000000000000","dev_addr":"260B1234"},
         "correlation_ids":["as:up:01H2XJ0YV3","rpc:/ttn.lorawan.v3.AppAs/SimulateUplink:5d6f9ca2"],
         "received_at":"2026-07-01T00:00:05.123456789Z",
         "uplink_message":{"session_key_id":"AYgY4k2lqA7G0d==","f_port":2,"f_cnt":42,"frm_payload":"AQIDBA==",
           "decoded_payload":{"temp_c":21.5,"hum":{"rel":605},"battery":3.6},
           "rx_metadata":[{"gateway_ids":{"gateway_id":"dach-1","eui":"B827EBFFFE000001"},"time":"2026-07-01T00:00:04.9Z","timestamp":2463457000,
             "rssi":-57,"channel_rssi":-57,"snr":9.2,"location":{"latitude":51.96,"longitude":7.63},"uplink_token":"CiIKIAoUZXVpLQ=="}],
           "settings":{"data_rate":{"lora":{"bandwidth":125000,"spreading_factor":7}},"frequency":"868100000","timestamp":2463457000},
           "received_at":"2026-07-01T00:00:05.1Z","consumed_airtime":"0.061696s",
           "network_ids":{"net_id":"000013","tenant_id":"stadt","cluster_id":"eu1","cluster_address":"eu1.cloud.thethings.network"}}}
        """;

    /// <summary>ChirpStack 4, "Event types", up.</summary>
    public const string ChirpStack =
        """
        {"deduplicationId":"3ac7e3c4-4401-4b8d-9386-a5c902f9202d","time":"2026-07-01T00:00:05.775023242+00:00",
         "deviceInfo":{"tenantId":"52f14cd4-c6f1-4fbd-8f87-4025e1d49242","tenantName":"Stadt","applicationId":"17c82e96-be03-4f38-aef3-f83d48582d97",
           "applicationName":"Klima","deviceProfileId":"14855bf7-d10d-4aee-b618-ebfcb64dc7ad","deviceProfileName":"ELT-2","deviceName":"Klima 1",
           "devEui":"a81758fffe05368e","tags":{"place":"roof"}},
         "devAddr":"00189440","adr":true,"dr":1,"fCnt":4,"fPort":1,"confirmed":false,"data":"qqo=",
         "object":{"temperature":21.5,"humidity":60,"contact":"ON"},
         "rxInfo":[{"gatewayId":"0016c001f153a14c","uplinkId":4217106255,"rssi":-36,"snr":10.5,"context":"E3OWOQ==","metadata":{"region_name":"eu868"}}],
         "txInfo":{"frequency":867100000,"modulation":{"lora":{"bandwidth":125000,"spreadingFactor":11,"codeRate":"CR_4_5"}}}}
        """;

    /// <summary>Tasmota, "MQTT": tele/%topic%/SENSOR, with SetOption52 0, hence a local time without offset.</summary>
    public const string Tasmota =
        """{"Time":"2026-07-01T02:00:05","SHT3X-0x45":{"Temperature":21.5,"Humidity":60.2,"DewPoint":13.5},"POWER":"ON","TempUnit":"C"}""";

    /// <summary>Zigbee2MQTT, "MQTT Topics and Messages": a device's state, with advanced.last_seen: ISO_8601.</summary>
    public const string Zigbee =
        """{"battery":97,"humidity":60.2,"last_seen":"2026-07-01T00:00:05.000Z","linkquality":120,"temperature":21.5,"voltage":2995,"update":{"state":"idle"}}""";

    /// <summary>OGC 18-088, an Observation as an MQTT subscription gives it.</summary>
    public const string Observation =
        """
        {"@iot.id":77,"@iot.selfLink":"http://example.org/v1.1/Observations(77)","phenomenonTime":"2026-07-01T00:00:05Z","resultTime":null,"result":60.2,
         "Datastream@iot.navigationLink":"Observations(77)/Datastream","FeatureOfInterest@iot.navigationLink":"Observations(77)/FeatureOfInterest"}
        """;

    /// <summary>RFC 8428 §6, figure 1 is 7 records; this is the same way of writing, of two: {-2: "urn:dev:ow:10e2:", -3: 1782864005, 0: "temperature", 1: "Cel", 2: 21.5}.</summary>
    public static byte[] Cbor { get; } =
    [
        0x82,
        0xA5, 0x21, 0x70, .. "urn:dev:ow:10e2:"u8, 0x22, 0x1A, 0x6A, 0x44, 0x58, 0x85, 0x00, 0x6B, .. "temperature"u8, 0x01, 0x63, .. "Cel"u8,
        0x02, 0xF9, 0x4D, 0x60,
        0xA3, 0x00, 0x68, .. "humidity"u8, 0x01, 0x63, .. "%RH"u8, 0x02, 0xC4, 0x82, 0x20, 0x19, 0x02, 0x5A,
    ];
}
