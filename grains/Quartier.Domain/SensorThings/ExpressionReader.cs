using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings;

/// <summary>
/// Expressions of <c>$filter</c> and <c>$orderby</c>. Precedence, from the strongest (OData 4.0 part 2, 5.1.1.9): - and not; mul div mod;
/// add sub; gt ge lt le; eq ne; and; or. A <c>not</c> before something that is no condition covers the comparison that follows.
/// </summary>
internal sealed class ExpressionReader(QueryScan scan, EntityType type)
{
    private const int OrLevel = 1;
    private const int EqualityLevel = 3;

    private static readonly (string Word, Operator Operator, int Level)[] s_operators =
    [
        ("or", Operator.Or, OrLevel), ("and", Operator.And, 2),
        ("eq", Operator.Equal, EqualityLevel), ("ne", Operator.NotEqual, EqualityLevel),
        ("gt", Operator.Greater, 4), ("ge", Operator.GreaterOrEqual, 4), ("lt", Operator.Less, 4), ("le", Operator.LessOrEqual, 4),
        ("add", Operator.Add, 5), ("sub", Operator.Subtract, 5),
        ("mul", Operator.Multiply, 6), ("div", Operator.Divide, 6), ("mod", Operator.Modulo, 6),
    ];

    /// <summary>A condition.</summary>
    public Expression? Condition()
    {
        scan.Blanks();
        var start = scan.Position;
        var read = Value();
        return read is null || IsCondition(read)
            ? read
            : scan.Fail<Expression>(start, $"Expected a condition such as id eq 1, found {Typing.NameOf(Typing.Of(read))}.");
    }

    /// <summary>Any value.</summary>
    public Expression? Value()
    {
        if (!scan.Enter())
        {
            return null;
        }

        var read = Operand() is { } left ? Continue(left, OrLevel) : null;
        scan.Budget.Leave();
        return read;
    }

    private Expression? Continue(Expression left, int lowest)
    {
        var start = scan.Position;
        while (NextOperator() is { } found)
        {
            if (found.Level < lowest)
            {
                break;
            }

            scan.Position += found.Word.Length;
            if (!scan.Count() || Right(found.Level) is not { } right || Combine(found, left, right, start) is not { } combined)
            {
                return null;
            }

            left = combined;
        }

        return left;
    }

    // Operators of one level are read from the left.
    private Expression? Right(int level)
    {
        if (!scan.Enter())
        {
            return null;
        }

        var right = Operand() is { } first ? Continue(first, level + 1) : null;
        scan.Budget.Leave();
        return right;
    }

    private (string Word, Operator Operator, int Level)? NextOperator()
    {
        scan.Blanks();
        foreach (var row in s_operators)
        {
            if (scan.Rest.StartsWith(row.Word, StringComparison.Ordinal)
                && (scan.Rest.Length == row.Word.Length || scan.Rest[row.Word.Length] is ' ' or '\t' or '(' or '\'' or '-'))
            {
                return row;
            }
        }

        return null;
    }

    private Expression? Operand()
    {
        scan.Blanks();
        if (!scan.Count())
        {
            return null;
        }

        if (scan.TakeWord("not"))
        {
            return Nested(Not);
        }

        if (scan.Next == '(')
        {
            return Nested(Parenthesis);
        }

        if (LiteralReader.Read(scan) is { } literal)
        {
            return literal;
        }

        if (scan.Problem is not null)
        {
            return null;
        }

        return scan.Take('-') ? Nested(Negative) : NameOrCall();
    }

    private Expression? Nested(Func<Expression?> read)
    {
        if (!scan.Enter())
        {
            return null;
        }

        var result = read();
        scan.Budget.Leave();
        return result;
    }

    private Expression? Not()
    {
        scan.Blanks();
        var start = scan.Position;
        var operand = Operand();
        if (operand is not null && Typing.Of(operand) != ValueKind.Boolean)
        {
            operand = Continue(operand, EqualityLevel);
        }

        if (operand is null)
        {
            return null;
        }

        return IsCondition(operand)
            ? new Expression.Unary(Operator.Not, operand)
            : scan.Fail<Expression>(start, $"not needs a condition, found {Typing.NameOf(Typing.Of(operand))}.");
    }

    private Expression? Negative()
    {
        scan.Blanks();
        var start = scan.Position;
        var operand = Operand();
        if (operand is null)
        {
            return null;
        }

        var kind = Typing.Of(operand);
        return Typing.IsNumber(kind) || Typing.IsOpen(kind) || kind == ValueKind.Duration
            ? new Expression.Unary(Operator.Negate, operand)
            : scan.Fail<Expression>(start, $"- needs a number or a duration, found {Typing.NameOf(kind)}.");
    }

    private Expression? Parenthesis()
    {
        scan.Position++;
        var inner = Value();
        scan.Blanks();
        if (inner is null)
        {
            return null;
        }

        return scan.Take(')') ? inner : scan.Expected<Expression>("an operator or ')'");
    }

    private Expression? NameOrCall()
    {
        var start = scan.Position;
        var name = scan.Name();
        if (name.Length == 0)
        {
            return scan.Expected<Expression>("a value: a name, a literal, a function or '('");
        }

        if (scan.Next != '(')
        {
            scan.Position = start;
            return new PropertyReader(scan, type).Read();
        }

        return FunctionTable.Find(name) is { } row
            ? Nested(() => Call(row, start))
            : scan.Fail<Expression>(start, $"No function is called '{Shortened.Text(name)}'.{NearestName.Hint(name, FunctionTable.All.Select(f => f.Name))}");
    }

    private Expression.Call? Call(FunctionRow row, int start)
    {
        scan.Position++;
        var arguments = ImmutableArray.CreateBuilder<Expression>();
        scan.Blanks();
        while (scan.Next != ')')
        {
            if (arguments.Count > 0 && !scan.Take(','))
            {
                return scan.Expected<Expression.Call>("',' or ')'");
            }

            scan.Blanks();
            var at = scan.Position;
            if (arguments.Count == row.Parameters.Length)
            {
                return scan.Expected<Expression.Call>($"')': {row.Name} takes {row.Parameters.Length} argument(s)");
            }

            if (Value() is not { } argument || Argument(row, arguments.Count, argument, at) is not { } fitting)
            {
                return null;
            }

            arguments.Add(fitting);
            scan.Blanks();
        }

        scan.Position++;
        return arguments.Count >= row.Parameters.Length - row.Optional
            ? new Expression.Call(row.Function, arguments.ToImmutable())
            : scan.Fail<Expression.Call>(start, $"{row.Name} needs {row.Parameters.Length - row.Optional} argument(s), found {arguments.Count}.");
    }

    private Expression? Argument(FunctionRow row, int index, Expression argument, int at)
    {
        var parameter = row.Parameters[index];
        var fitting = parameter == ValueKind.Interval ? AsTime(argument) : argument;
        var kind = Typing.Of(fitting);
        return Typing.Accepts(parameter, kind)
            ? fitting
            : scan.Fail<Expression>(at, $"Argument {index + 1} of {row.Name} is {Typing.NameOf(parameter)}, found {Typing.NameOf(kind)}.");
    }

    private Expression? Combine((string Word, Operator Operator, int Level) op, Expression left, Expression right, int at)
    {
        if (op.Operator is Operator.And or Operator.Or)
        {
            return IsCondition(left) && IsCondition(right)
                ? new Expression.Binary(op.Operator, left, right)
                : scan.Fail<Expression>(at, $"{op.Word} stands between conditions, found {Kinds(left, right)}.");
        }

        if (Typing.IsArithmetic(op.Operator))
        {
            return Typing.Computed(op.Operator, Typing.Of(left), Typing.Of(right)) is not null
                ? new Expression.Binary(op.Operator, left, right)
                : scan.Fail<Expression>(at, $"{op.Word} cannot compute with {Kinds(left, right)}.");
        }

        // Times and ids in quotes are common.
        (left, right) = (Quoted(left, Typing.Of(right)), Quoted(right, Typing.Of(left)));
        var isEquality = op.Operator is Operator.Equal or Operator.NotEqual;
        var (a, b) = (Typing.Of(left), Typing.Of(right));
        var isOrdered = isEquality || (a is not ValueKind.Boolean and not ValueKind.Geometry && b is not ValueKind.Boolean and not ValueKind.Geometry);
        var isShape = (a == ValueKind.Geometry && b != ValueKind.Null) || (b == ValueKind.Geometry && a != ValueKind.Null);
        return Typing.Comparable(a, b) && isOrdered && !isShape
            ? new Expression.Binary(op.Operator, left, right)
            : scan.Fail<Expression>(at, isShape ? "Compare geometries by functions such as st_equals or st_within." : $"{op.Word} cannot compare {Kinds(left, right)}.");
    }

    private static string Kinds(Expression left, Expression right) => $"{Typing.NameOf(Typing.Of(left))} and {Typing.NameOf(Typing.Of(right))}";

    private static Expression Quoted(Expression expression, ValueKind other)
    {
        if (Typing.IsTime(other))
        {
            return AsTime(expression);
        }

        return other == ValueKind.Whole && expression is Expression.Literal { Value: { Kind: ValueKind.Text, Text: { } text } }
            && long.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var id)
            ? new Expression.Literal(EntityValue.Of(id))
            : expression;
    }

    private static Expression AsTime(Expression expression) =>
        expression is Expression.Literal { Value: { Kind: ValueKind.Text, Text: { } text } } && LiteralReader.Time(text) is { } time
            ? new Expression.Literal(time)
            : expression;

    private static bool IsCondition(Expression expression) => Typing.Of(expression) is ValueKind.Boolean or ValueKind.Json or ValueKind.Null;
}
