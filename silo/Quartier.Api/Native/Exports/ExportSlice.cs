using Quartier.Api.Native.Readings;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Exports;

/// <summary>One datastream's part of an export.</summary>
/// <param name="Sensor">The sensor.</param>
/// <param name="Opened">The datastream and what the answer must keep to.</param>
/// <param name="Range">From when to when.</param>
internal sealed record ExportSlice(SensorDefinition Sensor, OpenDatastream Opened, TimeRange Range);
