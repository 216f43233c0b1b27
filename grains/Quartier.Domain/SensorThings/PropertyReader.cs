using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings;

/// <summary>Names of properties: of the entity itself, of related ones, and within JSON.</summary>
internal sealed class PropertyReader(QueryScan scan, EntityType type)
{
    /// <summary>A path such as <c>name</c>, <c>Datastreams/Thing/id</c> or <c>properties/a/b</c>.</summary>
    public Expression.Property? Read()
    {
        var steps = ImmutableArray.CreateBuilder<Navigation>();
        var current = type;
        while (true)
        {
            var start = scan.Position;
            var name = scan.Name();
            if (Find(current, name) is { } property)
            {
                return Inside(property) is { } names ? new Expression.Property(steps.ToImmutable(), property, [.. names]) : null;
            }

            if (current.Navigation(name) is not { } step)
            {
                Unknown(scan, current, name, start);
                return null;
            }

            steps.Add(step);
            current = EntityTypes.Of(step.Target);
            if (steps.Count > scan.Budget.Limits.PathSteps)
            {
                return scan.Exceeded<Expression.Property>("path steps", $"More than {scan.Budget.Limits.PathSteps} relations in one path.");
            }

            if (!scan.Take('/'))
            {
                return scan.Expected<Expression.Property>($"'/' and a property of {current.Name}, such as {name}/id");
            }
        }
    }

    /// <summary>The property of the name; <c>@iot.id</c> is the id.</summary>
    public static EntityProperty? Find(EntityType type, string name) => type.Property(string.Equals(name, "@iot.id", StringComparison.Ordinal) ? "id" : name);

    /// <summary>Names within a property of JSON; nothing within others.</summary>
    public List<string>? Inside(EntityProperty property)
    {
        var names = new List<string>();
        while (scan.Next == '/' && property.Type == ValueKind.Json)
        {
            if (scan.Rest.StartsWith("/$", StringComparison.Ordinal))
            {
                return names;
            }

            scan.Position++;
            var name = scan.Name();
            if (name.Length == 0)
            {
                return scan.Expected<List<string>>($"a name within {property.Name}");
            }

            names.Add(name);
            if (names.Count > scan.Budget.Limits.PathSteps)
            {
                return scan.Exceeded<List<string>>("path steps", $"More than {scan.Budget.Limits.PathSteps} names in one path.");
            }
        }

        return names;
    }

    /// <summary>Says what the type has instead.</summary>
    public static void Unknown(QueryScan scan, EntityType type, string name, int start, QueryProblemKind kind = QueryProblemKind.Syntax)
    {
        var known = type.Properties.Select(p => p.Name).Concat(type.Navigations.Select(n => n.Name)).ToList();
        _ = name.Length == 0
            ? scan.Expected<object>($"a property or relation of {type.Name}")
            : scan.Fail<object>(start, $"{type.Name} has no '{Shortened.Text(name)}'.{NearestName.Hint(name, known)} It has {string.Join(", ", known)}.", kind);
    }
}
