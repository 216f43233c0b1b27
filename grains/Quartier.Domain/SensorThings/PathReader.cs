using System.Collections.Immutable;
using System.Globalization;
using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings;

/// <summary>Resource paths (OGC 18-088, 9.2).</summary>
internal sealed class PathReader(QueryScan scan)
{
    private readonly ImmutableArray<PathStep>.Builder _steps = ImmutableArray.CreateBuilder<PathStep>();

    /// <summary>A path such as <c>Things(1)/Datastreams/$count</c>, without the root.</summary>
    public ResourcePath? Read()
    {
        var name = scan.Name();
        if (EntityTypes.OfSet(name) is not { } first)
        {
            return NoSuch($"There is no '{Shortened.Text(name)}' here.{NearestName.Hint(name, EntityTypes.All.Select(t => t.SetName))} There are {string.Join(", ", EntityTypes.All.Select(t => t.SetName))}.");
        }

        if (!Add(first.Kind, null))
        {
            return null;
        }

        while (scan.Take('/'))
        {
            if (scan.Next == '$')
            {
                return End(null, []);
            }

            var last = _steps[^1];
            var (type, start) = (EntityTypes.Of(last.Kind), scan.Position);
            name = scan.Name();
            if (last.IsSet)
            {
                return NoSuch($"Expected a key such as ({last.Kind}) before '/{Shortened.Text(name)}': '{type.SetName}' is a set.");
            }

            if (PropertyReader.Find(type, name) is { } property)
            {
                return Property(property);
            }

            if (type.Navigation(name) is not { } via)
            {
                PropertyReader.Unknown(scan, type, name, start, QueryProblemKind.NotFound);
                return null;
            }

            if (!Add(via.Target, via))
            {
                return null;
            }
        }

        return scan.AtEnd ? Make(null, [], PathEnd.Entities) : scan.Expected<ResourcePath>("'/' or the end");
    }

    private bool Add(EntityKind kind, Navigation? via)
    {
        if (_steps.Count >= scan.Budget.Limits.PathSteps)
        {
            return scan.Exceeded<object>("path steps", $"More than {scan.Budget.Limits.PathSteps} steps in the path.") is not null;
        }

        long? key = null;
        if (scan.Take('('))
        {
            if (via is { Many: false })
            {
                return scan.Fail<object>(scan.Position - 1, $"{via.Name} leads to one entity and takes no key.") is not null;
            }

            if (Key() is not { } found)
            {
                return false;
            }

            key = found;
        }

        _steps.Add(new PathStep(kind, via, key));
        return true;
    }

    // Ids are numbers; the quoted form is accepted for clients that quote all of them.
    private long? Key()
    {
        var start = scan.Position;
        var text = scan.Next == '\'' ? LiteralReader.Quoted(scan) : scan.Name();
        if (text is not null && scan.Take(')') && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id))
        {
            return id;
        }

        _ = scan.Fail<object>(start, "Expected an id: a number in parentheses, such as (1).");
        return null;
    }

    private ResourcePath? Property(EntityProperty property)
    {
        if (new PropertyReader(scan, EntityTypes.Of(_steps[^1].Kind)).Inside(property) is not { } names)
        {
            return null;
        }

        if (scan.AtEnd)
        {
            return Make(property, names, PathEnd.Property);
        }

        if (!scan.Take('/'))
        {
            return scan.Expected<ResourcePath>("'/$value' or the end");
        }

        return scan.Next == '$' ? End(property, names) : NoSuch($"There is nothing within '{property.Name}' that has an address of its own. '/$value' asks for the bare value.");
    }

    private ResourcePath? End(EntityProperty? property, List<string> names)
    {
        var start = scan.Position++;
        var word = scan.Name();
        var isSet = property is null && _steps[^1].IsSet;
        PathEnd? end = (word, property is not null, isSet) switch
        {
            ("value", true, _) => PathEnd.Value,
            ("ref", false, _) => PathEnd.References,
            ("count", _, true) => PathEnd.Count,
            _ => null,
        };
        return end is { } known && scan.AtEnd
            ? Make(property, names, known)
            : scan.Fail<ResourcePath>(start, $"'${Shortened.Text(word)}' cannot stand here: $value follows a property, $ref entities, $count a set, each at the end.");
    }

    private ResourcePath? NoSuch(string text)
    {
        _ = scan.Fail<object>(0, text, QueryProblemKind.NotFound);
        return null;
    }

    private ResourcePath Make(EntityProperty? property, List<string> names, PathEnd end) => new(_steps.ToImmutable(), property, [.. names], end);
}
