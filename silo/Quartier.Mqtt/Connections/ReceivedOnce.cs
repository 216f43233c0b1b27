using Quartier.Mqtt.Packets;
using Quartier.Mqtt.Sessions;

namespace Quartier.Mqtt.Connections;

/// <summary>Which QoS 2 messages of a client have been handed over and not been released (section 4.3.3), with their records.</summary>
internal sealed class ReceivedOnce(MqttEndpoint endpoint, ConnectionOutput output, ClientSession client)
{
    /// <summary>Notes a message; false when it is there already.</summary>
    public bool Remember(ushort packetId, InboundBatch batch)
    {
        lock (output.Gate)
        {
            if (!client.Receiving.Add(packetId))
            {
                return false;
            }
        }

        if (client.IsStored)
        {
            batch.Pending.Add(endpoint.Records!.KeepReceiving(client, packetId));
        }

        return true;
    }

    /// <summary>The message was refused.</summary>
    public void Forget_NeedsLock(ushort packetId)
    {
        client.Receiving.Remove(packetId);
        if (client.IsStored)
        {
            endpoint.Later!.Now([StoredChange.Remove(SessionRecords.ReceivingKey(client, packetId))]);
        }
    }

    /// <summary>The client will send all of the batch again: they must not be taken for repetitions.</summary>
    public void Forget_NeedsLock(InboundBatch batch)
    {
        foreach (var acknowledgement in batch.Acknowledgements)
        {
            if (acknowledgement is { Type: PacketType.PubRec, Index: >= 0 })
            {
                Forget_NeedsLock(acknowledgement.PacketId);
            }
        }
    }

    /// <summary>The record of a released message goes; completes when it has.</summary>
    public Task ForgetDurablyAsync(ushort packetId) =>
        endpoint.Store!.WriteAsync([StoredChange.Remove(SessionRecords.ReceivingKey(client, packetId))]);
}
