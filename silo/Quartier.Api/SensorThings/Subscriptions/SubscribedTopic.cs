using System.Text;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Quartier.Api.SensorThings.Subscriptions;

/// <summary>A topic of OGC 18-088, 14.2, to which somebody has subscribed: an entity set, an entity, a property, or a set of which some properties are selected.</summary>
/// <param name="Text">The topic as it was subscribed to, which is the one to publish to.</param>
/// <param name="Path">To what it leads.</param>
/// <param name="Options">What is selected.</param>
internal sealed record SubscribedTopic(string Text, ResourcePath Path, QueryOptions Options)
{
    /// <summary>What all these topics begin with.</summary>
    public const string Prefix = "v1.1/";

    /// <summary>The topic in UTF-8.</summary>
    public byte[] Name { get; } = Encoding.UTF8.GetBytes(Text);

    /// <summary>Whether it tells of Observations.</summary>
    public bool IsOfObservations => Path.Last.Kind == EntityKind.Observation;

    /// <summary>Whether its messages tell the quality of a reading.</summary>
    public bool HoldsQuality => Path.Property is { } property
        ? property.Name is Quality
        : Options.Select.IsEmpty || Options.Select.Any(s => s.Property?.Name is Quality);

    private const string Quality = "resultQuality";

    /// <summary>Reads a topic filter; null when it is none of the four kinds. Wildcards are in none of them.</summary>
    public static SubscribedTopic? Read(string filter)
    {
        if (!filter.StartsWith(Prefix, StringComparison.Ordinal) || filter.AsSpan().ContainsAny('+', '#'))
        {
            return null;
        }

        var question = filter.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? filter[Prefix.Length..] : filter[Prefix.Length..question];
        var outcome = QueryUrl.Read(path, question < 0 ? string.Empty : filter[question..], QueryLimits.Default);
        return outcome.Try(out var query, out _) && IsPath(query.Path) && IsSelection(query) ? new(filter, query.Path, query.Options) : null;
    }

    /// <summary>Whether what happened to an entity is told here, as far as its kind, id and changed properties say.</summary>
    public bool Concerns(EntityConsequence happened) =>
        happened.Kind == Path.Last.Kind
        && happened.What is ConsequenceKind.Inserted or ConsequenceKind.Updated
        && (Path.Last.Key is not { } key || key == happened.Id)
        && (happened.What == ConsequenceKind.Inserted || happened.Changed.Any(IsShown));

    private bool IsShown(string name)
    {
        if (Path.Property is { } property)
        {
            return string.Equals(property.Name, name, StringComparison.Ordinal);
        }

        return Options.Select.IsEmpty || Options.Select.Any(s => string.Equals(s.Property?.Name ?? s.Relation?.Name, name, StringComparison.Ordinal));
    }

    /// <summary>What follows from readings alone is not told as a change; a way through Observations would tell that they exist.</summary>
    private static bool IsPath(ResourcePath path) =>
        path.End is PathEnd.Entities or PathEnd.Property
        && path.Property is not { Derived: true }
        && !path.Steps.SkipLast(1).Any(s => s.Kind == EntityKind.Observation);

    private static bool IsSelection(ParsedQuery query) =>
        query.Options is { Filter: null, OrderBy.IsEmpty: true, Expand.IsEmpty: true, Top: null, Skip: 0, Count: false, Format: ResultFormat.Default, After: null }
        && (query.Options.Select.IsEmpty || query.Path.IsSet);
}
