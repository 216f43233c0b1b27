using System.Runtime.InteropServices;
using Quartier.Contracts.Readings;

namespace Quartier.Contracts.Sensors;

/// <summary>What became of an <see cref="ObservationCorrection"/>.</summary>
/// <param name="Outcome">Whether it holds.</param>
/// <param name="Ticket">Hand to <see cref="IReadingStore.WhenDurable"/> before telling so; 0 when already durable.</param>
[GenerateSerializer, Immutable, Alias("quartier.CorrectionReceipt")]
[StructLayout(LayoutKind.Auto)]
public readonly record struct CorrectionReceipt([property: Id(0)] CorrectionOutcome Outcome, [property: Id(1)] long Ticket);
