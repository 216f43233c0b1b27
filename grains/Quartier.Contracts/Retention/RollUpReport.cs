using System.Collections.Immutable;

namespace Quartier.Contracts.Retention;

/// <summary>What was rolled up, or found when roll-ups were compared with the readings they sum.</summary>
/// <param name="Datastreams">Datastreams with readings that expire and roll-ups that are kept.</param>
/// <param name="Readings">Their readings that expire.</param>
/// <param name="Hours">Hourly rows.</param>
/// <param name="Days">Daily rows, one for each UTC day that a local day touches.</param>
/// <param name="Problems">A sentence for each datastream whose roll-ups do not hold what its readings do; at most 100.</param>
public sealed record RollUpReport(long Datastreams, long Readings, long Hours, long Days, ImmutableArray<string> Problems);
