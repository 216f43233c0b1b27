using Quartier.Domain.Time;

namespace Quartier.Domain.Assets;

using Code = Func<AssetValues, double>;

/// <summary>The functions of the expression language.</summary>
internal sealed class ExpressionFunctions(ExpressionParser parser, ExpressionScope scope, List<SlopeKey> slopes)
{
    /// <summary>Names that stand for something in the language and cannot be given to values.</summary>
    public static readonly string[] Reserved =
        ["and", "or", "not", "if", "min", "max", "abs", "round", "clamp", "sum", "count", "known", "slope", "t"];

    /// <summary>Longest span of a slope: a week. Its points are thinned, see <see cref="SlopeWindow"/>.</summary>
    private const long MaxSpanMs = 7 * 86_400_000L;

    /// <summary>Reads a call whose name has just been read.</summary>
    public Code Parse(ExpressionToken name)
    {
        parser.Expect("(");
        switch (name.Text)
        {
            case "sum" or "count":
                return Over(name, ParseMany(name));
            case "min" or "max":
                return IsMany(parser.Current) ? Over(name, ParseMany(name)) : Extreme(name);
            case "known":
                return Known();
            case "slope":
                return Slope();
            case "abs":
                var inner = Arguments(name, 1)[0];
                return values => Math.Abs(inner(values));
            case "round":
                var exact = Arguments(name, 1)[0];
                return values => Math.Round(exact(values), MidpointRounding.AwayFromZero) + 0.0;
            case "clamp":
                return Clamp(Arguments(name, 3));
            case "if":
                var branches = Arguments(name, 3);
                return ExpressionCode.If(branches[0], branches[1], branches[2]);
            default:
                throw new ExpressionSyntaxException(
                    name.Position, $"unknown function '{name.Text}'; there are min, max, abs, round, clamp, if, sum, count, known, slope");
        }
    }

    private static Code Over(ExpressionToken function, int input) => function.Text switch
    {
        "sum" => values => values.SumOf(input),
        "count" => values => values.CountOf(input),
        "min" => values => values.MinOf(input),
        _ => values => values.MaxOf(input),
    };

    private static Code Clamp(Code[] arguments) => values =>
    {
        var (value, low, high) = (arguments[0](values), arguments[1](values), arguments[2](values));

        // Math.Max and Math.Min yield NaN when either is: unknown stays unknown. Where low is above high, high wins.
        return Math.Min(Math.Max(value, low), high);
    };

    private bool IsMany(ExpressionToken token) => token.IsName && scope.TryFind(token.Text, out _, out var kind) && kind == NameKind.ManyInput;

    private int ParseMany(ExpressionToken function)
    {
        var token = parser.Take();
        if (!token.IsName || !scope.TryFind(token.Text, out var index, out var kind) || kind != NameKind.ManyInput)
        {
            throw new ExpressionSyntaxException(token.Position, $"{function.Text} takes the name of an input that is fed by many datastreams (many: true)");
        }

        parser.Expect(")");
        parser.Refer(index);
        return index;
    }

    private Code Extreme(ExpressionToken name)
    {
        var arguments = Arguments(name, 0);
        var greatest = name.Is("max");
        return values =>
        {
            var result = arguments[0](values);
            foreach (var argument in arguments.AsSpan(1))
            {
                var value = argument(values);
                result = greatest ? Math.Max(result, value) : Math.Min(result, value);
            }

            return result;
        };
    }

    private Code Known()
    {
        var token = parser.Take();
        if (!token.IsName || !scope.TryFind(token.Text, out var index, out var kind))
        {
            throw new ExpressionSyntaxException(token.Position, $"known takes a name; known here: {string.Join(", ", scope.Names)}");
        }

        parser.Expect(")");
        parser.Refer(index);
        return kind == NameKind.ManyInput
            ? values => values.CountOf(index) > 0 ? 1 : 0
            : values => double.IsNaN(values.ValueOf(index)) ? 0 : 1;
    }

    private Code Slope()
    {
        var token = parser.Take();
        if (!token.IsName || !scope.TryFind(token.Text, out var index, out var kind) || kind is NameKind.Attribute or NameKind.ManyInput)
        {
            throw new ExpressionSyntaxException(token.Position, "slope takes the name of an input or of an earlier computed value");
        }

        parser.Expect(",");
        var span = parser.Take();
        if (!IsoDuration.TryParse(span.Text, out var spanMs) || spanMs is <= 0 or > MaxSpanMs)
        {
            throw new ExpressionSyntaxException(span.Position, $"'{span.Text}' is no duration such as PT1H, of at most P7D");
        }

        parser.Expect(")");
        parser.Refer(index);
        var key = new SlopeKey(index, spanMs);
        var at = slopes.IndexOf(key);
        if (at < 0)
        {
            at = slopes.Count;
            slopes.Add(key);
        }

        return values => values.SlopeOf(at);
    }

    private Code[] Arguments(ExpressionToken function, int count)
    {
        var arguments = new List<Code> { parser.ParseExpression() };
        while (parser.Current.Is(","))
        {
            parser.Take();
            arguments.Add(parser.ParseExpression());
        }

        if (count > 0 && arguments.Count != count)
        {
            throw new ExpressionSyntaxException(function.Position, $"{function.Text} takes {count} values, {arguments.Count} given");
        }

        parser.Expect(")");
        return [.. arguments];
    }
}
