namespace Quartier.Mqtt.Sessions;

/// <summary>What an outgoing message waits for.</summary>
internal enum OutgoingState : byte
{
    /// <summary>To be sent.</summary>
    Waiting = 0,
    PubAck = 1,
    PubRec = 2,
    PubComp = 3,

    /// <summary>Nothing any more: it could not be stored, and is not sent.</summary>
    Dropped = 4,
}
