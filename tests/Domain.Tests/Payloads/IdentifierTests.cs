using System.Globalization;
using System.Text;
using Domain.Tests.Registry;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Domain.Payloads;
using Quartier.Domain.Registry;

namespace Domain.Tests.Payloads;

public sealed class IdentifierTests
{
    private const long Received = Definitions.Epoch;

    private static readonly SensorSchema Schema = SensorSchema.Compile(Definitions.Sensor(
        Definitions.Stream("temperature"),
        Definitions.Stream("state", new CodeLabel("open", 0, new("", "")), new CodeLabel("MS-AB 123", 1, new("", "")))));

    [Theory]
    [InlineData("3c:22:fb:00:11:22", "a MAC address")]
    [InlineData("3C-22-FB-00-11-22", "a MAC address")]
    [InlineData("3c22.fb00.1122", "a MAC address")]
    [InlineData("3c22fb001122", "a MAC address")]
    [InlineData("seen 3c:22:fb:00:11:22, -70dB", "a MAC address")]
    [InlineData("(00:11:22:33:44:55)", "a MAC address")]
    [InlineData("3c:22:fb:00:11:2", null)]
    [InlineData("3c:22:fb:00:11:22:33", null)]
    [InlineData("3c:22:fb:00:11-22", null)]
    [InlineData("26-07-01-12-00-00", null)]
    [InlineData("12:34:56", null)]
    [InlineData("178290000000", null)]
    [InlineData("550e8400-e29b-41d4-a716-446655440000", null)]
    [InlineData("70b3d57ed0001234", null)]
    [InlineData("356938035643809", "an IMEI")]
    [InlineData("IMEI 356938035643809.", "an IMEI")]
    [InlineData("35-693803-564380-9", "an IMEI")]
    [InlineData("356938035643808", null)]
    [InlineData("3569380356438090", null)]
    [InlineData("0.356938035643809", null)]
    [InlineData("000000000000000", null)]
    [InlineData("1782900000000", null)]
    [InlineData("erika@example.org", "an e-mail address")]
    [InlineData("von erika.m+x@post.example.de an", "an e-mail address")]
    [InlineData("erika@müller.de", "an e-mail address")]
    [InlineData("@example.org", null)]
    [InlineData("erika@localhost", null)]
    [InlineData("21.5 @ 3.2", null)]
    [InlineData("5@3.2", null)]
    [InlineData("+49 171 1234567", "a telephone number")]
    [InlineData("+4917112345678", "a telephone number")]
    [InlineData("+49 (0) 251 / 492-0000", "a telephone number")]
    [InlineData("tel:+43-1-2345678", "a telephone number")]
    [InlineData("0049 251 4920000", "a telephone number")]
    [InlineData("0251 492-0000", "a telephone number")]
    [InlineData("0251/4920000", "a telephone number")]
    [InlineData("01711234567", "a telephone number")]
    [InlineData("Anruf 0171 1234567 um 12:00", "a telephone number")]
    [InlineData("02514920000", "a telephone number")]
    [InlineData("+12.5", null)]
    [InlineData("+1234567", null)]
    [InlineData("01.07.2026 12:00", null)]
    [InlineData("01-07-2026 12:00", null)]
    [InlineData("01/07/2026", null)]
    [InlineData("2026-07-01T12:00:00+02:00", null)]
    [InlineData("2026-07-01 00:15:00", null)]
    [InlineData("000000001234", null)]
    [InlineData("0.123456789012", null)]
    [InlineData("12345678901234567890", null)]
    [InlineData("MS-AB 123", "a number plate")]
    [InlineData("ms-ab 1", "a number plate")]
    [InlineData("MS AB 123E", "a number plate")]
    [InlineData("LÜD-X 9999", "a number plate")]
    [InlineData("Falschparker MS-AB 123, Hof", "a number plate")]
    [InlineData("AB-123-CD", "a number plate")]
    [InlineData("12-ABC-3", "a number plate")]
    [InlineData("1-ABC-234", "a number plate")]
    [InlineData("W-12345A", "a number plate")]
    [InlineData("WA 12345", "a number plate")]
    [InlineData("1A2 3456", "a number plate")]
    [InlineData("B-123-XYZ", "a number plate")]
    [InlineData("1234 ABC", "a number plate")]
    [InlineData("ABC-123", "a number plate")]
    [InlineData("OK", null)]
    [InlineData("open", null)]
    [InlineData("A-1", null)]
    [InlineData("PM-10", null)]
    [InlineData("21.5", null)]
    [InlineData("v1.2.3", null)]
    [InlineData("Room 101", null)]
    [InlineData("ab-123-cd", null)]
    [InlineData("2026-07-01", null)]
    [InlineData("geschlossen ü", null)]
    [InlineData("", null)]
    public void Text_is_taken_for_what_it_looks_like(string text, string? expected) => Assert.Equal(expected, Identifiers.Find(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData(356938035643809.0, true)]
    [InlineData(490154203237518.0, true)]
    [InlineData(356938035643808.0, false)]
    [InlineData(-356938035643809.0, false)]
    [InlineData(35693803564380.0, false)]
    [InlineData(356938035643809.5, false)]
    [InlineData(1782900000000.0, false)]
    [InlineData(1782900000000000.0, false)]
    [InlineData(double.NaN, false)]
    public void Number_is_an_imei_with_fifteen_digits_and_the_right_last_one(double number, bool expected) => Assert.Equal(expected, Identifiers.IsImei(number));

    [Fact]
    public void One_in_ten_numbers_of_fifteen_digits_is_an_imei_and_no_other()
    {
        var random = new Random(7);
        var found = Enumerable.Range(0, 10_000).Count(_ => Identifiers.IsImei(random.NextInt64(100_000_000_000_000, 1_000_000_000_000_000)));
        Assert.InRange(found, 850, 1150);
        Assert.Equal(0, Enumerable.Range(0, 10_000).Count(_ => Identifiers.IsImei(random.NextInt64(-1_000_000_000_000_000, 100_000_000_000_000))));
    }

    [Theory]
    [InlineData("mac", true)]
    [InlineData("wifiMac", true)]
    [InlineData("WIFI_MAC_1", true)]
    [InlineData("macAddress", true)]
    [InlineData("e-mail", true)]
    [InlineData("licensePlate", true)]
    [InlineData("license_plate", true)]
    [InlineData("Kennzeichen", true)]
    [InlineData("halterkennzeichen2", true)]
    [InlineData("IMEI", true)]
    [InlineData("user-id", true)]
    [InlineData("phone", true)]
    [InlineData("vehicle-id", true)]
    [InlineData("vehicleIdle", false)]
    [InlineData("device-id", false)]
    [InlineData("machine", false)]
    [InlineData("macro-level", false)]
    [InlineData("vintage", false)]
    [InlineData("template", false)]
    [InlineData("temperature", false)]
    [InlineData("total", false)]
    [InlineData("c353413853", false)]
    [InlineData("free", false)]
    public void Name_says_what_it_identifies(string name, bool expected) => Assert.Equal(expected, IdentifyingNames.Find(name) is not null);

    [Theory]
    [InlineData("""{"temperature":1,"mac":"x"}""", 1, 1, "\"mac\" is or holds a MAC address")]
    [InlineData("""{"temperature":1,"m\u0061c":5}""", 1, 1, "(a text with escapes) is or holds a MAC address")]
    [InlineData("""{"note":"MS-XY 4711","temperature":1}""", 1, 1, "\"note\" is or holds a number plate")]
    [InlineData("""{"note":"erika\u0040example.org"}""", 0, 1, "\"note\" is or holds an e-mail address")]
    [InlineData("""{"seen":[{"rssi":-70,"id":["3c:22:fb:00:11:22"]}],"temperature":1}""", 1, 1, "\"seen\" is or holds a MAC address")]
    [InlineData("""{"seen":{"3c:22:fb:00:11:22":-70}}""", 0, 1, "\"seen\" is or holds a MAC address")]
    [InlineData("""{"3c:22:fb:00:11:22":-70,"temperature":1}""", 1, 1, "(withheld: a MAC address) is or holds a MAC address")]
    [InlineData("""{"device":356938035643809}""", 0, 1, "\"device\" is or holds an IMEI")]
    [InlineData("""{"device":{"imei":5}}""", 0, 1, "\"device\" is or holds a device or subscriber number")]
    [InlineData("""{"temperature":356938035643809}""", 0, 1, "temperature is or holds an IMEI")]
    [InlineData("""{"temperature":3.56938035643809e14,"state":"open"}""", 1, 1, "temperature is or holds an IMEI")]
    [InlineData("""{"temperature":"+49 171 1234567","state":"open"}""", 1, 1, "temperature is or holds a telephone number")]
    [InlineData("""{"temperature":{"plate":"x"}}""", 0, 1, "temperature is or holds a number plate")]
    [InlineData("""{"state":"MS-XY 4711"}""", 0, 1, "state is or holds a number plate")]
    [InlineData("""{"phone":1,"mail":"x","temperature":1}""", 1, 2, "\"mail\" is or holds an e-mail address")]
    [InlineData("""[{"n":"temperature","v":1,"mac":"x","rssi":-70}]""", 1, 1, "a member beside SenML's own is or holds a MAC address")]
    [InlineData("""[{"n":"temperature","v":1},{"n":"mac","vs":"x"}]""", 1, 1, "\"mac\" is or holds a MAC address")]
    [InlineData("""[{"n":"temperature","v":1},{"n":"owner","vs":"erika@example.org"}]""", 1, 1, "\"owner\" is or holds an e-mail address")]
    [InlineData("""[{"n":"temperature","v":1},{"n":"3c:22:fb:00:11:22","v":-70}]""", 1, 1, "is or holds a MAC address")]
    [InlineData("""[{"n":"temperature","vs":"erika@example.org"}]""", 0, 1, "temperature is or holds an e-mail address")]
    [InlineData("""[{"n":"temperature","u":"K","vs":"erika@example.org"}]""", 0, 1, "temperature is or holds an e-mail address")]
    [InlineData("""[{"n":"temperature","v":356938035643809}]""", 0, 1, "temperature is or holds an IMEI")]
    [InlineData("""[{"n":"temperature","vd":"erika@example.org"}]""", 0, 1, "temperature is or holds an e-mail address")]
    public void Decoder_refuses_the_field_and_keeps_the_rest(string payload, int samples, int refused, string detail)
    {
        var output = new SampleBuffer();
        var result = PayloadDecoder.Decode(Encoding.UTF8.GetBytes(payload), Schema, Received, output);
        Assert.Equal((samples, refused), (result.Samples, result.Refused));
        Assert.Equal(refused, output.RefusedFor(RefusalReason.PersonalIdentifier));
        Assert.Contains(detail, output.DetailFor(RefusalReason.PersonalIdentifier), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"state":"MS-AB 123"}""", 1)]
    [InlineData("""{"temperature":35693803564380}""", 1)]
    [InlineData("""{"temperature":356938035643808}""", 1)]
    [InlineData("""{"temperature":1782900000000}""", 1)]
    [InlineData("""[{"bn":"urn:dev:mac:3c22fb001122:","n":"temperature","v":1}]""", 1)]
    public void Decoder_takes_registered_labels_ordinary_numbers_and_the_names_of_devices_that_are_no_persons(string payload, int samples)
    {
        var output = new SampleBuffer();
        Assert.Equal(new DecodeResult(samples, 0, payload[0] == '[' ? PayloadFormat.SenML : PayloadFormat.Json), PayloadDecoder.Decode(Encoding.UTF8.GetBytes(payload), Schema, Received, output));
    }

    /// <summary>Wherever it stands, in a sound message or a broken one, no text about the refusal shows it.</summary>
    [Fact]
    public void Details_never_show_what_identifies_someone() => Seeds.ForAll(
        random =>
        {
            var secret = random.Pick("3c:22:fb:00:11:22", "356938035643809", "erika@example.org", "+49 171 1234567", "MS-XY 4711");
            var payload = Encoding.UTF8.GetBytes(random.Pick(
                "{\"note\":\"S\"}", "{\"S\":1}", "{\"a\":{\"b\":[\"S\"]},\"temperature\":1}", "{\"temperature\":\"S\"}", "{\"state\":\"S\"}", "{\"t\":\"S\",\"temperature\":1}",
                "[{\"n\":\"temperature\",\"u\":\"S\",\"v\":1}]", "[{\"n\":\"S\",\"v\":1}]", "[{\"n\":\"x\",\"vs\":\"S\"}]", "[{\"n\":\"temperature\",\"S\":1,\"v\":1}]",
                "[{\"n\":\"temperature\",\"S_\":1,\"v\":1}]", "\"S\"", "S", "{\"note\":\"S\"", "{note: S}", "[{\"mac\":\"S\"},5]", "{\"temperature\":1}S")
                .Replace("S", secret, StringComparison.Ordinal));
            var output = new SampleBuffer();
            PayloadDecoder.Decode(payload, Schema, Received, output);
            foreach (var reason in Enum.GetValues<RefusalReason>())
            {
                Assert.DoesNotContain(secret[..^2], output.DetailFor(reason) ?? "", StringComparison.Ordinal);
            }

            Assert.DoesNotContain(output.Samples.ToArray(), s => s.Value.ToString("F0", CultureInfo.InvariantCulture) == secret);
        },
        runs: 2000);

    [Theory]
    [InlineData("""{"state":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"note":"\udc00 x"}""")]
    [InlineData("""{"note":{"\udc00":"\ud800"}}""")]
    [InlineData("""[{"n":"state","vs":"\ud800"}]""")]
    [InlineData("""[{"n":"temperature","v":1,"x\ud800":1}]""")]
    public void Decoder_refuses_escapes_that_are_no_text(string payload)
    {
        var output = new SampleBuffer();
        var result = PayloadDecoder.Decode(Encoding.UTF8.GetBytes(payload), Schema, Received, output);
        Assert.Equal((0, 1, 1), (result.Samples, result.Refused, output.RefusedFor(RefusalReason.BadPayload)));
    }

    [Fact]
    public void Long_texts_cost_no_more_than_their_length()
    {
        var output = new SampleBuffer();
        foreach (var unit in new[] { "a", "@", "0", "+", "0 ", "A-", "a:", "aa:", "1@a.", "356938035643808 " })
        {
            var text = string.Concat(Enumerable.Repeat(unit, 200_000 / unit.Length));
            var started = TimeProvider.System.GetTimestamp();
            PayloadDecoder.Decode(Encoding.UTF8.GetBytes($"{{\"x\":\"{text}\"}}"), Schema, Received, output);

            // Measured: under 10 ms. Anything that grows with the square would take a minute.
            Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0, 2);
        }
    }

    [Theory]
    [InlineData("property: free", "property: phone", "'phone' says that its values identify a telephone number: streams about single persons cannot be declared")]
    [InlineData("property: total\n        name", "property: licensePlate\n        name", "identify a number plate")]
    public void Registry_refuses_a_datastream_whose_name_identifies_someone(string found, string replacement, string message)
    {
        var page = File.ReadAllText(Path.Combine(RegistryFileTests.Root(), "docs", "registry.md"));
        var yaml = page[(page.IndexOf("```yaml\n", StringComparison.Ordinal) + 8)..];
        yaml = Policies.PolicySamples.With(yaml[..yaml.IndexOf("```", StringComparison.Ordinal)], found, replacement);
        Policies.PolicySamples.AssertProblem(yaml, RegistryFile.Read(yaml).Problems, message, replacement.Split(' ')[1].Split('\n')[0]);
    }
}
