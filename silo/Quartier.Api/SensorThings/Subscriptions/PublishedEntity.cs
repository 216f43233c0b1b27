namespace Quartier.Api.SensorThings.Subscriptions;

/// <summary>An entity that a client publishes to have it created.</summary>
/// <param name="Path">Below the root, such as <c>Datastreams(1)/Observations</c>.</param>
/// <param name="Body">JSON, as POST takes it.</param>
public sealed record PublishedEntity(string Path, ReadOnlyMemory<byte> Body);
