namespace Quartier.Mqtt.Packets;

/// <summary>What the endpoint itself says beside a reason code: what was wrong, and what to do about it.</summary>
internal static class ReasonTexts
{
    /// <summary>For PUBACK, PUBREC and PUBCOMP, in UTF-8; empty where the code says it all.</summary>
    public static ReadOnlySpan<byte> OfPublication(ReasonCode reason) => reason switch
    {
        ReasonCode.NotAuthorized => "This client may not publish to this topic."u8,
        ReasonCode.QuotaExceeded => "The message was taken, but not retained: the server keeps as many retained messages as it may. Remove others with empty ones."u8,
        ReasonCode.PayloadFormatInvalid => "Nothing in the payload is what its topic demands."u8,
        ReasonCode.PacketIdentifierNotFound => "No message with this packet identifier waits for PUBREL."u8,
        _ => default,
    };

    /// <summary>Why a filter was refused, after its name.</summary>
    public static string OfFilter(ReasonCode reason, MqttOptions options) => reason switch
    {
        ReasonCode.NotAuthorized => "this client may not subscribe to it.",
        ReasonCode.QuotaExceeded => FormattableString.Invariant(
            $"a client has at most {options.MaxSubscriptionsPerClient} subscriptions, all together {options.MaxSubscriptions}. Remove others first."),
        ReasonCode.TopicFilterInvalid => FormattableString.Invariant(
            $"a filter has at most {options.MaxTopicBytes} bytes and {options.MaxTopicLevels} levels."),
        ReasonCode.NoSubscriptionExisted => "there was no such subscription.",
        _ => FormattableString.Invariant($"reason code 0x{(byte)reason:X2}."),
    };
}
