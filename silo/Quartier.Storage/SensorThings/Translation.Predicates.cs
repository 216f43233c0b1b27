using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>Functions that are conditions; NULL when an argument is.</summary>
internal sealed partial class Translation
{
    private void Predicate(Expression.Call call)
    {
        var arguments = call.Arguments;
        switch (call.Function)
        {
            case Function.SubstringOf:
                _sql.Add("(");
                Call("instr", () => Text(arguments[1]), () => Text(arguments[0]));
                _sql.Add(" > 0)");
                break;
            case Function.StartsWith:
                Edge(arguments[0], arguments[1], "1");
                break;
            case Function.EndsWith:
                Edge(arguments[0], arguments[1], null);
                break;
            case Function.Relate:
                Call(QueryFunctions.GeoRelate, () => Text(arguments[0]), () => Text(arguments[1]), () => Text(arguments[2]));
                break;
            case >= Function.Before:
                Spans(call.Function, arguments[0], arguments[1]);
                break;
            default:
                Shapes(call, arguments[0], arguments[1]);
                break;
        }
    }

    private void Edge(Expression text, Expression part, string? start)
    {
        _sql.Add("(substr(");
        Text(text);
        _sql.Add(start is null ? ", 1 + length(" : ", 1, length(");
        if (start is null)
        {
            Text(text);
            _sql.Add(") - length(");
        }

        Text(part);
        _sql.Add(")) = ");
        Text(part);
        if (start is null)
        {
            _sql.Add(" AND length(");
            Text(part);
            _sql.Add(") <= length(");
            Text(text);
            _sql.Add(")");
        }

        _sql.Add(")");
    }

    // What intersects a geometry intersects its box: the index of boxes leaves few rows for the exact question.
    private void Shapes(Expression.Call call, Expression left, Expression right)
    {
        var isBoxed = call.Function is not Function.Disjoint && !_isNegated && (Boxed(left, right, 0) || Boxed(right, left, 0));
        Call(QueryFunctions.Geo, () => _sql.Bind((long)call.Function), () => Text(left), () => Text(right));
        _sql.Add(isBoxed ? ")" : string.Empty);
    }

    /// <summary>Narrows a comparison of a distance to what lies near the other geometry; true when a parenthesis was opened.</summary>
    private bool Near(Expression.Binary comparison)
    {
        if (_isNegated || comparison is not
            {
                Operator: Operator.Less or Operator.LessOrEqual,
                Left: Expression.Call { Function: Function.GeoDistance, Arguments: var shapes },
                Right: Expression.Literal { Value: { Kind: ValueKind.Whole or ValueKind.Number, Real: var distance } },
            })
        {
            return false;
        }

        return Boxed(shapes[0], shapes[1], distance) || Boxed(shapes[1], shapes[0], distance);
    }

    private bool Boxed(Expression expression, Expression other, double distance)
    {
        if (expression is not Expression.Property { Of: { Type: ValueKind.Geometry } of } property || other is not Expression.Literal { Value.Text: { } text })
        {
            return false;
        }

        var steps = property.Steps.ToArray();
        var (known, alias) = Nearest(steps);
        var table = steps.Length == 0 ? _root : TableOf(steps[^1]);
        if (known < steps.Length || table.Box is null || table.Boxed != of || Geometries.ShapeOf(text)?.Box is not { } box)
        {
            return false;
        }

        _sql.Add($"({alias}.id IN (SELECT id FROM {table.Box} WHERE west <= ").Bind(EntityValue.Of(box.East + distance));
        _sql.Add(" AND east >= ").Bind(EntityValue.Of(box.West - distance));
        _sql.Add(" AND south <= ").Bind(EntityValue.Of(box.North + distance));
        _sql.Add(" AND north >= ").Bind(EntityValue.Of(box.South - distance)).Add(") AND ");
        return true;
    }

    private void Spans(Function function, Expression left, Expression right)
    {
        _sql.Add("(");
        switch (function)
        {
            case var _ when IsEdge(left) || IsEdge(right):
                Edges(true, (long)function, left, right);
                break;
            case Function.Before:
                Compared(left, true, IsSpan(left) ? " <= " : " < ", right, false);
                break;
            case Function.After:
                Compared(right, true, IsSpan(right) ? " <= " : " < ", left, false);
                break;
            case Function.Meets:
                Compared(left, true, " = ", right, false);
                break;
            case Function.Starts:
                Compared(left, false, " = ", right, false);
                break;
            case Function.Finishes:
                Compared(left, true, " = ", right, true);
                break;
            case Function.During:
                During(left, right);
                break;
            default:
                Overlapping(left, right);
                break;
        }

        _sql.Add(")");
    }

    private void During(Expression left, Expression right)
    {
        Compared(left, false, " >= ", right, false);
        _sql.Add(" AND ");
        Compared(left, true, IsSpan(right) && !IsSpan(left) ? " < " : " <= ", right, true);
    }

    private void Overlapping(Expression left, Expression right)
    {
        Compared(left, false, IsSpan(right) ? " < " : " <= ", right, true);
        _sql.Add(" AND ");
        Compared(right, false, IsSpan(left) ? " < " : " <= ", left, true);
    }

    private void Compared(Expression left, bool ofLeft, string symbol, Expression right, bool ofRight)
    {
        Time(left, ofLeft);
        _sql.Add(symbol);
        Time(right, ofRight);
    }

    private void TimeOrder(Operator op, Expression left, Expression right)
    {
        switch (op)
        {
            case var _ when IsEdge(left) || IsEdge(right):
                Falsy(() => Edges(false, (long)op, left, right));
                break;
            case Operator.Less:
                Before(left, right);
                break;
            case Operator.Greater:
                Before(right, left);
                break;
            case Operator.LessOrEqual:
                Ends(left, true, " <= ", right, true);
                break;
            default:
                Ends(left, false, " >= ", right, false);
                break;
        }
    }

    // A span is half-open: one that ends when another begins lies before it.
    private void Before(Expression left, Expression right) => Ends(left, true, IsSpan(left) ? " <= " : " < ", right, false);

    private void Ends(Expression left, bool ofLeft, string symbol, Expression right, bool ofRight) => Falsy(() =>
    {
        Time(left, ofLeft);
        _sql.Add(symbol);
        Time(right, ofRight);
    });

    private static bool IsSpan(Expression time) => time is Expression.Literal { Value: { Kind: ValueKind.Interval } span } && span.End > span.Start;
}
