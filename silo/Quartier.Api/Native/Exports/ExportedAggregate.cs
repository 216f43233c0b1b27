using Quartier.Api.Native.Readings;

namespace Quartier.Api.Native.Exports;

/// <summary>An aggregate in an export.</summary>
internal sealed record ExportedAggregate(string Stream, string Unit, AggregateItem Aggregate);
