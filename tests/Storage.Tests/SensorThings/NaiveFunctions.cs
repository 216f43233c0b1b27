using System.Globalization;
using System.Text.RegularExpressions;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.Tests.SensorThings;

/// <summary>Functions of the second implementation. Geometries are points and boxes.</summary>
internal static partial class NaiveFunctions
{
    public static bool Before(Moment a, Moment b) => a.IsSpan ? a.EndMs <= b.StartMs : a.StartMs < b.StartMs;

    public static object? TimeBeside(object? value, object? other) => value is string text && other is Moment ? Time(text) : value;

    public static object? Compute(Operator op, object? left, object? right) => (op, left, right) switch
    {
        (Operator.Add, double a, double b) => a + b,
        (Operator.Subtract, double a, double b) => a - b,
        (Operator.Multiply, double a, double b) => a * b,
        (Operator.Divide, double a, double b) => b == 0 ? null : a / b,
        (Operator.Modulo, double a, double b) => b == 0 ? null : a % b,
        (Operator.Add, Moment m, Length l) => new Moment(m.StartMs + l.Ms, m.StartMs + l.Ms),
        (Operator.Subtract, Moment m, Length l) => new Moment(m.StartMs - l.Ms, m.StartMs - l.Ms),
        (Operator.Subtract, Moment m, Moment n) => new Length(m.StartMs - n.StartMs),
        _ => null,
    };

    public static object? Of(Function function, object?[] arguments, long nowMs)
    {
        var (first, second) = (arguments.Length > 0 ? arguments[0] : null, arguments.Length > 1 ? arguments[1] : null);
        return function switch
        {
            Function.Now => new Moment(nowMs, nowMs),
            Function.Length => first is string s ? (double)s.EnumerateRunes().Count() : null,
            Function.ToLower => (first as string)?.ToLowerInvariant(),
            Function.ToUpper => (first as string)?.ToUpperInvariant(),
            Function.Trim => (first as string)?.Trim(),
            Function.Round => first is double d ? Math.Round(d, MidpointRounding.AwayFromZero) : null,
            Function.Floor => first is double d ? Math.Floor(d) : null,
            Function.Ceiling => first is double d ? Math.Ceiling(d) : null,
            Function.Substring => Substring(arguments),
            Function.Year => At(first) is { } t ? (double)t.Year : null,
            Function.Month => At(first) is { } t ? (double)t.Month : null,
            Function.Day => At(first) is { } t ? (double)t.Day : null,
            Function.Hour => At(first) is { } t ? (double)t.Hour : null,
            Function.GeoDistance => first is ValueTuple<int, int> p && Numbers(second) is [var x, var y] ? Math.Sqrt((p.Item1 - x) * (p.Item1 - x) + (p.Item2 - y) * (p.Item2 - y)) : null,
            Function.Within => Box(second) is var (w, s, e, n) && first is ValueTuple<int, int> p ? p.Item1 > w && p.Item1 < e && p.Item2 > s && p.Item2 < n : null,
            Function.Intersects => Box(second) is var (w, s, e, n) && first is ValueTuple<int, int> p ? p.Item1 >= w && p.Item1 <= e && p.Item2 >= s && p.Item2 <= n : null,
            Function.Disjoint => Box(second) is var (w, s, e, n) && first is ValueTuple<int, int> p ? p.Item1 < w || p.Item1 > e || p.Item2 < s || p.Item2 > n : null,
            Function.Before or Function.After or Function.During or Function.Meets or Function.Starts or Function.Finishes or Function.TimeOverlaps => Moments(function, TimeBeside(first, new Moment()), TimeBeside(second, new Moment())),
            _ => Texts(function, first, second),
        };
    }

    private static object? Texts(Function function, object? first, object? second) => (function, first, second) switch
    {
        (Function.SubstringOf, string a, string b) => b.Contains(a, StringComparison.Ordinal),
        (Function.StartsWith, string a, string b) => a.StartsWith(b, StringComparison.Ordinal),
        (Function.EndsWith, string a, string b) => a.EndsWith(b, StringComparison.Ordinal),
        (Function.Concat, string a, string b) => string.Concat(a, b),
        (Function.IndexOf, string a, string b) => a.IndexOf(b, StringComparison.Ordinal) is var i && i < 0 ? -1.0 : (double)a[..i].EnumerateRunes().Count(),
        _ => null,
    };

    private static object? Moments(Function function, object? first, object? second)
    {
        if (first is not Moment a || second is not Moment b)
        {
            return null;
        }

        return function switch
        {
            Function.Before => Before(a, b),
            Function.After => Before(b, a),
            Function.Meets => a.EndMs == b.StartMs,
            Function.Starts => a.StartMs == b.StartMs,
            Function.Finishes => a.EndMs == b.EndMs,
            Function.TimeOverlaps => (b.IsSpan ? a.StartMs < b.EndMs : a.StartMs <= b.EndMs) && (a.IsSpan ? b.StartMs < a.EndMs : b.StartMs <= a.EndMs),
            _ => a.StartMs >= b.StartMs && (b.IsSpan && !a.IsSpan ? a.StartMs < b.EndMs : a.EndMs <= b.EndMs),
        };
    }

    private static object? Substring(object?[] arguments)
    {
        if (arguments[0] is not string text || arguments[1..].Any(a => a is not double))
        {
            return null;
        }

        var runes = text.EnumerateRunes().Skip((int)Math.Clamp((double)arguments[1]!, 0, 1e9));
        return string.Concat(arguments.Length > 2 ? runes.Take((int)Math.Clamp((double)arguments[2]!, 0, 1e9)) : runes);
    }

    private static Moment? Time(string text) =>
        IsoTime().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new Moment(time.ToUnixTimeMilliseconds(), time.ToUnixTimeMilliseconds())
            : null;

    private static DateTimeOffset? At(object? value) =>
        (value is string text ? Time(text) : value as Moment?) is { } moment ? DateTimeOffset.FromUnixTimeMilliseconds(moment.StartMs) : null;

    private static double[]? Numbers(object? wkt) =>
        wkt is string text ? [.. Digits().Matches(text).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture))] : null;

    private static (double West, double South, double East, double North)? Box(object? wkt) =>
        Numbers(wkt) is { Length: 10 } n ? (n[0], n[1], n[4], n[5]) : null;

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}", RegexOptions.None, 1000)]
    private static partial Regex IsoTime();

    [GeneratedRegex("-?[0-9.]+", RegexOptions.None, 1000)]
    private static partial Regex Digits();
}
