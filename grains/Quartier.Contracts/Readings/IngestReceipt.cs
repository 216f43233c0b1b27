using System.Collections.Immutable;

namespace Quartier.Contracts.Readings;

/// <summary>What became of a <see cref="SampleBatch"/>: Stored + Duplicate + sum of Refused equals the batch's length.</summary>
/// <param name="Ticket">Hand to <see cref="IReadingStore.WhenDurable"/> before acknowledging; 0 when already durable.</param>
/// <param name="Stored">Samples that became readings.</param>
/// <param name="Duplicate">Samples whose datastream and phenomenon time were already stored.</param>
/// <param name="Refused">Samples refused, by reason; empty when none.</param>
[GenerateSerializer, Immutable, Alias("quartier.IngestReceipt")]
public sealed record IngestReceipt(
    [property: Id(0)] long Ticket,
    [property: Id(1)] int Stored,
    [property: Id(2)] int Duplicate,
    [property: Id(3)] ImmutableArray<RefusedCount> Refused);
