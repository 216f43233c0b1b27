using System.Collections.Immutable;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Registry;

namespace Quartier.Silo.Ingest;

/// <summary>What a subscriber may read of one sensor for one purpose.</summary>
/// <param name="Snapshot">The registry by which it was decided.</param>
/// <param name="Sequence">The policies by which it was decided.</param>
/// <param name="Decisions">One for each of the sensor's datastreams.</param>
/// <param name="UntilMs">When the first permission ends, in milliseconds since 1970-01-01T00:00:00Z.</param>
internal sealed record SensorPermission(RegistrySnapshot Snapshot, long Sequence, ImmutableArray<ReadDecision> Decisions, long UntilMs);
