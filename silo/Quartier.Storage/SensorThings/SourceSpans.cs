using System.Collections.Immutable;

namespace Quartier.Storage.SensorThings;

/// <summary>Where the Observations of a question are.</summary>
internal sealed record SourceSpans(ImmutableArray<SourceSpan> All);
