namespace Quartier.Benchmarks.SensorThings;

/// <summary>What one way of inserting comes to.</summary>
/// <param name="PerSecond">Observations a second.</param>
/// <param name="CpuMicroseconds">The silo's processor time of one Observation, its clients' not counted: on a busy machine it says more than the rate.</param>
internal sealed record InsertFigures(double PerSecond, double CpuMicroseconds);
