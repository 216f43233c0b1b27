using Quartier.Contracts.Registry;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>One component of a stream; a Datastream has one.</summary>
/// <param name="Index">Its datastream's place in the sensor's definition.</param>
/// <param name="Terms">The datastream on the policy's terms.</param>
/// <param name="Type">Its observation type.</param>
/// <param name="Number">The reading store's number.</param>
internal sealed record StreamComponent(int Index, DatastreamDefinition Terms, string Type, int Number);
