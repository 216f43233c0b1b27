using System.Runtime.InteropServices;

namespace Quartier.Contracts.Sensors;

/// <summary>What is to hold of one reading from now on.</summary>
/// <param name="Datastream">Index into <see cref="Registry.SensorDefinition.Datastreams"/>.</param>
/// <param name="Value">Its value; null when it is withdrawn.</param>
[GenerateSerializer, Immutable, Alias("quartier.ComponentCorrection")]
[StructLayout(LayoutKind.Auto)]
public readonly record struct ComponentCorrection([property: Id(0)] int Datastream, [property: Id(1)] double? Value);
