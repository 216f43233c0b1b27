using System.Globalization;

namespace Quartier.Domain.Assets;

/// <summary>
/// Precedence-climbing ("Pratt") parser of the expressions in docs/asset-types.md. From loose to tight: or; and; not; comparisons, which do not
/// chain; + and -; * and /; unary -. It resolves names while it reads and yields code at once.
/// </summary>
internal sealed class ExpressionParser
{
    /// <summary>Longest expression in characters: a page of text is no expression.</summary>
    public const int MaxLength = 1000;

    /// <summary>Deepest nesting, so that no file can exhaust the stack.</summary>
    private const int MaxDepth = 50;

    private const int NotLevel = 3;
    private const int ComparisonLevel = 4;
    private const int UnaryLevel = 7;

    private readonly List<ExpressionToken> _tokens;
    private readonly ExpressionFunctions _functions;
    private readonly ExpressionScope _scope;
    private readonly SortedSet<int> _references = [];
    private int _at;
    private int _depth;

    private ExpressionParser(List<ExpressionToken> tokens, ExpressionScope scope, List<SlopeKey> slopes)
    {
        _tokens = tokens;
        _scope = scope;
        _functions = new ExpressionFunctions(this, scope, slopes);
    }

    internal ExpressionToken Current => _tokens[_at];

    /// <summary>Compiles an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="scope">Names that it may use.</param>
    /// <param name="slopes">Slopes asked for so far; new ones are appended.</param>
    /// <param name="problem">What is wrong; null when it compiled.</param>
    public static Expression? Parse(string text, ExpressionScope scope, List<SlopeKey> slopes, out ExpressionProblem? problem)
    {
        if (text.Length > MaxLength)
        {
            problem = new ExpressionProblem(MaxLength, $"longer than {MaxLength} characters; split it into several computed values");
            return null;
        }

        var tokens = ExpressionLexer.Read(text, out problem);
        if (problem is not null)
        {
            return null;
        }

        try
        {
            var parser = new ExpressionParser(tokens, scope, slopes);
            var code = parser.ParseExpression();
            if (!parser.Current.IsEnd)
            {
                throw new ExpressionSyntaxException(parser.Current.Position, $"'{parser.Current.Text}' is unexpected after a complete expression");
            }

            return new Expression(code, [.. parser._references]);
        }
        catch (ExpressionSyntaxException fault)
        {
            problem = new ExpressionProblem(fault.Position, fault.Message);
            return null;
        }
    }

    internal Func<AssetValues, double> ParseExpression() => Parse(1);

    internal ExpressionToken Take()
    {
        var token = Current;
        if (!token.IsEnd)
        {
            _at++;
        }

        return token;
    }

    internal void Expect(string symbol)
    {
        if (!Current.Is(symbol))
        {
            var found = Current.IsEnd ? "the end" : $"'{Current.Text}'";
            throw new ExpressionSyntaxException(Current.Position, $"'{symbol}' was expected, {found} found");
        }

        _at++;
    }

    internal void Refer(int name) => _references.Add(name);

    private static (int Level, ExpressionOperator Operator) BinaryOf(ExpressionToken token) => token.Text switch
    {
        "or" => (1, ExpressionOperator.Or),
        "and" => (2, ExpressionOperator.And),
        "==" => (ComparisonLevel, ExpressionOperator.Equal),
        "!=" => (ComparisonLevel, ExpressionOperator.Unequal),
        "<" => (ComparisonLevel, ExpressionOperator.Less),
        "<=" => (ComparisonLevel, ExpressionOperator.LessOrEqual),
        ">" => (ComparisonLevel, ExpressionOperator.Greater),
        ">=" => (ComparisonLevel, ExpressionOperator.GreaterOrEqual),
        "+" => (5, ExpressionOperator.Add),
        "-" => (5, ExpressionOperator.Subtract),
        "*" => (6, ExpressionOperator.Multiply),
        "/" => (6, ExpressionOperator.Divide),
        _ => (0, default),
    };

    private Func<AssetValues, double> Parse(int level)
    {
        if (++_depth > MaxDepth)
        {
            throw new ExpressionSyntaxException(Current.Position, $"nested more than {MaxDepth} deep; split it into several computed values");
        }

        var left = ParsePrefix();
        for (var (next, op) = BinaryOf(Current); next >= level; (next, op) = BinaryOf(Current))
        {
            if (next == 0)
            {
                break;
            }

            var symbol = Take();
            left = ExpressionCode.Binary(op, left, Parse(next + 1));
            if (next == ComparisonLevel && BinaryOf(Current).Level == ComparisonLevel)
            {
                throw new ExpressionSyntaxException(Current.Position, $"comparisons do not chain: write 'a {symbol.Text} b and b {Current.Text} c'");
            }
        }

        _depth--;
        return left;
    }

    private Func<AssetValues, double> ParsePrefix()
    {
        var token = Take();
        if (token.IsNumber)
        {
            var number = double.Parse(token.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            return _ => number;
        }

        switch (token.Text)
        {
            case "-":
                return ExpressionCode.Negate(Parse(UnaryLevel));
            case "not":
                return ExpressionCode.Not(Parse(NotLevel));
            case "(":
                var inner = ParseExpression();
                Expect(")");
                return inner;
            default:
                break;
        }

        if (!token.IsName)
        {
            throw new ExpressionSyntaxException(
                token.Position, token.IsEnd ? "the expression ends where a value was expected" : $"'{token.Text}' stands where a value was expected");
        }

        return Current.Is("(") ? _functions.Parse(token) : ParseName(token);
    }

    private Func<AssetValues, double> ParseName(ExpressionToken token)
    {
        if (!_scope.TryFind(token.Text, out var name, out var kind))
        {
            throw new ExpressionSyntaxException(token.Position, $"unknown name '{token.Text}'; known here: {string.Join(", ", _scope.Names)}");
        }

        if (kind == NameKind.ManyInput)
        {
            throw new ExpressionSyntaxException(token.Position, $"'{token.Text}' is fed by many datastreams: use sum, min, max or count of it");
        }

        Refer(name);
        return values => values.ValueOf(name);
    }
}
