using System.Text;

namespace Domain.Tests.Decoders;

/// <summary>Every format on the shapes that its documentation shows.</summary>
public sealed class DecoderTests
{
    private const string TtsTopic = "v3/stadt@ttn/devices/eui-70b3d57ed0000001/up";
    private const string ChirpTopic = "application/17c82e96-be03-4f38-aef3-f83d48582d97/device/a81758fffe05368e/event/up";

    [Theory]
    [InlineData("tts", TtsTopic, RecordedShapes.TheThingsStack, "temperature@5123=21.5 humidity@5123=59.5")]
    [InlineData("chirp", ChirpTopic, RecordedShapes.ChirpStack, "temperature@5775=21.5 humidity@5775=60 contact@5775=1")]
    [InlineData("tasmota", "tele/Büro 1/SENSOR", RecordedShapes.Tasmota, "temperature@received=21.5 humidity@received=60.2 contact@received=1")]
    [InlineData("zigbee", "zigbee2mqtt/0x00158d0001e5b4f1", RecordedShapes.Zigbee, "humidity@5000=60.2 temperature@5000=21.5")]
    [InlineData("zigbee", "zigbee2mqtt/bridge/logging", "not even JSON", "ignored")]
    [InlineData("sta", "one/temperature", RecordedShapes.Observation, "temperature@5000=60.2")]
    [InlineData("sta", "v1.1/Datastreams(5)/Observations", RecordedShapes.Observation, "humidity@5000=60.2")]
    [InlineData("sta", "v1.1/Datastreams(6)/Observations", RecordedShapes.Observation, "level@5000=60.2")]
    [InlineData("sta", "v1.1/MultiDatastreams(1)/Observations", """{"result":{"temperature":1,"humidity":2}}""", "temperature@received=1 humidity@received=2")]
    [InlineData("number", "haus/one/humidity", " 60.2\n", "humidity@received=60.2")]
    [InlineData("number", "haus/one/t10", "215", "temperature@received=21.5")]
    [InlineData("number", "haus/one/contact", "ON", "contact@received=1")]
    [InlineData("number", "haus/one/contact", "true", "contact@received=1")]
    [InlineData("number", "pegel/gauge", "-3e1", "level@received=-30")]
    [InlineData("arrays", "one", """{"at":1782864000500,"values":[{"v":1}],"a.b":2}""", "temperature@500=1 humidity@500=2")]
    [InlineData("senml", "one", """[{"bn":"urn:dev:x:","n":"temperature","u":"Cel","v":3}]""", "temperature@received=3")]
    [InlineData("native", "one", """{"t":1782864000500,"temperature":4}""", "temperature@500=4")]
    public void Decoder_reads_what_its_documentation_shows(string gateway, string topic, string payload, string expected) =>
        Assert.Equal(expected, DecoderTown.Try(gateway, topic, payload));

    [Fact]
    public void Decoder_reads_SenML_in_CBOR() =>
        Assert.Equal("temperature@5000=21.5 humidity@5000=60.2", DecoderTown.Try("cbor", "one", RecordedShapes.Cbor));

    [Theory]
    [InlineData("tts", "v3/stadt@ttn/devices/other/up", "{}", "[UnknownSensor×1: No sensor 'other' is registered behind the gateway 'tts'.]")]
    [InlineData("tts", "v3/stadt@ttn/devices/eui-70b3d57ed0000001/join", "{}", "[BadTopic×1: The topic matches none of the gateway's: v3/+/devices/{sensor}/up.]")]
    [InlineData("tts", TtsTopic, """{"end_device_ids":{"device_id":"other"},"uplink_message":{"decoded_payload":{"temp_c":1}}}""", "[BadPayload×1: device_id names another device than the topic does]")]
    [InlineData("tts", TtsTopic, """{"uplink_message":{"f_cnt":1,"frm_payload":"AQ=="}}""", "[BadPayload×1: no value under uplink_message.decoded_payload; has the device a payload formatter in The Things Stack?. The sensor's properties are temperature, humidity, contact]")]
    [InlineData("tts", TtsTopic, """{"received_at":"gestern","uplink_message":{"decoded_payload":{"temp_c":1}}}""", "[BadTime×1: received_at is \"gestern\"; ISO 8601 with Z or an offset was expected, such as 2026-07-01T12:00:00+02:00]")]
    [InlineData("tts", TtsTopic, """{"uplink_message":{"decoded_payload":{"temp_c":"21.5"}}}""", "[BadValue×1: temperature: the text \"21.5\"; a number was expected]")]
    [InlineData("tts", TtsTopic, """{"uplink_message":{"decoded_payload":{"temp_c":1,"temp_c":2}}}""", "[BadPayload×1: temp_c stands twice]")]
    [InlineData("tts", TtsTopic, """{"uplink_message":{"decoded_payload":[1,2]}}""", "[UnknownProperty×2: an element of decoded_payload is not a property of the sensor; it has temperature, humidity, contact]")]
    [InlineData("tts", TtsTopic, """{"uplink_message":{"decoded_payload":{"temp_c":1,"lux":5}}}""", "temperature@received=1 [UnknownProperty×1: \"lux\" is not a property of the sensor; it has temperature, humidity, contact]")]
    [InlineData("chirp", ChirpTopic, "[]", "[BadPayload×1: no value under object; has the device profile a codec in ChirpStack?. The sensor's properties are temperature, humidity, contact]")]
    [InlineData("sta", "one/temperature", """{"phenomenonTime":"2026-07-01T00:00:00Z/2026-07-01T01:00:00Z","result":1}""", "[BadTime×1: phenomenonTime is \"2026-07-01T00:00:00Z/2026-07-01T01:00:00Z\"; ISO 8601 with Z or an offset was expected, such as 2026-07-01T12:00:00+02:00]")]
    [InlineData("sta", "one/pressure", """{"result":1}""", "[UnknownProperty×1: result is not a property of the sensor; it has temperature, humidity, contact]")]
    [InlineData("number", "haus/one/humidity", "sixty", "[BadPayload×1: not JSON at byte 0 of line 1; the payload begins \"sixty\"]")]
    [InlineData("number", "haus/one/humidity", "{}", "[BadPayload×1: a number was expected, not an object or array; another decoder may suit the gateway]")]
    [InlineData("number", "haus/one/pressure", "1", "[UnknownProperty×1: \"pressure\" is not a property of the sensor; it has temperature, humidity, contact]")]
    [InlineData("number", "pegel/one", "1", "[BadPayload×1: a number alone, in a topic that names no property, is only for a sensor with one datastream; this one has temperature, humidity, contact]")]
    [InlineData("number", "haus/one/humidity", "1 2", "[BadPayload×1: not JSON at byte 2 of line 1; the payload begins \"1 2\"]")]
    [InlineData("senml", "one", """{"temperature":1}""", "[BadPayload×1: SenML is an array of records]")]
    [InlineData("zigbee", "zigbee2mqtt/one", """{"linkquality":120}""", "[BadPayload×1: the message holds no value. The sensor's properties are temperature, humidity, contact]")]
    public void Decoder_refuses_what_it_cannot_read_and_says_why(string gateway, string topic, string payload, string expected) =>
        Assert.Equal(expected, DecoderTown.Try(gateway, topic, payload));

    [Theory]
    [InlineData("tts", TtsTopic, """{"uplink_message":{"decoded_payload":{"temp_c":1,"seen":["3c:22:fb:00:11:22"]}}}""", "\"seen\"")]
    [InlineData("tts", TtsTopic, """{"uplink_message":{"decoded_payload":{"temp_c":1,"battery":"356938035643809"}}}""", "battery")]
    [InlineData("tts", TtsTopic, """{"owner":"erika@example.org","uplink_message":{"decoded_payload":{"temp_c":1}}}""", "\"owner\"")]
    [InlineData("chirp", ChirpTopic, """{"deviceInfo":{"tags":{"owner":"+49 171 1234567"}},"object":{"temperature":1}}""", "tags")]
    [InlineData("zigbee", "zigbee2mqtt/one", """{"temperature":1,"plate":"x"}""", "\"plate\"")]
    [InlineData("sta", "one/temperature", """{"result":1,"parameters":{"who":"erika@example.org"}}""", "parameters")]
    public void Decoder_counts_what_identifies_somebody_and_keeps_the_rest(string gateway, string topic, string payload, string field)
    {
        var result = DecoderTown.Try(gateway, topic, payload);
        Assert.StartsWith("temperature@received=1 [PersonalIdentifier×1: " + field, result, StringComparison.Ordinal);
        Assert.DoesNotContain("3c:22", result, StringComparison.Ordinal);
        Assert.DoesNotContain("erika", result, StringComparison.Ordinal);
        Assert.DoesNotContain("356938", result, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "empty payload")]
    [InlineData("80", null)]
    [InlineData("81A0", "[UnknownProperty×1: a SenML record without a name]")]
    [InlineData("A0", "SenML is an array of records")]
    [InlineData("82", "ends too early")]
    [InlineData("81A20063", "ends too early")]
    [InlineData("81A10009", "SenML name is not a text")]
    [InlineData("81A109F5", "a label that is neither a text nor one of RFC 8428")]
    [InlineData("81A202FB7FF0000000000000006161", "NaN or infinity")]
    [InlineData("81A202C249010000000000000000", "the CBOR tag 2")]
    [InlineData("8000", "bytes after the end")]
    [InlineData("81A1007F616161FF", "texts in chunks")]
    [InlineData("81A1006280FF", "not valid UTF-8")]
    [InlineData("8181818181818181818181818181818181818180", "nested more than 16 deep")]
    [InlineData("9FBF006B74656D70657261747572650205FFFF", "temperature@received=5")]
    [InlineData("D9D9F781A2006B74656D706572617475726502FA41AC0000", "temperature@received=21.5")]
    [InlineData("81A2006B74656D70657261747572650238C7", "temperature@received=-200")]
    public void Decoder_reads_CBOR_to_the_byte(string hex, string? expected)
    {
        var result = DecoderTown.Try("cbor", "one", Convert.FromHexString(hex));
        Assert.Contains(expected ?? string.Empty, result, StringComparison.Ordinal);
    }

    [Fact]
    public void Decoder_reads_the_same_of_SenML_in_CBOR_as_of_the_same_in_JSON() => Seeds.ForAll(random =>
    {
        var (json, cbor) = RandomSenML.Write(random);
        Assert.Equal(DecoderTown.Try("senml", "one", json), DecoderTown.Try("cbor", "one", cbor));
    });

    [Fact]
    public void Decoders_stand_whatever_comes() => Seeds.ForAll(
        random =>
        {
            (string Gateway, string Topic, byte[] Payload)[] shapes =
            [
                ("tts", TtsTopic, Encoding.UTF8.GetBytes(RecordedShapes.TheThingsStack)),
                ("chirp", ChirpTopic, Encoding.UTF8.GetBytes(RecordedShapes.ChirpStack)),
                ("tasmota", "tele/Büro 1/SENSOR", Encoding.UTF8.GetBytes(RecordedShapes.Tasmota)),
                ("zigbee", "zigbee2mqtt/one", Encoding.UTF8.GetBytes(RecordedShapes.Zigbee)),
                ("sta", "one/temperature", Encoding.UTF8.GetBytes(RecordedShapes.Observation)),
                ("number", "haus/one/humidity", "60.25"u8.ToArray()),
                ("cbor", "one", RecordedShapes.Cbor),
            ];
            var (gateway, topic, payload) = random.Pick(shapes);
            var damaged = payload.ToList();
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                var at = random.Next(damaged.Count);
                switch (random.Next(3))
                {
                    case 0:
                        damaged[at] = (byte)random.Next(256);
                        break;
                    case 1 when damaged.Count > 1:
                        damaged.RemoveRange(at, Math.Min(random.Next(1, 20), damaged.Count - at - (at == 0 ? 1 : 0)));
                        break;
                    default:
                        damaged.InsertRange(at, payload.Skip(random.Next(payload.Length)).Take(random.Next(1, 30)));
                        break;
                }

                if (damaged.Count == 0)
                {
                    damaged.Add(0);
                }
            }

            // Whatever it says: it does not throw, and says something.
            Assert.NotEqual(string.Empty, DecoderTown.Try(gateway, topic, damaged.ToArray()) + "end");
            NothingIsInvented(DecoderTown.Try(gateway, topic, damaged.ToArray()));
        },
        2_000);

    private static void NothingIsInvented(string result) => Assert.DoesNotContain("NaN", result, StringComparison.Ordinal);
}
