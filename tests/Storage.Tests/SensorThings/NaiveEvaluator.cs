using System.Text;
using System.Text.Json;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.Tests.SensorThings;

/// <summary>The second implementation of the query language: plain objects, one entity after the other, nothing shared with the first.</summary>
internal sealed class NaiveEvaluator(long nowMs)
{
    private const string Readings = "Observations/";

    /// <summary>Whether the entity passes.</summary>
    public bool Passes(Expression filter, ModelEntity entity) => Condition(filter, new() { [""] = entity }) == true;

    /// <summary>By what to order, comparable by <see cref="CompareKeys"/>.</summary>
    public object? Key(Expression expression, ModelEntity entity) => Value(expression, new() { [""] = entity }) switch
    {
        bool truth => truth ? 1.0 : 0.0,
        Moment moment => (double)moment.StartMs,
        Length length => (double)length.Ms,
        JsonElement json => json.GetRawText(),
        var other => other,
    };

    public static int CompareKeys(object? left, object? right)
    {
        static int Rank(object? key) => key switch { null => 0, double => 1, _ => 2 };
        if (Rank(left) != Rank(right))
        {
            return Rank(left).CompareTo(Rank(right));
        }

        return left switch
        {
            double number => number.CompareTo((double)right!),
            string text => CompareTexts(text, (string)right!),
            _ => 0,
        };
    }

    private static int CompareTexts(string left, string right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));

    private bool? Condition(Expression expression, Dictionary<string, ModelEntity> bound)
    {
        switch (expression)
        {
            case Expression.Binary { Operator: Operator.And }:
                return Conjunction([.. Flat(expression)], bound);
            case Expression.Binary { Operator: Operator.Or } or:
                var (a, b) = (Condition(or.Left, bound), Condition(or.Right, bound));
                return a == true || b == true ? true : a is null || b is null ? null : false;
            case Expression.Unary { Operator: Operator.Not } not:
                return !Condition(not.Operand, bound);
            default:
                return Exists(Open(expression, bound), bound, inner => Atom(expression, inner));
        }
    }

    private bool? Conjunction(List<Expression> parts, Dictionary<string, ModelEntity> bound)
    {
        var results = parts.GroupBy(p => Negates(p) || Divides(p, bound) ? string.Empty : string.Join(',', Open(p, bound))).Select(group =>
            group.Key.Length == 0 ? All(group, bound) : Exists(Open(group.First(), bound), bound, inner => All(group, inner))).ToList();
        return results.Contains(false) ? false : results.Contains(null) ? null : true;
    }

    private bool? All(IEnumerable<Expression> parts, Dictionary<string, ModelEntity> bound)
    {
        var results = parts.Select(p => Condition(p, bound)).ToList();
        return results.Contains(false) ? false : results.Contains(null) ? null : true;
    }

    private static bool Negates(Expression e) => e is Expression.Unary { Operator: Operator.Not }
        || (e is Expression.Binary { Operator: Operator.And or Operator.Or } binary && (Negates(binary.Left) || Negates(binary.Right)));

    private static bool Divides(Expression e, Dictionary<string, ModelEntity> bound) =>
        e is Expression.Binary { Operator: Operator.And or Operator.Or } && Open(e, bound).Count(p => p.EndsWith("Observations/", StringComparison.Ordinal)) > 1;

    private static IEnumerable<Expression> Flat(Expression e) =>
        e is Expression.Binary { Operator: Operator.And } and ? [.. Flat(and.Left), .. Flat(and.Right)] : [e];

    private static bool? Exists(List<string> paths, Dictionary<string, ModelEntity> bound, Func<Dictionary<string, ModelEntity>, bool?> condition)
    {
        if (paths.Count == 0)
        {
            return condition(bound);
        }

        var near = bound.Keys.Where(k => paths[0].StartsWith(k, StringComparison.Ordinal)).MaxBy(k => k.Length)!;
        IEnumerable<ModelEntity> reached = [bound[near]];
        foreach (var step in paths[0][near.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            reached = reached.SelectMany(e => e[step]);
        }

        return reached.Any(e => Exists(paths[1..], new(bound) { [paths[0]] = e }, condition) == true);
    }

    private static List<string> Open(Expression expression, Dictionary<string, ModelEntity> bound) =>
    [
        .. Properties(expression)
            .Select(p => string.Concat(p.Steps.Take(p.Steps.ToList().FindLastIndex(s => s.Many) + 1).Select(s => s.Name + "/")))
            .SelectMany(p => Enumerable.Range(1, p.Length).Select(n => p[..n]).Where(w => w.EndsWith(Readings, StringComparison.Ordinal)).Append(p))
            .Where(p => p.Length > 0 && !bound.ContainsKey(p)).Distinct()
            .OrderBy(p => p.Count(c => c == '/')).ThenBy(p => p, StringComparer.Ordinal),
    ];

    private static IEnumerable<Expression.Property> Properties(Expression e) => e switch
    {
        Expression.Property p => [p],
        Expression.Unary u => Properties(u.Operand),
        Expression.Binary b => [.. Properties(b.Left), .. Properties(b.Right)],
        Expression.Call c => c.Arguments.SelectMany(Properties),
        _ => [],
    };

    private bool? Atom(Expression expression, Dictionary<string, ModelEntity> bound) => Value(expression, bound) as bool?;

    private object? Value(Expression expression, Dictionary<string, ModelEntity> bound)
    {
        switch (expression)
        {
            case Expression.Literal literal:
                return Literal(literal.Value);
            case Expression.Property property:
                return Property(property, bound);
            case Expression.Unary { Operator: Operator.Negate } negate:
                return Value(negate.Operand, bound) switch { double d => -d, Length l => new Length(-l.Ms), _ => null };
            case Expression.Binary { Operator: Operator.And or Operator.Or } or Expression.Unary:
                return Condition(expression, bound);
            case Expression.Binary binary:
                return Operation(binary.Operator, Inner(binary.Left, bound), Inner(binary.Right, bound));
            default:
                var call = (Expression.Call)expression;
                return NaiveFunctions.Of(call.Function, [.. call.Arguments.Select(a => Inner(a, bound))], nowMs);
        }
    }

    private object? Inner(Expression e, Dictionary<string, ModelEntity> bound) => Value(e, bound);

    private static object? Literal(EntityValue value) => value.Kind switch
    {
        ValueKind.Null => null,
        ValueKind.Boolean => value.Start == 1,
        ValueKind.Whole or ValueKind.Number => value.Real,
        ValueKind.Text => value.Text,
        ValueKind.Duration or ValueKind.TimeOfDay => new Length(value.Start),
        ValueKind.Geometry => value.Text,
        _ => new Moment(value.Start, value.End),
    };

    private static object? Property(Expression.Property property, Dictionary<string, ModelEntity> bound)
    {
        var steps = property.Steps.Select(s => s.Name + "/").ToList();
        var known = Enumerable.Range(0, steps.Count + 1).Reverse().First(n => bound.ContainsKey(string.Concat(steps.Take(n))));
        var entity = bound[string.Concat(steps.Take(known))];
        foreach (var step in steps.Skip(known))
        {
            if (entity[step.TrimEnd('/')] is not [var next])
            {
                return null;
            }

            entity = next;
        }

        var value = entity.Values.GetValueOrDefault(property.Of.Name);
        return value is JsonElement json ? Json(json, property.Inside) : property.Inside.IsEmpty ? value : null;
    }

    private static object? Json(JsonElement json, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            var found = json.ValueKind switch
            {
                JsonValueKind.Object when json.TryGetProperty(name, out var member) && !name.All(char.IsAsciiDigit) => member,
                JsonValueKind.Array when int.TryParse(name, out var i) && i < json.GetArrayLength() => json[i],
                _ => default,
            };
            if (found.ValueKind == JsonValueKind.Undefined)
            {
                return null;
            }

            json = found;
        }

        return json.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => json.GetDouble(),
            JsonValueKind.String => json.GetString(),
            _ => json,
        };
    }

    private static object? Operation(Operator op, object? left, object? right)
    {
        (left, right) = (NaiveFunctions.TimeBeside(left, right), NaiveFunctions.TimeBeside(right, left));
        return op switch
        {
            Operator.Equal => AreEqual(left, right),
            Operator.NotEqual => !AreEqual(left, right),
            Operator.Less or Operator.LessOrEqual or Operator.Greater or Operator.GreaterOrEqual => Ordered(op, left, right),
            _ => NaiveFunctions.Compute(op, left, right),
        };
    }

    private static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (JsonElement, _) or (_, JsonElement) => false,
        _ => Equals(left, right),
    };

    private static bool Ordered(Operator op, object? left, object? right)
    {
        if (left is Moment a && right is Moment b)
        {
            return op switch
            {
                Operator.Less => NaiveFunctions.Before(a, b),
                Operator.Greater => NaiveFunctions.Before(b, a),
                Operator.LessOrEqual => a.EndMs <= b.EndMs,
                _ => a.StartMs >= b.StartMs,
            };
        }

        int? order = (left, right) switch
        {
            (double x, double y) => x.CompareTo(y),
            (string x, string y) => CompareTexts(x, y),
            (Length x, Length y) => x.Ms.CompareTo(y.Ms),
            _ => null,
        };
        return order is { } known && op switch
        {
            Operator.Less => known < 0,
            Operator.LessOrEqual => known <= 0,
            Operator.Greater => known > 0,
            _ => known >= 0,
        };
    }
}
