namespace Quartier.Mqtt.Ingest;

/// <summary>A client that is gone, and that nothing of this process remembers any more: what it left is all there is.</summary>
/// <param name="ClientId">Its client identifier.</param>
/// <param name="Owner">Who it had proved to be (<see cref="IIngestSession.Owner"/>).</param>
/// <param name="Standing">By what it had proved that (<see cref="IIngestSession.Standing"/>).</param>
public sealed record LostClient(string ClientId, string Owner, string Standing);
