using System.Collections.Immutable;

namespace Quartier.Contracts.SensorThings;

/// <summary>A page for each parent, in the order of <see cref="RelatedObservations.Parents"/>.</summary>
public sealed record ObservationPages(ImmutableArray<ObservationPage> Pages);
