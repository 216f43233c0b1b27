using System.Globalization;
using System.Text;
using Quartier.Mqtt.Messages;
using Quartier.Mqtt.Packets;
using Quartier.Mqtt.Topics;

namespace Quartier.Mqtt;

/// <summary>What the server says about itself below <c>$SYS</c>, for who administers it: the names that mosquitto has made common.</summary>
internal sealed class SystemTopics(MqttEndpoint endpoint)
{
    private long _publishedMs = long.MinValue / 2;

    private (string Topic, Func<long> Value)[] Figures =>
    [
        ("$SYS/broker/uptime", () => endpoint.NowMs / 1000),
        ("$SYS/broker/clients/connected", () => endpoint.Counters.Connections),
        ("$SYS/broker/clients/persistent", () => endpoint.Sessions.LastingCount),
        ("$SYS/broker/subscriptions/count", () => endpoint.SubscriptionCount),
        ("$SYS/broker/retained messages/count", () => endpoint.RetainedCount),
        ("$SYS/broker/publish/messages/received", () => endpoint.Counters.PublishesReceived),
        ("$SYS/broker/publish/messages/sent", () => endpoint.Counters.MessagesDelivered),
        ("$SYS/broker/publish/messages/dropped", () => endpoint.Counters.UndeliveredAtClose),
        ("$SYS/broker/publish/bytes/received", () => endpoint.Counters.PublishedBytesReceived),
        ("$SYS/broker/publish/bytes/sent", () => endpoint.Counters.BytesDelivered),
        ("$SYS/broker/store/messages/bytes", () => endpoint.Sessions.Kept.Bytes),
    ];

    /// <summary>The figures of this moment whose topics match, for a new subscriber.</summary>
    public IEnumerable<Message> Find(string filter) => TopicFilter.IsSystem(filter)
        ? Figures.Where(figure => TopicFilter.Matches(filter, figure.Topic)).Select(ToMessage)
        : [];

    /// <summary>Publishes all figures, when it is time and anybody subscribes to anything.</summary>
    public void Publish(long nowMs)
    {
        if (nowMs - _publishedMs < endpoint.Options.SystemTopicsPeriod.TotalMilliseconds || endpoint.Subscriptions.Count == 0)
        {
            return;
        }

        _publishedMs = nowMs;
        foreach (var figure in Figures)
        {
            endpoint.Router.RouteOwn(ToMessage(figure));
        }
    }

    private Message ToMessage((string Topic, Func<long> Value) figure)
    {
        var payload = Encoding.UTF8.GetBytes(figure.Value().ToString(CultureInfo.InvariantCulture));
        return new Message(Encoding.UTF8.GetBytes(figure.Topic), payload, [])
        {
            Qos = QualityOfService.AtMostOnce,
            Retain = true,
            ExpiresAtMs = long.MaxValue,
            KeepUntilMs = long.MaxValue,
            IsSystem = true,
        };
    }
}
