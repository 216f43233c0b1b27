using Quartier.Mqtt.Ingest;

namespace Quartier.Mqtt.Sessions;

/// <summary>A will that waits for its time, for the end of the session, or for the client to come back (section 3.1.3.2.2).</summary>
/// <param name="Testament">What is to be said.</param>
/// <param name="Session">The session that it belongs to, whose own subscriptions may leave it out; null when that is gone.</param>
/// <param name="Ingest">The client as it was connected; null when the process has ended since, and its rights are to be asked for again.</param>
/// <param name="DueMs">In the endpoint's clock.</param>
/// <param name="GiveUpMs">When it is too late to say it, in the endpoint's clock.</param>
internal sealed record DelayedWill(Testament Testament, ClientSession? Session, IIngestSession? Ingest, long DueMs, long GiveUpMs);
