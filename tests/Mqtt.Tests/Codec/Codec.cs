using System.Buffers;
using System.Text;
using Domain.Tests;
using FsCheck;
using FsCheck.Fluent;
using Mqtt.Tests.Wire;
using Quartier.Mqtt.Packets;
using Quartier.Mqtt.Topics;

namespace Mqtt.Tests.Codec;

/// <summary>The parsers against an independent encoder, on every split and on damaged bytes.</summary>
public sealed class Codec
{
    private const int MaxPacketBytes = 100_000;

    private static readonly TopicLimits Limits = new(1024, 32);

    private static readonly byte[][] Samples =
    [
        Bytes.Connect311("g"),
        Bytes.Connect5("g", 60, Bytes.Hex("210005 1100000001 2600016B000176")),
        Bytes.Connect5WithWill("g", "will/topic", "gone", 1, true, Bytes.Hex("1800000001 0101")),
        Bytes.Publish5("v1/c/g/s", "{\"total\": 5}", 1, 17, properties: Bytes.Hex("230001 0200000001 2600016B000176 2600016B000176 09000201FF")),
        Bytes.Subscribe5(3, ("a/+/#", 1), ("b", 0x2E)),
        Bytes.Unsubscribe5(4, "a", "b/#"),
        Bytes.Hex("40030001 10"),
        Bytes.Hex("50020002"),
        Bytes.Hex("62020003"),
        Bytes.Hex("700800049204 1F000161 "),
        Bytes.Hex("E0020400"),
        Bytes.Hex("C000"),
    ];

    [Fact]
    public void Publish_is_read_as_it_was_written() =>
        Check.One(Draws.Of(2000), Prop.ForAll(PublishArbitrary(), RoundTrips));

    [Fact]
    public void Every_split_of_a_stream_gives_the_same_packets()
    {
        var stream = Samples.SelectMany(sample => sample).ToArray();
        var whole = Describe(new ReadOnlySequence<byte>(stream));
        Assert.Equal(Samples.Length, whole.Count);
        for (var first = 0; first <= stream.Length; first++)
        {
            for (var second = first; second <= Math.Min(stream.Length, first + 7); second++)
            {
                Assert.Equal(whole, Describe(Segmented.Of(stream[..first], stream[first..second], stream[second..])));
            }
        }

        Assert.Equal(whole, Describe(Segmented.Of([.. stream.Select(single => (byte[])[single])])));
    }

    [Fact]
    public void An_incomplete_stream_gives_the_packets_that_are_whole_and_asks_for_more()
    {
        var stream = Samples.SelectMany(sample => sample).ToArray();
        var ends = Samples.Select((_, i) => Samples.Take(i + 1).Sum(sample => sample.Length)).ToArray();
        for (var length = 0; length <= stream.Length; length++)
        {
            Assert.Equal(ends.Count(end => end <= length), Describe(new ReadOnlySequence<byte>(stream[..length])).Count);
        }
    }

    [Fact]
    public void Damaged_bytes_give_packets_or_a_protocol_exception_and_nothing_else()
    {
        for (var seed = 1; seed <= 20_000; seed++)
        {
            var random = new Random(seed);
            var bytes = Samples[random.Next(Samples.Length)].ToArray();
            for (var i = random.Next(1, 5); i > 0; i--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var failed = Record.Exception(() => { Describe(new ReadOnlySequence<byte>(bytes)); });
            Assert.True(failed is null or MqttProtocolException, $"Seed {seed}, {Convert.ToHexString(bytes)}: {failed}");
        }
    }

    [Fact]
    public void Every_truncated_body_is_malformed()
    {
        foreach (var sample in Samples.Where(sample => sample.Length > 4))
        {
            for (var cut = 1; cut < sample.Length - 2; cut++)
            {
                var damaged = (byte[])[sample[0], (byte)(sample[1] - cut), .. sample[2..^cut]];
                var failed = Record.Exception(() => { Describe(new ReadOnlySequence<byte>(damaged)); });
                Assert.True(failed is null or MqttProtocolException, $"{Convert.ToHexString(damaged)}: {failed}");
            }
        }
    }

    [Fact]
    public void Publish_allocates_nothing()
    {
        var frame = new Frame(0x32, Bytes.Publish5("v1/city/gateway/sensor", "42", 1, 7).AsMemory(2));
        PublishParser.Parse(frame, ProtocolVersion.V5, Limits, aliases: null);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            PublishParser.Parse(frame, ProtocolVersion.V5, Limits, aliases: null);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static Arbitrary<(string Topic, byte[] Payload, int Qos, int Id, bool Retain, bool Dup, bool Five)> PublishArbitrary()
    {
        var text = Gen.Elements("a", "b/", "/", "ü", "€uro", "𝄞", " ", "﻿", "x1").NonEmptyListOf().Select(string.Concat);
        var gen =
            from topic in text
            from payload in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf()
            from qos in Gen.Choose(0, 2)
            from id in Gen.Choose(1, 65535)
            from retain in Gen.Elements(true, false)
            from dup in Gen.Elements(true, false)
            from five in Gen.Elements(true, false)
            where topic.Count(letter => letter == '/') < 32
            select (topic, payload, qos, id, retain, dup && qos > 0, five);
        return Arb.From(gen);
    }

    private static bool RoundTrips((string Topic, byte[] Payload, int Qos, int Id, bool Retain, bool Dup, bool Five) sent)
    {
        var properties = Bytes.Hex("0101 2600016B000176");
        var packet = Bytes.Packet(
            0x30 | (sent.Dup ? 8 : 0) | (sent.Qos << 1) | (sent.Retain ? 1 : 0),
            Bytes.Text(sent.Topic),
            sent.Qos > 0 ? Bytes.U16(sent.Id) : [],
            sent.Five ? Bytes.Properties(properties) : [],
            sent.Payload);
        var version = sent.Five ? ProtocolVersion.V5 : ProtocolVersion.V311;
        var reader = new FrameReader(new ReadOnlySequence<byte>(packet), MaxPacketBytes, version, new ScratchBuffers());
        Assert.True(reader.TryRead(out var frame));
        var read = PublishParser.Parse(frame, version, Limits, aliases: null);
        return Encoding.UTF8.GetString(read.Topic.Span) == sent.Topic
            && read.Payload.Span.SequenceEqual(sent.Payload)
            && (int)read.Qos == sent.Qos
            && read.PacketId == (sent.Qos > 0 ? sent.Id : 0)
            && read.Retain == sent.Retain
            && read.Duplicate == sent.Dup
            && read.Properties.Span.SequenceEqual(sent.Five ? properties : []);
    }

    /// <summary>Cuts and parses everything, as the connection does, into texts that can be compared.</summary>
    private static List<string> Describe(ReadOnlySequence<byte> bytes)
    {
        var scratch = new ScratchBuffers();
        var aliases = new TopicAliases(10);
        var found = new List<string>();
        var reader = new FrameReader(bytes, MaxPacketBytes, ProtocolVersion.V5, scratch);
        while (reader.TryRead(out var frame))
        {
            found.Add($"{frame.Header:X2} {Convert.ToHexString(frame.Body.Span)} {Parse(frame, aliases)}");
        }

        scratch.ReturnAll();
        return found;
    }

    private static string Parse(in Frame frame, TopicAliases aliases)
    {
        switch (frame.Type)
        {
            case PacketType.Connect:
                var connect = ConnectParser.Parse(frame, Limits);
                return $"{connect.ClientId} {connect.KeepAliveSeconds} {connect.ReceiveMaximum} {connect.Will?.Topic.Length}";
            case PacketType.Publish:
                var publish = PublishParser.Parse(frame, ProtocolVersion.V5, Limits, aliases);
                return $"{Encoding.UTF8.GetString(publish.Topic.Span)} {publish.PacketId} {publish.Payload.Length} {publish.Properties.Length}";
            case PacketType.Subscribe:
                return string.Join(' ', ControlParser.ParseSubscribe(frame, ProtocolVersion.V5, Limits).Requests);
            case PacketType.Unsubscribe:
                return string.Join(' ', ControlParser.ParseUnsubscribe(frame, ProtocolVersion.V5, Limits).Filters);
            case PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp:
                return ControlParser.ParseAcknowledgement(frame, ProtocolVersion.V5).ToString();
            case PacketType.Disconnect:
                return ControlParser.ParseDisconnect(frame, ProtocolVersion.V5).ToString();
            case PacketType.PingReq:
                ControlParser.CheckPing(frame);
                return "ping";
            default:
                throw MqttProtocolException.Protocol("Not from a client.");
        }
    }
}
