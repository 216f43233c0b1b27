namespace Domain.Tests.Payloads;

/// <summary>Payloads that are mostly right.</summary>
internal static class RandomPayload
{
    public static string Of(Random random) => random.Next(4) == 0
        ? $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Object(random)))}]"
        : Object(random);

    /// <summary>Changes, removes or repeats a byte.</summary>
    public static void Break(Random random, ref byte[] payload)
    {
        var at = random.Next(payload.Length);
        var changed = payload.ToList();
        switch (random.Next(3))
        {
            case 0:
                changed[at] = (byte)random.Pick<int>('"', ':', ',', '{', '}', '[', ']', '0', '-', '.', 'e', 't', ' ', '\\', 0, 0xC3, 0xFF);
                break;
            case 1:
                changed.RemoveAt(at);
                break;
            default:
                changed.Insert(at, changed[at]);
                break;
        }

        payload = [.. changed];
    }

    private static string Object(Random random)
    {
        var members = Enumerable.Range(0, random.Next(5)).Select(_ => Member(random));
        var space = random.Pick("", "", " ", "\n\t");
        return $"{{{space}{string.Join($"{space},{space}", members)}{space}}}";
    }

    private static string Member(Random random) => random.Next(5) switch
    {
        0 => $"\"t\":{Time(random)}",
        1 => $"\"{random.Pick("humidity", "bogus", "T", "", "mac", "e-mail", "3c:22:fb:00:11:22")}\":{Value(random)}",
        _ => $"\"{random.Pick("temperature", "wind-speed", "state", "temper\\u0061ture")}\":{Value(random)}",
    };

    private static string Time(Random random) => random.Pick(
        "1782864000000", "\"2026-07-01T02:00:00+02:00\"", "\"2026-07-01T00:00:00.5Z\"", "\"2026-07-01T00:00:00\"", "1782864000", "1.782864e12",
        "-1", "null", "\"\"", "1e400", "{}", "\"2026-07-01T00:00:00\\u005a\"");

    private static string Value(Random random) => random.Next(12) switch
    {
        0 => random.Pick("true", "false", "null"),
        1 => random.Pick("\"open\"", "\"closed\"", "\"ü\"", "\"op\\u0065n\"", "\"\"", "\"a@b.org\"", "\"x 3C:22:fb:00:11:22\"", "\"356938035643809\"", "\"a\\u0040b.org\""),
        2 => random.Pick("[]", "{}", "[1,2]", "{\"a\":{\"t\":1}}", "[{\"a\":[\"a@b.org\"]}]", "{\"imei\":1}", "[356938035643809]"),
        3 => random.Pick("1e5", "1E-3", "-0", "-0.0", "1e999", "01", "1.", "-", ".5", "123456789012345", "356938035643809", "3.56938035643809e14", "1234567890123456", "0.000000000000001", "12345678901.2345678"),
        4 => random.Next(3).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => (Math.Round(random.NextDouble() * 1000, random.Next(6)) * random.Pick(1, -1)).ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
