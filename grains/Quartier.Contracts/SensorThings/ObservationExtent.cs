using System.Runtime.InteropServices;

namespace Quartier.Contracts.SensorThings;

/// <summary>Over which times the Observations of a Datastream stretch that may be seen.</summary>
/// <param name="Phenomenon">From the start of the first phenomenon time to the end of the last; null when there is none.</param>
/// <param name="Result">From the first result time to the last; null when there is none.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ObservationExtent(EntityValue Phenomenon, EntityValue Result);
