using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Subscriptions;

/// <summary>Something of which subscribers may have to be told: a reading, or changes of entities.</summary>
/// <param name="Number">The reading store's number of the datastream; 0 for changes.</param>
/// <param name="TimeMs">Of the reading, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Changes">What became of entities; default for a reading.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Happening(int Number, long TimeMs, ImmutableArray<EntityConsequence> Changes);
