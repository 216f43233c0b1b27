using Quartier.Contracts.Policies;
using Quartier.Contracts.Readings;

namespace Quartier.Contracts.Retention;

/// <summary>How long what is stored of one datastream is kept.</summary>
/// <param name="Key">The datastream.</param>
/// <param name="Retention">Days for each resolution.</param>
/// <param name="TimeZone">IANA name of the zone whose days daily roll-ups follow.</param>
public sealed record DatastreamTerms(DatastreamKey Key, RetentionDefinition Retention, string TimeZone);
