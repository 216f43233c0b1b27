using System.Collections.Immutable;

namespace Quartier.Contracts.SensorThings;

/// <summary>A page of Observations.</summary>
/// <param name="Rows">In order.</param>
/// <param name="Sources">The Datastreams of the rows, and those of which nothing may be seen.</param>
/// <param name="Count">How many there are altogether, when the options ask for it.</param>
/// <param name="Next">Where the next page begins; null when this is the last.</param>
/// <param name="Examined">Readings looked at.</param>
public sealed record ObservationPage(
    ImmutableArray<ObservationRow> Rows, ImmutableArray<ObservationSight> Sources, long? Count, PagePosition? Next, long Examined);
