using System.Buffers;
using System.Text;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Domain.Payloads;

namespace Domain.Tests.Payloads;

public sealed class PayloadDecoderTests
{
    private const long Received = Definitions.Epoch + Definitions.Hour;

    private static readonly SensorSchema Schema = SensorSchema.Compile(Definitions.Sensor(
        Definitions.Stream("temperature"),
        Definitions.Stream("wind-speed"),
        Definitions.Stream("state", Label("open", 0), Label("geschlossen ü", 1))));

    private static readonly SensorSchema Single = SensorSchema.Compile(Definitions.Sensor(Definitions.Stream("v")));

    [Theory]
    [InlineData("""{"temperature":21.5}""", "0@received=21.5")]
    [InlineData("""{"t":1782864000000,"temperature":21.5,"wind-speed":-3}""", "0@0=21.5 1@0=-3")]
    [InlineData("""{"temperature":1,"t":"2026-07-01T02:00:01+02:00"}""", "0@1000=1")]
    [InlineData(""" { "t" : 1.782864e12 , "temperature" : 1e2 } """, "0@0=100")]
    [InlineData("""{"temperature":true,"wind-speed":false}""", "0@received=1 1@received=0")]
    [InlineData("""{"state":"open"}""", "2@received=0")]
    [InlineData("""{"state":"geschlossen \u00fc"}""", "2@received=1")]
    [InlineData("""{"state":1}""", "2@received=1")]
    [InlineData("""{"temper\u0061ture":-0.0}""", "0@received=0")]
    [InlineData("""[{"t":1782864000000,"temperature":1},{"t":1782864000001,"temperature":2}]""", "0@0=1 0@1=2")]
    [InlineData("""[{"bn":"urn:dev:ow:10e2:","bt":1782864000,"bu":"Cel","n":"temperature","v":20},{"n":"wind-speed","t":1.5,"v":7}]""", "0@0=20 1@1500=7")]
    [InlineData("""[{"n":"g/s/temperature","bv":20,"v":1.5,"t":-60}]""", "0@received-60000=21.5")]
    [InlineData("""[{"n":"temperature","v":1,"bn":"a:"},{"n":"state","vs":"open"},{"n":"wind-speed","vb":true}]""", "0@received=1 2@received=0 1@received=1")]
    [InlineData("""[{"bn":"x/","bver":10},{"n":"temperature","v":3,"unknown":[1,{}]}]""", "0@received=3")]
    public void Decoder_reads_the_formats(string payload, string expected) => Assert.Equal(expected, Describe(payload, Schema));

    [Fact]
    public void Decoder_reads_a_number_alone_for_a_sensor_with_one_datastream()
    {
        Assert.Equal("0@received=-21.5", Describe(" -21.5 ", Single));
        Assert.Equal("BadPayload: a number alone is only for a sensor with one datastream; this one has 3: temperature, wind-speed, state", Describe("5", Schema));
    }

    [Fact]
    public void Decoder_takes_v_for_a_property_when_the_sensor_has_one() => Assert.Equal("0@received=1", Describe("""[{"v":1}]""", Single));

    [Theory]
    [InlineData("", "BadPayload: empty payload")]
    [InlineData("{}", "BadPayload: an object without a value")]
    [InlineData("""{"t":1782864000000}""", "BadPayload: an object without a value")]
    [InlineData("[]", "BadPayload: an empty array")]
    [InlineData("[1]", "BadPayload: an array must hold objects only")]
    [InlineData("\"open\"", "BadPayload: neither an object, an array nor a number")]
    [InlineData("""{"temperature":1""", "BadPayload: not JSON at byte")]
    [InlineData("""{"temperature":1}x""", "BadPayload: not JSON at byte")]
    [InlineData("""{"temperature":1}{}""", "BadPayload: not JSON at byte")]
    [InlineData("""{"temperature":01}""", "BadPayload: not JSON at byte")]
    [InlineData("""{"temperature":1.}""", "BadPayload: not JSON at byte")]
    [InlineData("""{"temperature":NaN}""", "BadPayload: not JSON at byte")]
    [InlineData("""{"temperature":1,}""", "BadPayload: not JSON at byte")]
    [InlineData("\uFEFF{\"temperature\":1}", "BadPayload: begins with a byte order mark")]
    [InlineData("""{"temperature":1,"temperature":2}""", "BadPayload: temperature stands twice")]
    [InlineData("""{"t":1782864000000,"temperature":1,"t":2}""", "BadPayload: t stands twice")]
    [InlineData("""{"temperature":1e999}""", "BadValue: temperature: the number is too large")]
    [InlineData("""{"temperature":null}""", "BadValue: temperature: null is no value")]
    [InlineData("""{"temperature":"21.5"}""", "BadValue: temperature: the text \"21.5\"; a number was expected")]
    [InlineData("""{"temperature":{"value":1}}""", "BadValue: temperature: a nested object or array")]
    [InlineData("""{"state":"ajar"}""", "BadValue: state: the label \"ajar\" is not among its codes: open (0), geschlossen ü (1)")]
    [InlineData("""{"state":7}""", "BadValue: state: 7 is not among its codes")]
    [InlineData("""{"humidity":{"a":[1]}}""", "UnknownProperty: \"humidity\" is not a property of the sensor; it has temperature, wind-speed, state")]
    [InlineData("""{"t":"2026-07-01T00:00:00","temperature":1}""", "BadTime: t is \"2026-07-01T00:00:00\"; ISO 8601 with Z or an offset")]
    [InlineData("""{"t":1782864000,"temperature":1}""", "BadTime: t is 1782864000, which looks like seconds")]
    [InlineData("""{"t":1782864000000.5,"temperature":1}""", "BadTime: t is 1782864000000.5; whole milliseconds")]
    [InlineData("""{"t":true,"temperature":1}""", "BadTime: t is neither")]
    [InlineData("""{"t":9e99,"temperature":1}""", "BadTime: t is 9E+99")]
    [InlineData("""[{"n":"temperature","u":"K","v":290}]""", "BadValue: temperature: the unit \"K\" was sent; the registry says \"Cel\"")]
    [InlineData("""[{"n":"temperature","s":290}]""", "BadValue: temperature: SenML sums")]
    [InlineData("""[{"n":"temperature","bs":1,"v":290}]""", "BadValue: temperature: SenML sums")]
    [InlineData("""[{"n":"temperature"}]""", "BadValue: temperature: a SenML record without a value")]
    [InlineData("""[{"n":"temperature","v":1,"vb":true}]""", "BadValue: temperature: a SenML record with more than one value")]
    [InlineData("""[{"bn":"a/","n":"humidity","v":1}]""", "UnknownProperty: \"humidity\" is not a property")]
    [InlineData("""[{"n":"temperature","v":1,"bver":11}]""", "BadPayload: SenML version 11")]
    [InlineData("""[{"n":"temperature","v":1,"x_":1}]""", "BadPayload: the SenML label \"x_\" must be understood")]
    [InlineData("""[{"n":"temperature","n":"temperature","v":1}]""", "BadPayload: a SenML label stands twice")]
    [InlineData("""[{"n":"temperature","v":"1"}]""", "BadPayload: a SenML number is not a number")]
    [InlineData("""[{"n":"temperature","v":1,"t":999999999}]""", null)]
    public void Decoder_refuses_with_a_reason(string payload, string? expected) =>
        Assert.StartsWith(expected ?? "0@", Describe(payload, Schema), StringComparison.Ordinal);

    [Fact]
    public void Decoder_refuses_invalid_utf8()
    {
        byte[] payload = [.. "{\"state\":\""u8, 0xC3, 0x28, .. "\"}"u8];
        var output = new SampleBuffer();
        Assert.Equal(1, PayloadDecoder.Decode(payload, Schema, Received, output).Refused);
        Assert.Equal("not valid UTF-8", output.DetailFor(RefusalReason.BadPayload));
    }

    [Fact]
    public void Decoder_keeps_what_is_good_beside_what_is_refused() =>
        Assert.Equal(
            "0@0=1 UnknownProperty: \"x\" is not a property of the sensor; it has temperature, wind-speed, state",
            Describe("""{"t":1782864000000,"x":1,"temperature":1}""", Schema));

    [Fact]
    public void Decoder_leaves_one_refusal_of_a_message_that_turns_out_bad()
    {
        var output = new SampleBuffer();
        var result = PayloadDecoder.Decode("""[{"x":1,"temperature":1},{"temperature":2},5]"""u8, Schema, Received, output);
        Assert.Equal(new DecodeResult(0, 1, PayloadFormat.Json), result);
        Assert.Equal((0, 0, 1), (output.Count, output.RefusedFor(RefusalReason.UnknownProperty), output.RefusedFor(RefusalReason.BadPayload)));
        Assert.Null(output.DetailFor(RefusalReason.UnknownProperty));
    }

    [Theory]
    [InlineData(PayloadDecoder.MaxSamples, 0)]
    [InlineData(PayloadDecoder.MaxSamples + 1, 1)]
    public void Decoder_refuses_more_samples_than_a_message_may_hold(int count, int refused)
    {
        var payload = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("{\"temperature\":1}", count))}]");
        var output = new SampleBuffer();
        var result = PayloadDecoder.Decode(payload, Schema, Received, output);
        Assert.Equal(refused, output.RefusedFor(RefusalReason.TooMany));
        Assert.Equal(refused == 0 ? count : 0, result.Samples);
    }

    [Fact]
    public void Decoder_adds_to_what_the_buffer_holds()
    {
        var output = new SampleBuffer();
        PayloadDecoder.Decode("""{"temperature":1}"""u8, Schema, Received, output);
        PayloadDecoder.Decode("""{"temperature":1,"temperature":2}"""u8, Schema, Received, output);
        var result = PayloadDecoder.Decode("""{"t":1782864000000,"wind-speed":2}"""u8, Schema, Received, output);
        Assert.Equal((1, 0), (result.Samples, result.Refused));
        Assert.Equal([new Sample(0, Received, 1), new Sample(1, Definitions.Epoch, 2)], output.Samples.ToArray());
        output.Clear();
        Assert.Equal((0, 0), (output.Count, output.Refused));
    }

    [Fact]
    public void Decoder_reads_a_payload_in_several_segments()
    {
        var output = new SampleBuffer();
        var result = PayloadDecoder.Decode(Split("""{"temperature":21.5}"""u8.ToArray(), 7), Schema, Received, output);
        Assert.Equal(1, result.Samples);
        Assert.Equal(21.5, output.Samples[0].Value);
    }

    [Fact]
    public void Decoder_does_not_allocate_when_nothing_is_refused()
    {
        var output = new SampleBuffer();
        var payload = """{"t":1782864000000,"temperature":21.5,"wind-speed":3.25,"state":"open"}"""u8.ToArray();
        var general = """{"t":1.782864e12,"temperature":2.15e1,"wind-speed":3.25,"state":"open"}"""u8.ToArray();
        long Allocated()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1000; i++)
            {
                output.Clear();
                PayloadDecoder.Decode(payload, Schema, Received, output);
                PayloadDecoder.Decode(general, Schema, Received, output);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated();
        Assert.InRange(Allocated(), 0, 999);
        Assert.Equal(6, output.Count);
    }

    [Fact]
    public void Decoder_agrees_with_a_naive_one_on_random_and_broken_payloads() => Seeds.ForAll(
        random =>
        {
            var payload = Encoding.UTF8.GetBytes(RandomPayload.Of(random));
            for (var broken = random.Next(3); broken > 0 && payload.Length > 0; broken--)
            {
                RandomPayload.Break(random, ref payload);
            }

            var output = new SampleBuffer();
            var result = PayloadDecoder.Decode(payload, Schema, Received, output);
            var expected = NaiveDecoder.Decode(payload, ["temperature", "wind-speed", "state"], Received);
            var shown = Encoding.UTF8.GetString(payload);
            Assert.True(
                expected.Samples.SequenceEqual(output.Samples.ToArray()),
                $"{shown}\nexpected {string.Join(' ', expected.Samples)}\nfound {string.Join(' ', output.Samples.ToArray())}");
            Assert.True(
                expected.Refused.SequenceEqual(Enum.GetValues<RefusalReason>().Where(r => output.RefusedFor(r) > 0).Select(r => (r, output.RefusedFor(r)))),
                $"{shown}\nexpected {string.Join(' ', expected.Refused)}\nfound {Text(output)}");
            Assert.Equal((output.Count, output.Refused), (result.Samples, result.Refused));
        },
        runs: 20_000);

    private static CodeLabel Label(string label, int code) => new(label, code, new BilingualText(label, label));

    private static string Describe(string payload, SensorSchema schema)
    {
        var output = new SampleBuffer();
        PayloadDecoder.Decode(Encoding.UTF8.GetBytes(payload), schema, Received, output);
        return Text(output);
    }

    private static string Text(SampleBuffer output)
    {
        var parts = output.Samples.ToArray().Select(s => FormattableString.Invariant($"{s.Datastream}@{Time(s.TimeMs)}={s.Value}")).ToList();
        parts.AddRange(Enum.GetValues<RefusalReason>().Where(r => output.RefusedFor(r) > 0).Select(r => $"{r}: {output.DetailFor(r)}"));
        return string.Join(' ', parts);
    }

    private static string Time(long ms) => (ms - Received) switch
    {
        0 => "received",
        < 0 and > -2 * Definitions.Minute => $"received{ms - Received}",
        _ => $"{ms - Definitions.Epoch}",
    };

    private static ReadOnlySequence<byte> Split(byte[] payload, int at)
    {
        var last = new Segment(payload.AsMemory(at), at, null);
        return new ReadOnlySequence<byte>(new Segment(payload.AsMemory(0, at), 0, last), 0, last, payload.Length - at);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index, Segment? next)
        {
            Memory = memory;
            RunningIndex = index;
            Next = next;
        }
    }
}
