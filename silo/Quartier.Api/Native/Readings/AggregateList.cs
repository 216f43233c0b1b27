namespace Quartier.Api.Native.Readings;

/// <summary>Aggregates of one datastream; windows without readings are absent.</summary>
internal sealed record AggregateList(string Unit, IReadOnlyList<AggregateItem> Items);
