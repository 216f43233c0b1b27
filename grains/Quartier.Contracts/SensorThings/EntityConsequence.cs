using System.Collections.Immutable;

namespace Quartier.Contracts.SensorThings;

/// <summary>What a change did to one entity.</summary>
/// <param name="What">What happened.</param>
/// <param name="Kind">To which kind of entity.</param>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version afterwards; 0 when it is gone.</param>
/// <param name="Owner">To whom it belongs, or belonged.</param>
/// <param name="Changed">Names of properties and relations that have changed; empty for new and gone ones.</param>
/// <param name="Numbers">
/// Of a Datastream or MultiDatastream that is gone, and of <see cref="ConsequenceKind.FeatureGone"/>: the reading store's numbers whose readings
/// the caller deletes.
/// </param>
/// <param name="FromMs">From which time these readings are deleted, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="ToMs">Until before which time.</param>
public sealed record EntityConsequence(
    ConsequenceKind What,
    EntityKind Kind,
    long Id,
    long Version,
    EntityOwner Owner,
    ImmutableArray<string> Changed,
    ImmutableArray<int> Numbers,
    long FromMs,
    long ToMs);
