using System.Globalization;
using Quartier.Contracts.Registry;
using Quartier.Domain.Assets;

namespace Domain.Tests.Assets;

public sealed class ExpressionTests
{
    private static readonly AssetTypeDefinition Type = new(
        "type", new BilingualText("T", "T"), ["a", "b"],
        [new AssetInput("x", "1", false, false), new AssetInput("y", "1", false, true), new AssetInput("many", "1", true, false)], [], [], "x", []);

    [Theory]
    [InlineData("1 +", 3, "the expression ends where a value was expected")]
    [InlineData("1 + * 2", 4, "'*' stands where a value was expected")]
    [InlineData("a b", 2, "'b' is unexpected after a complete expression")]
    [InlineData("(a", 2, "')' was expected, the end found")]
    [InlineData("a < b < x", 6, "comparisons do not chain")]
    [InlineData("aa + 1", 0, "unknown name 'aa'; known here: a, b, x, y, many")]
    [InlineData("1 $ 2", 2, "the character '$' has no meaning here")]
    [InlineData("many + 1", 0, "'many' is fed by many datastreams")]
    [InlineData("sum(x)", 4, "sum takes the name of an input that is fed by many")]
    [InlineData("clamp(1, 2)", 0, "clamp takes 3 values, 2 given")]
    [InlineData("foo(1)", 0, "unknown function 'foo'")]
    [InlineData("slope(a, PT1H)", 6, "slope takes the name of an input")]
    [InlineData("slope(x, 1H)", 9, "'1' is no duration")]
    [InlineData("min()", 4, "')' stands where a value was expected")]
    [InlineData("", 0, "the expression ends where a value was expected")]
    public void Expressions_name_what_is_wrong_and_where(string text, int position, string message)
    {
        Assert.Null(ExpressionParser.Parse(text, new ExpressionScope(Type), [], out var problem));
        Assert.Equal(position, problem!.Position);
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Expressions_cannot_exhaust_the_stack()
    {
        foreach (var text in new[] { new string('(', 999), new string('-', 999), string.Concat(Enumerable.Repeat("not ", 249)), string.Concat(Enumerable.Repeat("abs(", 249)) })
        {
            ExpressionParser.Parse(text, new ExpressionScope(Type), [], out var problem);
            Assert.StartsWith("nested more than 50 deep", problem!.Message, StringComparison.Ordinal);
        }

        ExpressionParser.Parse(new string('1', 1001), new ExpressionScope(Type), [], out var longer);
        Assert.StartsWith("longer than 1000 characters", longer!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2 + 3 * 4 - 6 / 3", 12.0)]
    [InlineData("-2 * -3", 6.0)]
    [InlineData("10 - 4 - 3", 3.0)]
    [InlineData("1 + 1 == 2 and not 1 > 2", 1.0)]
    [InlineData("not 0 or 1 / 0", 1.0)]
    [InlineData("0 and unknown", 0.0)]
    [InlineData("1 and unknown", null)]
    [InlineData("unknown or 0", null)]
    [InlineData("unknown == unknown", null)]
    [InlineData("1 / 0", null)]
    [InlineData("0 * (1 / 0)", null)]
    [InlineData("if(1, 5, unknown)", 5.0)]
    [InlineData("if(unknown, 5, 5)", null)]
    [InlineData("known(unknown)", 0.0)]
    [InlineData("known(x)", 1.0)]
    [InlineData("clamp(7, 0, 5)", 5.0)]
    [InlineData("clamp(-1, 0, 5)", 0.0)]
    [InlineData("round(2.5)", 3.0)]
    [InlineData("round(-2.5)", -3.0)]
    [InlineData("min(3, 1, 2) + max(3, 1, 2) + abs(-1)", 5.0)]
    [InlineData("max(1, unknown)", null)]
    public void Expressions_compute(string text, double? expected) =>
        Assert.Equal(expected, Evaluate(text.Replace("unknown", "y", StringComparison.Ordinal), 0, 0, 1, null));

    [Fact]
    public void Expressions_agree_with_a_naive_evaluation() => Seeds.ForAll(
        random =>
        {
            double?[] environment = [random.Next(-3, 4), random.Next(3), random.Pick<double?>(null, 0, 1, 2.5), random.Pick<double?>(null, -1, 7)];
            var node = RandomNode(random, environment, 4);
            var found = Evaluate(node.Text, environment[0]!.Value, environment[1]!.Value, environment[2], environment[3]);
            Assert.True(Nullable.Equals(node.Value + 0.0, found), $"{node.Text} with {string.Join(", ", environment)}: expected {node.Value}, found {found}");
        },
        runs: 5000);

    private static double? Evaluate(string text, double a, double b, double? x, double? y)
    {
        var expression = ExpressionParser.Parse(text, new ExpressionScope(Type), [], out var problem);
        Assert.True(problem is null, $"{text}: {problem}");
        var values = new AssetValues(5, new double[5][], []);
        values.Set(0, a);
        values.Set(1, b);
        values.Set(2, x ?? double.NaN);
        values.Set(3, y ?? double.NaN);
        var result = expression!.Evaluate(values);
        return double.IsNaN(result) ? null : result + 0.0;
    }

    private static Node RandomNode(Random random, double?[] environment, int depth)
    {
        if (depth == 0 || random.Next(5) == 0)
        {
            var name = random.Next(6);
            var number = Math.Round(random.NextDouble() * 4, random.Next(3));
            return name < 4
                ? new Node("abxy".Substring(name, 1), 8, environment[name])
                : new Node(number.ToString(CultureInfo.InvariantCulture), 8, number);
        }

        var left = RandomNode(random, environment, depth - 1);
        var right = RandomNode(random, environment, depth - 1);
        var third = RandomNode(random, environment, depth - 1);
        return random.Next(16) switch
        {
            0 => new Node($"{left.In(1)} or {right.In(2)}", 1, Truth(left) == true || Truth(right) == true ? 1 : Known(left, right) ? 0 : null),
            1 => new Node($"{left.In(2)} and {right.In(3)}", 2, Truth(left) == false || Truth(right) == false ? 0 : Known(left, right) ? 1 : null),
            2 => new Node($"not {left.In(3)}", 3, Truth(left) is { } truth ? (truth ? 0 : 1) : null),
            3 => Compare("==", left, right, (l, r) => l == r),
            4 => Compare("!=", left, right, (l, r) => l != r),
            5 => Compare("<", left, right, (l, r) => l < r),
            6 => Compare(">=", left, right, (l, r) => l >= r),
            7 or 8 => new Node($"{left.In(5)}+{right.In(6)}", 5, Finite(left.Value + right.Value)),
            9 => new Node($"{left.In(5)} - {right.In(6)}", 5, Finite(left.Value - right.Value)),
            10 => new Node($"{left.In(6)} * {right.In(7)}", 6, Finite(left.Value * right.Value)),
            11 => new Node($"{left.In(6)}/{right.In(7)}", 6, Finite(left.Value / right.Value)),
            12 => new Node($"-{left.In(7)}", 7, -left.Value),
            13 => new Node($"if({left.Text}, {right.Text}, {third.Text})", 8, Truth(left) is { } condition ? (condition ? right.Value : third.Value) : null),
            14 => new Node($"max({left.Text},{right.Text})", 8, Known(left, right) ? Math.Max(left.Value!.Value, right.Value!.Value) : null),
            _ => new Node($"min( {left.Text}, {right.Text} )", 8, Known(left, right) ? Math.Min(left.Value!.Value, right.Value!.Value) : null),
        };
    }

    private static Node Compare(string symbol, Node left, Node right, Func<double, double, bool> holds) => new(
        $"{left.In(5)} {symbol} {right.In(5)}", 4, Known(left, right) ? (holds(left.Value!.Value, right.Value!.Value) ? 1 : 0) : null);

    private static bool Known(Node left, Node right) => left.Value is not null && right.Value is not null;

    private static bool? Truth(Node node) => node.Value is null ? null : node.Value != 0;

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private sealed record Node(string Text, int Level, double? Value)
    {
        public string In(int level) => Level >= level ? Text : $"({Text})";
    }
}
