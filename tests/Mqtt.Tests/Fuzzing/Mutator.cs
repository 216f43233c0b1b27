using Mqtt.Tests.Wire;

namespace Mqtt.Tests.Fuzzing;

/// <summary>
/// Makes inputs out of seeds: sequences of packets, most of them beginning with CONNECT, some bytes of which have been changed. Lengths are mostly made right
/// again, so that what is wrong lies deeper than the first check.
/// </summary>
internal sealed class Mutator(Random random, IReadOnlyList<byte[]> seeds)
{
    private const int MostPackets = 12;
    private const int MostMutations = 4;

    private static readonly byte[] Telling = [0, 1, 2, 3, 4, 5, 0x7F, 0x80, 0x81, 0xFE, 0xFF, (byte)'+', (byte)'#', (byte)'/', (byte)'$', 0x11, 0x21, 0x22, 0x23, 0x26];

    private readonly List<byte[]> _connects = [.. seeds.Where(seed => seed[0] >> 4 == 1)];

    /// <summary>The bytes that one connection sends.</summary>
    public byte[] Next()
    {
        var packets = new List<byte[]>();
        if (random.Next(20) > 0)
        {
            packets.Add(Pick(_connects));
        }

        for (var i = random.Next(MostPackets); i >= 0; i--)
        {
            packets.Add(Pick(seeds));
        }

        for (var i = random.Next(MostMutations + 1); i > 0; i--)
        {
            var at = random.Next(packets.Count);
            packets[at] = Mutate(packets[at]);
        }

        var input = packets.SelectMany(p => p).ToArray();
        return random.Next(10) == 0 ? input[..random.Next(input.Length + 1)] : input;
    }

    private byte[] Mutate(byte[] packet)
    {
        if (packet.Length == 0)
        {
            return Pick(seeds); // An earlier mutation has removed all of it.
        }

        var bytes = packet.ToList();
        var at = random.Next(bytes.Count);
        switch (random.Next(7))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = Telling[random.Next(Telling.Length)];
                break;
            case 2:
                bytes.Insert(at, Telling[random.Next(Telling.Length)]);
                break;
            case 3:
                bytes.RemoveRange(at, Math.Min(random.Next(1, 5), bytes.Count - at));
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 20), bytes.Count - at)));
                break;
            case 5:
                var other = Pick(seeds);
                bytes.InsertRange(at, other[random.Next(other.Length)..]); // Splices.
                break;
            default:
                bytes.AddRange(Enumerable.Repeat((byte)random.Next(256), random.Next(300)));
                break;
        }

        return random.Next(5) == 0 ? [.. bytes] : WithLength(bytes);
    }

    /// <summary>Takes the fixed header for two bytes, and writes a remaining length that is right.</summary>
    private static byte[] WithLength(List<byte> bytes) =>
        bytes.Count < 2 ? [.. bytes] : [bytes[0], .. Bytes.Var(bytes.Count - 2), .. bytes.GetRange(2, bytes.Count - 2)];

    private byte[] Pick(IReadOnlyList<byte[]> from) => from[random.Next(from.Count)];
}
