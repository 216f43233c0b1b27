using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings;

/// <summary>Values of functions; null when an argument is null or of another kind. Geometry is the store's.</summary>
public static class FunctionValues
{
    /// <summary>The value.</summary>
    public static EntityValue Of(Function function, EntityValue[] arguments, long nowMs) => function switch
    {
        Function.Now => EntityValue.Instant(nowMs),
        Function.MinDateTime => EntityValue.Instant(TimeText.EarliestMs),
        Function.MaxDateTime => EntityValue.Instant(TimeText.LatestMs),
        Function.Round or Function.Floor or Function.Ceiling => Rounded(function, arguments[0]),
        >= Function.Year and <= Function.TotalOffsetMinutes => Part(function, arguments[0]),
        >= Function.Before => Times(function, AsTime(arguments[0]), AsTime(arguments[1])),
        Function.Substring => Substring(arguments),
        <= Function.Concat => arguments.All(a => a.Kind == ValueKind.Text) ? Text(function, arguments[0].Text!, arguments[^1].Text!) : EntityValue.Null,
        _ => EntityValue.Null,
    };

    private static EntityValue Rounded(Function function, EntityValue value)
    {
        if (!Typing.IsNumber(value.Kind))
        {
            return EntityValue.Null;
        }

        return EntityValue.Of(function switch
        {
            Function.Floor => Math.Floor(value.Real),
            Function.Ceiling => Math.Ceiling(value.Real),
            _ => Math.Round(value.Real, MidpointRounding.AwayFromZero),
        });
    }

    private static EntityValue Part(Function function, EntityValue value)
    {
        var time = AsTime(value);
        if (!Typing.IsTime(time.Kind) || TimeParts.Of(function, time.Start) is not { } part)
        {
            return EntityValue.Null;
        }

        return function switch
        {
            Function.Date => EntityValue.Date((long)part),
            Function.Time => EntityValue.TimeOfDay((long)part),
            _ => EntityValue.Of(part),
        };
    }

    private static EntityValue AsTime(EntityValue value) =>
        value.Kind == ValueKind.Text && TimeText.TryInstant(value.Text, out var ms) ? EntityValue.Instant(ms) : value;

    private static EntityValue Substring(EntityValue[] arguments)
    {
        if (arguments[0].Kind != ValueKind.Text || !arguments.Skip(1).All(a => Typing.IsNumber(a.Kind)))
        {
            return EntityValue.Null;
        }

        return EntityValue.Of(CodePoints.Substring(arguments[0].Text!, Place(arguments[1]), arguments.Length > 2 ? Place(arguments[2]) : long.MaxValue));
    }

    private static long Place(EntityValue value) => (long)Math.Clamp(value.Real, 0, 1e9);

    private static EntityValue Text(Function function, string first, string second) => function switch
    {
        Function.SubstringOf => EntityValue.Of(second.Contains(first, StringComparison.Ordinal)),
        Function.StartsWith => EntityValue.Of(first.StartsWith(second, StringComparison.Ordinal)),
        Function.EndsWith => EntityValue.Of(first.EndsWith(second, StringComparison.Ordinal)),
        Function.Length => EntityValue.Of((long)CodePoints.Length(first)),
        Function.IndexOf => EntityValue.Of((long)CodePoints.IndexOf(first, second)),
        Function.ToLower => EntityValue.Of(first.ToLowerInvariant()),
        Function.ToUpper => EntityValue.Of(first.ToUpperInvariant()),
        Function.Trim => EntityValue.Of(first.Trim(' ', '\t', '\n', '\r')),
        Function.Concat => EntityValue.Of(first + second),
        _ => EntityValue.Null,
    };

    private static EntityValue Times(Function function, EntityValue left, EntityValue right)
    {
        if (!Typing.IsTime(left.Kind) || !Typing.IsTime(right.Kind))
        {
            return EntityValue.Null;
        }

        return EntityValue.Of(function switch
        {
            Function.Before => Comparison.Before(left, right),
            Function.After => Comparison.Before(right, left),
            Function.Meets => left.End == right.Start,
            Function.Starts => left.Start == right.Start,
            Function.Finishes => left.End == right.End,
            Function.During => left.Start >= right.Start && Reaches(left, right.End, right),
            _ => Reaches(left.Start, right) && Reaches(right.Start, left),
        });
    }

    // A moment at which a span ends lies beyond it.
    private static bool Reaches(EntityValue time, long endMs, EntityValue span) =>
        Comparison.IsSpan(span) && !Comparison.IsSpan(time) ? time.End < endMs : time.End <= endMs;

    private static bool Reaches(long startMs, EntityValue time) => Comparison.IsSpan(time) ? startMs < time.End : startMs <= time.End;
}
