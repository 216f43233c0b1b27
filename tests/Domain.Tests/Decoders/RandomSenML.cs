using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Domain.Tests.Decoders;

/// <summary>The same SenML in both ways of writing, each written by itself.</summary>
internal static class RandomSenML
{
    public static (string Json, byte[] Cbor) Write(Random random)
    {
        var json = new StringBuilder("[");
        var cbor = new List<byte>();
        var count = random.Next(1, 5);
        cbor.Add((byte)(0x80 | count));
        for (var i = 0; i < count; i++)
        {
            json.Append(i == 0 ? "{" : ",{");
            WriteRecord(random, json, cbor);
            json.Append('}');
        }

        return (json.Append(']').ToString(), [.. cbor]);
    }

    private static void WriteRecord(Random random, StringBuilder json, List<byte> cbor)
    {
        var members = new List<(string Json, byte[] Cbor)>
        {
            Text("n", 0x00, random.Pick("temperature", "humidity", "contact", "other", "x:temperature")),
        };
        switch (random.Next(4))
        {
            case 0:
                members.Add(Number("v", 0x02, random.Next(-500, 500) / 4.0));
                break;
            case 1:
                members.Add(Text("vs", 0x03, random.Pick("ON", "OFF", "ajar", "erika@example.org")));
                break;
            case 2:
                var flag = random.Next(2) == 1;
                members.Add(($"\"vb\":{(flag ? "true" : "false")}", [0x04, (byte)(flag ? 0xF5 : 0xF4)]));
                break;
            default:
                break;
        }

        if (random.Next(2) == 0)
        {
            members.Add(Number("t", 0x06, random.Next(-1000, 1000)));
        }

        if (random.Next(3) == 0)
        {
            members.Add(Text("u", 0x01, random.Pick("Cel", "%RH", "m")));
        }

        if (random.Next(3) == 0)
        {
            members.Add(Number("bv", 0x24, random.Next(100)));
        }

        cbor.Add((byte)(0xA0 | members.Count));
        members.ForEach(m => cbor.AddRange(m.Cbor));
        json.AppendJoin(',', members.Select(m => m.Json));
    }

    private static (string Json, byte[] Cbor) Text(string name, byte label, string value) =>
        ($"\"{name}\":\"{value}\"", [label, (byte)(0x60 | value.Length), .. Encoding.UTF8.GetBytes(value)]);

    private static (string Json, byte[] Cbor) Number(string name, byte label, double value)
    {
        var bytes = new byte[10];
        bytes[0] = label;
        bytes[1] = 0xFB;
        BinaryPrimitives.WriteDoubleBigEndian(bytes.AsSpan(2), value);
        return (string.Create(CultureInfo.InvariantCulture, $"\"{name}\":{value:R}"), bytes);
    }
}
