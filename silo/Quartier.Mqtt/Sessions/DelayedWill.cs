using Quartier.Mqtt.Connections;

namespace Quartier.Mqtt.Sessions;

/// <summary>A will that waits for its time, for the end of the session, or for the client to come back (section 3.1.3.2.2).</summary>
/// <param name="Client">The client as it was connected, whose right to publish it is.</param>
/// <param name="DueMs">In the endpoint's clock.</param>
internal sealed record DelayedWill(AcceptedClient Client, long DueMs);
