using Domain.Tests;
using FsCheck;
using FsCheck.Fluent;
using Quartier.Contracts.Readings;
using Quartier.Storage.Blocks;

namespace Quartier.Storage.Tests;

public sealed class BlockCodecTests
{
    [Fact]
    public void Checksum_matches_the_published_examples()
    {
        // RFC 3720, appendix B.4.
        Assert.Equal(0x8A9136AAu, Checksum.Of(new byte[32]));
        Assert.Equal(0x62A8AB43u, Checksum.Of(Enumerable.Repeat((byte)0xFF, 32).ToArray()));
        Assert.Equal(0xE3069283u, Checksum.Of("123456789"u8));
    }

    [Fact]
    public void Any_readings_come_back_bit_by_bit()
    {
        var values = Gen.OneOf(
            Gen.Choose(-1000, 1000).Select(v => (double)v),
            Gen.Choose(-100_000, 100_000).Select(v => v / 100.0),
            ArbMap.Default.GeneratorFor<NormalFloat>().Select(f => f.Item + 0.0),
            Gen.Elements(0.0, double.MaxValue, double.MinValue, double.Epsilon, 0.1 + 0.2, 1e15, 9_007_199_254_740_993.0, 1.0 / 3));
        var deltas = Gen.OneOf(Gen.Constant(900_000), Gen.Choose(1, 100), Gen.Choose(1, 2_000_000_000));
        var qualities = Gen.OneOf(Gen.Constant(0), Gen.Choose(0, 15));
        var readings =
            from count in Gen.Choose(1, 600)
            from value in Gen.ListOf(values, count)
            from delta in Gen.ListOf(deltas, count)
            from quality in Gen.ListOf(qualities, count)
            select Build(value, delta, quality);

        Prop.ForAll(readings.ToArbitrary(), ComesBack).Check(Draws.Of(2_000).WithQuietOnSuccess(true));
    }

    [Fact]
    public void Every_flipped_byte_is_found()
    {
        var readings = Enumerable.Range(0, 200).Select(i => new Reading(i * 60_000L, i % 7 / 10.0, (Quality)(i % 3))).ToArray();
        var block = BlockCodec.Encode(Block.MakeId(3, 1), readings, new ByteWriter());
        Assert.True(BlockCodec.IsIntact(block));
        for (var i = 0; i < block.Data.Length; i++)
        {
            var damaged = (byte[])block.Data.Clone();
            damaged[i] ^= 0x10;
            Assert.False(BlockCodec.IsIntact(block with { Data = damaged }));
        }

        Assert.False(BlockCodec.IsIntact(block with { Sum = block.Sum + 1 }));
        Assert.False(BlockCodec.IsIntact(block with { Id = block.Id + 1 }));
        Assert.False(BlockCodec.IsIntact(block with { Data = [] }));
    }

    [Theory]
    [InlineData("regular whole numbers", 1, 900_000, 0, 1.4)]
    [InlineData("regular tenths", 10, 60_000, 0, 1.4)]
    [InlineData("jittered hundredths", 100, 60_000, 250, 2.5)]
    public void Blocks_are_small(string what, int scale, int interval, int jitter, double mostBytes)
    {
        var random = new Random(1);
        var value = 500;
        var readings = Enumerable.Range(0, 256)
            .Select(i => new Reading((i * (long)interval) + random.Next(jitter + 1), (value += random.Next(-20, 21)) / (double)scale, Quality.Good))
            .ToArray();
        var block = BlockCodec.Encode(1, readings, new ByteWriter());
        Assert.True(block.Data.Length <= mostBytes * readings.Length, $"{what}: {block.Data.Length / 256.0:F2} bytes a reading");
    }

    [Fact]
    public void Damaged_data_never_read_beyond_their_end()
    {
        var random = new Random(3);
        var block = BlockCodec.Encode(1, [.. Enumerable.Range(0, 100).Select(i => new Reading(i * 7L, Math.Sqrt(i), Quality.Late))], new ByteWriter());
        for (var round = 0; round < 5_000; round++)
        {
            var data = block.Data[..random.Next(4, block.Data.Length + 1)];
            data[random.Next(data.Length)] = (byte)random.Next(256);
            try
            {
                Assert.Equal(100, BlockCodec.Decode(block with { Data = data }).Length);
            }
            catch (InvalidDataException)
            {
                Assert.False(BlockCodec.IsIntact(block with { Data = data }));
            }
        }
    }

    private static Reading[] Build(IEnumerable<double> values, IEnumerable<int> deltas, IEnumerable<int> qualities)
    {
        var time = 1_782_864_000_000L;
        return [.. values.Zip(deltas, qualities).Select(z => new Reading(time += z.Second, z.First, (Quality)z.Third))];
    }

    private static bool ComesBack(Reading[] readings)
    {
        var block = BlockCodec.Encode(Block.MakeId(1, 0), readings, new ByteWriter());
        BlockCodec.Verify(block);
        var decoded = BlockCodec.Decode(block);
        return decoded.AsSpan().SequenceEqual(readings)
            && decoded.Zip(readings).All(p => BitConverter.DoubleToInt64Bits(p.First.Value) == BitConverter.DoubleToInt64Bits(p.Second.Value))
            && block.Count == readings.Length && block.Min == readings.Min(r => r.Value) && block.Max == readings.Max(r => r.Value)
            && block.Flagged == readings.Count(r => r.Quality != Quality.Good) && block.Last == readings[^1].Value;
    }
}
