using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>An Observation that its caller may change, as it holds at present.</summary>
/// <param name="Target">Where it came from.</param>
/// <param name="Row">What it holds.</param>
/// <param name="Sight">By what it is seen: whole.</param>
/// <param name="IsTruth">Whether its result is true or false.</param>
internal sealed record SeenObservation(StreamTarget Target, ObservationRow Row, ObservationSight Sight, bool IsTruth);
