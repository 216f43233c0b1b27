namespace Quartier.Simulation.City;

/// <summary>A message that a gateway publishes.</summary>
/// <param name="Gateway">Whose connection it takes.</param>
/// <param name="Tick">When it is published for the first time.</param>
/// <param name="Read">Messages of one tick and gateway with the same number arrive in one read of the socket.</param>
/// <param name="Topic">The topic.</param>
/// <param name="Payload">The payload.</param>
/// <param name="Readings">What must be stored of it.</param>
/// <param name="RefusedAtEndpoint">Samples or messages in it that the endpoint must refuse before any sensor sees them.</param>
/// <param name="RefusedBySensor">Samples in it that the sensor must refuse.</param>
internal sealed record Arrival(
    string Gateway, int Tick, int Read, byte[] Topic, byte[] Payload, SentReading[] Readings, int RefusedAtEndpoint, int RefusedBySensor);
