using System.Collections.Immutable;
using Quartier.Contracts.Readings;

namespace Quartier.Contracts.SensorThings;

/// <summary>One Observation.</summary>
/// <param name="Id">See <see cref="ObservationId"/>.</param>
/// <param name="Source">Place of its Datastream in <see cref="ObservationPage.Sources"/>.</param>
/// <param name="StartMs">Phenomenon time, or its start, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="EndMs">Its end when it is a span: of a window, or as it was sent; otherwise as <paramref name="StartMs"/>.</param>
/// <param name="Value">The result, of a MultiDatastream the first component.</param>
/// <param name="Quality">What is held against it; of a window nothing.</param>
/// <param name="Others">The other components of a MultiDatastream, in order, null where there is none; otherwise empty.</param>
public sealed record ObservationRow(
    long Id, int Source, long StartMs, long EndMs, double Value, Quality Quality, ImmutableArray<double?> Others)
{
    /// <summary>What it holds beside these, as far as it may be seen; null for nothing, and of a window.</summary>
    public Annotation? Annotation { get; init; }
}
