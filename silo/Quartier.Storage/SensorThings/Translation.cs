using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>
/// Expressions as SQL: conditions are 1, 0 or NULL, as OData 4.0 has them (part 2, 5.1.1.1): eq and ne know null, other comparisons with null
/// are false. A path through a to-many relation asks whether there is such an entity; conditions joined by "and" mean the same one.
/// </summary>
internal sealed partial class Translation
{
    private readonly SqlText _sql;
    private readonly EntitySight _sight;
    private readonly long _nowMs;
    private readonly EntityTable _root;
    private readonly QuestionScope _scope;
    private readonly Dictionary<string, string> _aliases;
    private readonly Dictionary<string, OpenPath> _open = new(StringComparer.Ordinal);
    private bool _isNegated;

    /// <summary>Begins with the entities of an alias; what only readings can answer is asked about the entities of the scope.</summary>
    public Translation(SqlText sql, EntityTable root, string alias, EntitySight sight, long nowMs, QuestionScope scope)
    {
        (_sql, _root, _sight, _nowMs, _scope) = (sql, root, sight, nowMs, scope);
        _aliases = new Dictionary<string, string>(StringComparer.Ordinal) { [string.Empty] = alias };
    }

    /// <summary>What cannot be asked of the database; nothing counts after it.</summary>
    public QueryProblem? Problem { get; private set; }

    /// <summary>Appends a condition.</summary>
    public void Condition(Expression expression)
    {
        switch (expression)
        {
            case Expression.Binary { Operator: Operator.And }:
                Conjunction(Flatten(expression, Operator.And));
                break;
            case Expression.Binary { Operator: Operator.Or }:
                Disjunction(Flatten(expression, Operator.Or));
                break;
            case Expression.Unary { Operator: Operator.Not } not:
                Negated(() =>
                {
                    _sql.Add("(NOT ");
                    Condition(not.Operand);
                    _sql.Add(")");
                });
                break;
            default:
                Opened(expression);
                break;
        }
    }

    private void Opened(Expression expression)
    {
        var missing = Missing(expression);
        if (missing.Count == 0)
        {
            Atom(expression);
            return;
        }

        Within(missing, [expression]);
    }

    // A chain leans to the left: a loop instead of as many levels as it has parts. What leans to the right stands in parentheses, which are few.
    internal static List<Expression> Flatten(Expression expression, Operator op)
    {
        var parts = new List<Expression>();
        while (expression is Expression.Binary binary && binary.Operator == op)
        {
            parts.InsertRange(0, Flatten(binary.Right, op));
            expression = binary.Left;
        }

        parts.Insert(0, expression);
        return parts;
    }

    private void Disjunction(List<Expression> conditions)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            _sql.Add(i == 0 ? "(" : " OR ");
            Condition(conditions[i]);
        }

        _sql.Add(")");
    }

    internal static bool HasNot(Expression expression) => expression switch
    {
        Expression.Unary { Operator: Operator.Not } => true,
        Expression.Binary { Operator: Operator.And or Operator.Or } binary => HasNot(binary.Left) || HasNot(binary.Right),
        _ => false,
    };

    private void Conjunction(List<Expression> conditions)
    {
        _sql.Add("(");
        var isFirst = true;
        foreach (var group in conditions.GroupBy(GroupOf).ToList())
        {
            _sql.Add(isFirst ? string.Empty : " AND ");
            isFirst = false;
            var members = group.ToList();
            Within(group.Key.Length == 0 ? [] : Missing(members[0]), members);
        }

        _sql.Add(")");
    }

    private void All(List<Expression> conditions)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            _sql.Add(i == 0 ? string.Empty : " AND ");
            Condition(conditions[i]);
        }
    }

    private string GroupOf(Expression condition) =>
        HasNot(condition) || Divides(condition) ? string.Empty : string.Join(',', Missing(condition).Select(Key));

    // Observations of several paths are asked for one after the other.
    private bool Divides(Expression condition) =>
        condition is Expression.Binary { Operator: Operator.And or Operator.Or } && Missing(condition).Count(p => p[^1].Target == EntityKind.Observation) > 1;

    // To-many paths of the expression that no surrounding EXISTS has opened, the shortest first, into readings last. What leads on from Observations
    // means those of the same Observation.
    private List<Navigation[]> Missing(Expression expression) =>
    [
        .. Paths.All(expression)
            .Select(p => p.Steps.Take(p.Steps.Select((s, i) => s.Many ? i + 1 : 0).DefaultIfEmpty(0).Max()).ToArray())
            .SelectMany(ByReadings)
            .Where(p => p.Length > 0 && !_aliases.ContainsKey(Key(p)))
            .DistinctBy(Key)
            .OrderBy(LeadsToReadings).ThenBy(p => p.Length).ThenBy(Key, StringComparer.Ordinal),
    ];

    internal static string Key(IEnumerable<Navigation> steps) => string.Concat(steps.Select(s => s.Name + "/"));

    private void Within(List<Navigation[]> paths, List<Expression> conditions)
    {
        if (Problem is not null)
        {
            _sql.Add("0");
            return;
        }

        if (paths.Count == 0)
        {
            All(conditions);
            return;
        }

        var path = paths[0];
        if (LeadsToReadings(path))
        {
            Observed(paths, conditions);
            return;
        }

        var (known, alias) = Nearest(path);
        var wasNegated = _isNegated;
        _isNegated = false;
        var from = Joined(path, known, ref alias);
        _sql.Add($"EXISTS (SELECT 1 FROM {from.Tables} WHERE {from.Conditions} AND (");
        _aliases[Key(path)] = alias;
        _open[Key(path)] = new OpenPath(Key(path.Take(known)), from);
        Within(paths[1..], conditions);
        _aliases.Remove(Key(path));
        _open.Remove(Key(path));
        _sql.Add("))");
        _isNegated = wasNegated;
    }

    private (int Steps, string Alias) Nearest(Navigation[] path)
    {
        for (var length = path.Length; ; length--)
        {
            if (_aliases.TryGetValue(Key(path.Take(length)), out var alias))
            {
                return (length, alias);
            }
        }
    }

    private SqlFrom Joined(Navigation[] path, int known, ref string alias)
    {
        var from = new SqlFrom(_sql);
        for (var i = known; i < path.Length; i++)
        {
            alias = from.Join(path[i], alias);
        }

        if (from.IsBroken)
        {
            NotHere("Observations rest apart from the other entities and cannot be reached by this path. Ask for the Observations and filter them by their Datastream.");
        }

        return from;
    }

    private void Negated(Action emit)
    {
        var was = _isNegated;
        _isNegated = true;
        emit();
        _isNegated = was;
    }

    private void Atom(Expression expression)
    {
        switch (expression)
        {
            case Expression.Literal literal:
                _sql.Bind(literal.Value);
                break;
            case Expression.Property property:
                Boolean(property);
                break;
            case Expression.Binary binary:
                Comparison(binary);
                break;
            case Expression.Call call:
                Predicate(call);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(expression), expression, "It is no condition.");
        }
    }

    private void Comparison(Expression.Binary comparison)
    {
        var (left, right) = (comparison.Left, comparison.Right);
        var (a, b) = (Typing.Of(left), Typing.Of(right));
        if (comparison.Operator is Operator.Equal or Operator.NotEqual)
        {
            Equality(comparison.Operator == Operator.NotEqual, left, right);
        }
        else if (Typing.IsTime(a) || Typing.IsTime(b))
        {
            TimeOrder(comparison.Operator, left, right);
        }
        else if (Typing.IsOpen(a) && Typing.IsOpen(b))
        {
            OpenOrder(comparison.Operator, left, right, a, b);
        }
        else
        {
            var isNear = Near(comparison);
            var kind = Typing.IsOpen(a) ? b : a;
            Falsy(() => Both(left, right, kind, Symbol(comparison.Operator)));
            _sql.Add(isNear ? ")" : string.Empty);
        }
    }

    // Two values of JSON compare when both turn out to be numbers, or both texts.
    private void OpenOrder(Operator op, Expression left, Expression right, ValueKind a, ValueKind b)
    {
        if (a == ValueKind.Null || b == ValueKind.Null)
        {
            _sql.Add("0");
            return;
        }

        _sql.Add("(");
        Falsy(() => Both(left, right, ValueKind.Number, Symbol(op)));
        _sql.Add(" OR ");
        Falsy(() => Both(left, right, ValueKind.Text, Symbol(op)));
        _sql.Add(")");
    }

    private void Equality(bool isNegative, Expression left, Expression right)
    {
        if (!isNegative)
        {
            _sql.Add("(");
            Equality(left, right, Typing.Of(left), Typing.Of(right));
            _sql.Add(")");
            return;
        }

        Negated(() =>
        {
            _sql.Add("(NOT (");
            Equality(left, right, Typing.Of(left), Typing.Of(right));
            _sql.Add("))");
        });
    }

    private void Equality(Expression left, Expression right, ValueKind a, ValueKind b)
    {
        if (a == ValueKind.Null || b == ValueKind.Null)
        {
            IsNull(a == ValueKind.Null ? right : left);
        }
        else if (Typing.IsOpen(a) && Typing.IsOpen(b))
        {
            Same(left, right, ValueKind.Number);
            _sql.Add(" OR ");
            Same(left, right, ValueKind.Text);
            _sql.Add(" OR ");
            Same(left, right, ValueKind.Boolean);
            _sql.Add(" OR (");
            IsNull(left);
            _sql.Add(" AND ");
            IsNull(right);
            _sql.Add(")");
        }
        else
        {
            Same(left, right, Typing.IsOpen(a) ? b : a);
            if (left is not Expression.Literal && right is not Expression.Literal)
            {
                _sql.Add(" OR (");
                IsNull(left);
                _sql.Add(" AND ");
                IsNull(right);
                _sql.Add(")");
            }
        }
    }

    // Equal and not null.
    private void Same(Expression left, Expression right, ValueKind kind) => Falsy(() =>
    {
        if (IsEdge(left) || IsEdge(right))
        {
            Edges(false, (long)Operator.Equal, left, right);
            return;
        }

        Both(left, right, kind, " = ");
        if (Typing.IsTime(kind) && (IsSpan(left) || IsSpan(right)))
        {
            _sql.Add(" AND ");
            Time(left, true);
            _sql.Add(" = ");
            Time(right, true);
        }
    });

    private void Both(Expression left, Expression right, ValueKind kind, string symbol)
    {
        Value(left, kind);
        _sql.Add(symbol);
        Value(right, kind);
    }

    // Below a negation NULL and 0 differ; elsewhere the plain comparison lets indexes be used.
    private void Falsy(Action emit)
    {
        _sql.Add(_isNegated ? "coalesce(" : "(");
        emit();
        _sql.Add(_isNegated ? ", 0)" : ")");
    }

    private static string Symbol(Operator op) => op switch
    {
        Operator.Greater => " > ",
        Operator.GreaterOrEqual => " >= ",
        Operator.Less => " < ",
        Operator.LessOrEqual => " <= ",
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "It does not compare."),
    };

    private void NotHere(string text) => Problem ??= new QueryProblem(QueryProblemKind.NotSupported, text, "$filter", -1, null);
}
