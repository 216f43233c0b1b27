using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>Values: each is asked for as a kind, and is NULL when it turns out to be of another.</summary>
internal sealed partial class Translation
{
    private const string Blanks = " \t\n\r";

    /// <summary>Appends what to order by: JSON as it is, numbers before texts.</summary>
    public void Order(Expression expression)
    {
        var kind = Typing.Of(expression);
        if (expression is Expression.Property { Of.Type: ValueKind.Json } json)
        {
            Column(json, column => Extract(column, json));
            return;
        }

        Value(expression, kind);
    }

    private void Value(Expression expression, ValueKind kind)
    {
        switch (kind)
        {
            case ValueKind.Whole or ValueKind.Number:
                Number(expression);
                break;
            case ValueKind.Text or ValueKind.Geometry:
                Text(expression);
                break;
            case ValueKind.Boolean:
                Negated(() => Condition(expression));
                break;
            case ValueKind.Duration or ValueKind.TimeOfDay:
                Length(expression);
                break;
            case ValueKind.Null or ValueKind.Json:
                _sql.Add("NULL");
                break;
            default:
                Time(expression, false);
                break;
        }
    }

    private void IsNull(Expression expression)
    {
        if (expression is Expression.Property { Of.Type: ValueKind.Json } json)
        {
            _sql.Add("(");
            Column(json, column => _sql.Add($"coalesce(json_type({column}, ").Bind(PathOf(json)).Add("), 'null') = 'null'"));
            _sql.Add(json.Steps.IsEmpty ? ")" : " IS NOT 0)");
            return;
        }

        _sql.Add("(");
        Value(expression, Typing.Of(expression));
        _sql.Add(" IS NULL)");
    }

    private void Number(Expression expression)
    {
        switch (expression)
        {
            case Expression.Literal literal:
                _sql.Bind(Typing.IsNumber(literal.Value.Kind) ? literal.Value : EntityValue.Null);
                break;
            case Expression.Property { Of.Type: ValueKind.Json } json:
                Column(json, column =>
                {
                    _sql.Add($"CASE WHEN json_type({column}, ").Bind(PathOf(json)).Add(") IN ('integer', 'real') THEN ");
                    Extract(column, json);
                    _sql.Add(" END");
                });
                break;
            case Expression.Property property:
                Column(property, column => _sql.Add(Typing.IsNumber(property.Of.Type) ? column : "NULL"));
                break;
            case Expression.Unary unary:
                _sql.Add("(-");
                Number(unary.Operand);
                _sql.Add(")");
                break;
            case Expression.Binary binary when Typing.Of(binary.Left) == ValueKind.Duration:
                Operation(binary, Length);
                break;
            case Expression.Binary binary:
                Operation(binary, Number);
                break;
            case Expression.Call call:
                Computed(call);
                break;
        }
    }

    private void Operation(Expression.Binary binary, Action<Expression> operand)
    {
        if (binary.Operator == Operator.Modulo)
        {
            Call(QueryFunctions.Modulo, () => operand(binary.Left), () => NotZero(binary.Right, operand));
            return;
        }

        _sql.Add("((");
        operand(binary.Left);
        _sql.Add(" * 1.0)");
        _sql.Add(binary.Operator switch { Operator.Add => " + ", Operator.Subtract => " - ", Operator.Multiply => " * ", _ => " / " });
        if (binary.Operator == Operator.Divide)
        {
            NotZero(binary.Right, operand);
        }
        else
        {
            operand(binary.Right);
        }

        _sql.Add(")");
    }

    private void NotZero(Expression divisor, Action<Expression> operand)
    {
        _sql.Add("nullif(");
        operand(divisor);
        _sql.Add(", 0)");
    }

    private void Computed(Expression.Call call)
    {
        var first = call.Arguments.IsEmpty ? null : call.Arguments[0];
        switch (call.Function)
        {
            case Function.Length:
                Call("length", () => Text(first!));
                break;
            case Function.IndexOf:
                _sql.Add("(");
                Call("instr", () => Text(first!), () => Text(call.Arguments[1]));
                _sql.Add(" - 1)");
                break;
            case Function.Round or Function.Floor or Function.Ceiling:
                Call(QueryFunctions.Round, () => _sql.Bind((long)call.Function), () => Number(first!));
                break;
            case Function.GeoDistance:
                Call(QueryFunctions.Geo, () => _sql.Bind((long)call.Function), () => Text(first!), () => Text(call.Arguments[1]));
                break;
            case Function.GeoLength:
                Call(QueryFunctions.GeoLength, () => Text(first!));
                break;
            default:
                Call(QueryFunctions.TimePart, () => _sql.Bind((long)call.Function), () => Time(first!, false));
                break;
        }
    }

    private void Text(Expression expression)
    {
        switch (expression)
        {
            case Expression.Literal literal:
                _sql.Bind(literal.Value.Kind is ValueKind.Text or ValueKind.Geometry ? literal.Value : EntityValue.Null);
                break;
            case Expression.Property { Of.Type: ValueKind.Json } json:
                Column(json, column =>
                {
                    _sql.Add($"CASE json_type({column}, ").Bind(PathOf(json)).Add(") WHEN 'text' THEN ");
                    Extract(column, json);
                    _sql.Add(" END");
                });
                break;
            case Expression.Property property:
                Column(property, column => _sql.Add(property.Of.Type is ValueKind.Text or ValueKind.Geometry ? column : "NULL"));
                break;
            case Expression.Call call:
                Text(call);
                break;
        }
    }

    private void Text(Expression.Call call)
    {
        var first = call.Arguments[0];
        switch (call.Function)
        {
            case Function.Substring:
                Call("substr", [() => Text(first), () => From(call.Arguments[1], " + 1"), .. call.Arguments.Skip(2).Select(a => (Action)(() => From(a, string.Empty)))]);
                break;
            case Function.ToLower:
                Call(QueryFunctions.Lower, () => Text(first));
                break;
            case Function.ToUpper:
                Call(QueryFunctions.Upper, () => Text(first));
                break;
            case Function.Trim:
                Call("trim", () => Text(first), () => _sql.Bind(Blanks));
                break;
            default:
                _sql.Add("(");
                Text(first);
                _sql.Add(" || ");
                Text(call.Arguments[1]);
                _sql.Add(")");
                break;
        }
    }

    // Places and counts are whole and not negative; a billion is beyond every text.
    private void From(Expression number, string more)
    {
        _sql.Add("(CAST(min(max(");
        Number(number);
        _sql.Add($", 0), 1e9) AS INTEGER){more})");
    }

    private void Time(Expression expression, bool isEnd)
    {
        switch (expression)
        {
            case Expression.Literal literal:
                _sql.Bind(Typing.IsTime(literal.Value.Kind) ? EntityValue.Of(isEnd ? literal.Value.End : literal.Value.Start) : EntityValue.Null);
                break;
            case Expression.Property { Of.Type: ValueKind.Json }:
                Call(QueryFunctions.Instant, () => Text(expression));
                break;
            case Expression.Property property when property.Of.Derived:
                Edge(property, isEnd);
                break;
            case Expression.Property property:
                Column(property, column => _sql.Add(column));
                break;
            case Expression.Binary binary:
                Moved(binary);
                break;
            case Expression.Call { Function: Function.Date } date:
                Call(QueryFunctions.TimePart, () => _sql.Bind((long)Function.Date), () => Time(date.Arguments[0], false));
                break;
            case Expression.Call call:
                _sql.Bind(call.Function switch { Function.Now => _nowMs, Function.MinDateTime => TimeText.EarliestMs, _ => TimeText.LatestMs });
                break;
        }
    }

    private void Moved(Expression.Binary binary)
    {
        var isSwapped = Typing.Of(binary.Left) == ValueKind.Duration;
        _sql.Add("(");
        Time(isSwapped ? binary.Right : binary.Left, false);
        _sql.Add(binary.Operator == Operator.Add ? " + " : " - ");
        Length(isSwapped ? binary.Left : binary.Right);
        _sql.Add(")");
    }

    // Durations and times of day are whole milliseconds.
    private void Length(Expression expression)
    {
        switch (expression)
        {
            case Expression.Literal literal:
                _sql.Bind(literal.Value.Kind is ValueKind.Duration or ValueKind.TimeOfDay ? literal.Value : EntityValue.Null);
                break;
            case Expression.Unary unary:
                _sql.Add("(-");
                Length(unary.Operand);
                _sql.Add(")");
                break;
            case Expression.Call call:
                Call(QueryFunctions.TimePart, () => _sql.Bind((long)call.Function), () => Time(call.Arguments[0], false));
                break;
            case Expression.Binary { Operator: Operator.Subtract } binary when Typing.IsTime(Typing.Of(binary.Left)):
                _sql.Add("(");
                Time(binary.Left, false);
                _sql.Add(" - ");
                Time(binary.Right, false);
                _sql.Add(")");
                break;
            case Expression.Binary binary:
                Call(
                    QueryFunctions.Round,
                    () => _sql.Bind((long)Function.Round),
                    () => Operation(binary, operand => Value(operand, Typing.Of(operand))));
                break;
            default:
                _sql.Add("NULL");
                break;
        }
    }

    private void Boolean(Expression.Property json) => Column(json, column =>
        _sql.Add($"CASE json_type({column}, ").Bind(PathOf(json)).Add(") WHEN 'true' THEN 1 WHEN 'false' THEN 0 END"));

    private void Extract(string column, Expression.Property json) => _sql.Add($"json_extract({column}, ").Bind(PathOf(json)).Add(")");

    // Names are made of letters, digits and a few signs, and are bound besides. A number is a place in an array.
    private static string PathOf(Expression.Property json) => "$" + string.Concat(json.Inside.Select(n =>
        n.Length < 10 && n.All(char.IsAsciiDigit) ? $"[{n}]" : $".\"{n}\""));

    private void Call(string name, params ReadOnlySpan<Action> arguments)
    {
        _sql.Add(name).Add("(");
        for (var i = 0; i < arguments.Length; i++)
        {
            _sql.Add(i == 0 ? string.Empty : ", ");
            arguments[i]();
        }

        _sql.Add(")");
    }

    // Steps to one entity are scalar subqueries; those to many are open already.
    private void Column(Expression.Property property, Action<string> emit)
    {
        var steps = property.Steps.ToArray();
        var (known, alias) = Nearest(steps);
        if (known == steps.Length)
        {
            Visible(property.Of, steps.Length == 0 ? _root : TableOf(steps[^1]), alias, emit);
            return;
        }

        if (IsAbsent(steps))
        {
            emit("NULL");
            return;
        }

        _sql.Add("(SELECT ");
        var from = Joined(steps, known, ref alias);
        Visible(property.Of, TableOf(steps[^1]), alias, emit);
        _sql.Add($" FROM {from.Tables} WHERE {from.Conditions})");
    }

    // Of Observations there is no table; the problem is noted already.
    private EntityTable TableOf(Navigation step) => step.Target == EntityKind.Observation ? _root : EntityTable.Of(step.Target);

    private void Visible(EntityProperty property, EntityTable table, string alias, Action<string> emit)
    {
        if (property is { Derived: true, Type: ValueKind.Geometry })
        {
            Area(alias, emit);
            return;
        }

        if (table.Columns.Length <= property.Index || table.Columns[property.Index] is not { } column)
        {
            emit("NULL");
            return;
        }

        var hidden = table.Type.Kind switch
        {
            EntityKind.Location when property.Type == ValueKind.Geometry => _sight.HiddenLocations,
            EntityKind.FeatureOfInterest when property.Type == ValueKind.Geometry => _sight.HiddenFeatures,
            _ => null,
        };
        Unless(hidden, alias, column, emit);
    }

    private void Unless(ImmutableHashSet<long>? hidden, string alias, string column, Action<string> emit)
    {
        if (hidden is not { Count: > 0 })
        {
            emit($"{alias}.{column}");
            return;
        }

        _sql.Add($"CASE WHEN {alias}.id NOT IN (SELECT value FROM json_each(").Bind($"[{string.Join(',', hidden)}]").Add(")) THEN ");
        emit($"{alias}.{column}");
        _sql.Add(" END");
    }
}
