using System.Collections.Immutable;

namespace Quartier.Contracts.SensorThings;

/// <summary>A page for each parent, in the order of <see cref="RelatedQuery.Parents"/>.</summary>
public sealed record RelatedPages(ImmutableArray<EntityPage> Pages);
