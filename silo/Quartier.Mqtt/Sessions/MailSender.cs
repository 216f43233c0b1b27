using Quartier.Mqtt.Messages;
using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Sessions;

/// <summary>Writes deliveries to a connection.</summary>
internal static class MailSender
{
    /// <summary>Writes a PUBLISH; false when it must not be sent, which is counted.</summary>
    public static bool TrySend(MqttEndpoint endpoint, SubscriberLink link, in Delivery delivery, OutgoingEntry? entry)
    {
        var nowMs = endpoint.NowMs;
        if (delivery.Message.EndsAtMs <= nowMs)
        {
            endpoint.Counters.NotDeliveredExpired(1); // [MQTT-3.3.2-5]
            return false;
        }

        ushort alias = 0;
        var isKnown = false;
        if (link.Aliases is { } aliases)
        {
            alias = aliases.Find(delivery.Message.Topic, out isKnown);
        }

        var form = new PublishForm(
            link.Version,
            delivery.Qos == QualityOfService.AtMostOnce ? (ushort)0 : entry!.PacketId,
            entry is { MayHaveBeenSent: true } && delivery.Qos != QualityOfService.AtMostOnce,
            alias,
            isKnown);
        var bytes = PublishWriter.Measure(delivery, form);
        if ((uint)bytes > link.MaxPacketBytes)
        {
            endpoint.Counters.NotDeliveredTooLarge(); // [MQTT-3.1.2-24], [MQTT-3.1.2-25]
            return false;
        }

        var output = link.Output;
        lock (output.Gate)
        {
            if (!output.IsClosed)
            {
                PublishWriter.Write(output.GetSpan_NeedsLock(bytes), delivery, form, nowMs);
                output.Advance_NeedsLock(bytes);
            }
        }

        if (alias != 0 && !isKnown)
        {
            link.Aliases!.Set(delivery.Message.Topic, alias);
        }

        endpoint.Counters.Delivered(bytes);
        return true;
    }

    /// <summary>Writes a PUBREL.</summary>
    public static void Release(SubscriberLink link, ushort packetId, ReasonCode reason)
    {
        var output = link.Output;
        lock (output.Gate)
        {
            if (!output.IsClosed)
            {
                var target = output.GetSpan_NeedsLock(AcknowledgementWriter.MaxBytes);
                output.Advance_NeedsLock(AcknowledgementWriter.Write(target, PacketType.PubRel, packetId, reason, link.Version));
            }
        }
    }
}
