using System.Collections.Immutable;
using System.Globalization;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.Time;

namespace Quartier.Domain.SensorThings;

/// <summary>Query options as the text of a URL: what <see cref="QueryUrl"/> reads back to the same trees. For addresses of pages that nobody typed.</summary>
public static class QueryText
{
    /// <summary>Options as <c>name=value</c> joined by <c>&amp;</c>, percent-encoded; a position between pages is left out.</summary>
    public static string Write(QueryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return string.Join('&', Options(options).Select(o => $"{o.Name}={Uri.EscapeDataString(o.Value)}"));
    }

    /// <summary>An expression, with parentheses wherever they could matter; not encoded.</summary>
    public static string Write(Expression expression) => expression switch
    {
        Expression.Literal literal => Literal(literal.Value),
        Expression.Property property => string.Join('/', [.. property.Steps.Select(s => s.Name), property.Of.Name, .. property.Inside]),
        Expression.Unary { Operator: Operator.Not } not => $"not ({Write(not.Operand)})",
        Expression.Unary unary => $"-({Write(unary.Operand)})",
        Expression.Binary binary => $"({Write(binary.Left)} {Word(binary.Operator)} {Write(binary.Right)})",
        Expression.Call call => $"{FunctionTable.Of(call.Function).Name}({string.Join(',', call.Arguments.Select(Write))})",
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression, "No such expression."),
    };

    private static IEnumerable<(string Name, string Value)> Options(QueryOptions options)
    {
        if (options.Filter is { } filter)
        {
            yield return ("$filter", Write(filter));
        }

        if (!options.OrderBy.IsEmpty)
        {
            yield return ("$orderby", string.Join(',', options.OrderBy.Select(o => o.Descending ? $"{Write(o.By)} desc" : Write(o.By))));
        }

        if (!options.Select.IsEmpty)
        {
            yield return ("$select", string.Join(',', options.Select.Select(Selected)));
        }

        if (!options.Expand.IsEmpty)
        {
            yield return ("$expand", string.Join(',', options.Expand.Select(Expanded)));
        }

        foreach (var option in Numbers(options))
        {
            yield return option;
        }
    }

    private static IEnumerable<(string Name, string Value)> Numbers(QueryOptions options)
    {
        if (options.Top is { } top)
        {
            yield return ("$top", top.ToString(CultureInfo.InvariantCulture));
        }

        if (options.Skip > 0)
        {
            yield return ("$skip", options.Skip.ToString(CultureInfo.InvariantCulture));
        }

        if (options.Count)
        {
            yield return ("$count", "true");
        }

        if (options.Format != ResultFormat.Default)
        {
            yield return ("$resultFormat", options.Format.ToString());
        }
    }

    private static string Selected(SelectedPath path) =>
        path.Relation is { } relation ? relation.Name : string.Join('/', path.Inside.Insert(0, path.Property!.Name));

    private static string Expanded(ExpandedRelation expanded)
    {
        var inner = Options(expanded.Options).Select(o => $"{o.Name}={o.Value}").ToImmutableArray();
        return inner.IsEmpty ? expanded.Relation.Name : $"{expanded.Relation.Name}({string.Join(';', inner)})";
    }

    private static string Literal(EntityValue value) => value.Kind switch
    {
        ValueKind.Null => "null",
        ValueKind.Boolean => value.Start != 0 ? "true" : "false",
        ValueKind.Whole => value.Start.ToString(CultureInfo.InvariantCulture),
        ValueKind.Number => value.Real.ToString("R", CultureInfo.InvariantCulture),
        ValueKind.Instant => IsoTime.Format(value.Start),
        ValueKind.Interval => $"{IsoTime.Format(value.Start)}/{IsoTime.Format(value.End)}",
        ValueKind.Duration => $"duration'{Duration(value.Start)}'",
        ValueKind.Date => $"date'{IsoTime.Format(value.Start)[..10]}'",
        ValueKind.TimeOfDay => $"time'{TimeSpan.FromMilliseconds(value.Start):hh\\:mm\\:ss\\.fff}'",
        ValueKind.Geometry => $"geography'{Quoted(value.Text!)}'",
        _ => $"'{Quoted(value.Text ?? string.Empty)}'",
    };

    private static string Duration(long ms) => ms < 0 ? "-" + IsoDuration.Format(-ms) : IsoDuration.Format(ms);

    private static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    private static string Word(Operator code) => code switch
    {
        Operator.Equal => "eq",
        Operator.NotEqual => "ne",
        Operator.Greater => "gt",
        Operator.GreaterOrEqual => "ge",
        Operator.Less => "lt",
        Operator.LessOrEqual => "le",
        Operator.And => "and",
        Operator.Or => "or",
        Operator.Add => "add",
        Operator.Subtract => "sub",
        Operator.Multiply => "mul",
        Operator.Divide => "div",
        Operator.Modulo => "mod",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "No operator between two operands."),
    };
}
