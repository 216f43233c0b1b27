using Quartier.Api.Metrics;
using Quartier.Mqtt;
using Quartier.Silo.Startup;

namespace Quartier.Silo;

/// <summary>Figures of the parts that only the composition root knows.</summary>
internal static class SiloMetrics
{
    /// <summary>Writes them.</summary>
    public static void Write(IServiceProvider services, MetricWriter writer)
    {
        var endpoint = services.GetRequiredService<MqttEndpoint>();
        WriteMqtt(endpoint.Counters, writer);
        writer.Metric(MetricKind.Gauge, "quartier_mqtt_banned_addresses", "Addresses that are banned because of wrong credentials.")
            .Sample(endpoint.BannedAddresses.Count);
        writer.Metric(MetricKind.Gauge, "quartier_mqtt_sessions", "Sessions that outlive their connections.").Sample(endpoint.LastingSessionCount);
        writer.Metric(MetricKind.Gauge, "quartier_mqtt_queued_bytes", "Bytes of the messages that those sessions hold.").Sample(endpoint.QueuedBytes);
        writer.Metric(MetricKind.Gauge, "quartier_mqtt_passing_bytes", "Bytes of the messages that wait for connected subscribers whose sessions end with their connections.")
            .Sample(endpoint.PassingBytes);
        writer.Metric(MetricKind.Gauge, "quartier_mqtt_will_bytes", "Bytes of the wills of clients that are connected or gone.").Sample(endpoint.WillBytes);
        writer.Metric(MetricKind.Gauge, "quartier_mqtt_retained", "Retained messages.").Sample(endpoint.RetainedCount);
        var awakening = services.GetRequiredService<Awakening>();
        writer.Metric(MetricKind.Gauge, "quartier_awake", "1 once every registered grain is awake after the start.").Sample(awakening.Done ? 1 : 0);
        writer.Metric(MetricKind.Gauge, "quartier_awakening_seconds", "How long waking took, in seconds.").Sample(awakening.Took.TotalSeconds);
        writer.Metric(MetricKind.Gauge, "quartier_grains_awakened", "Sensors woken after the start.").Sample(awakening.Sensors);
    }

    private static void WriteMqtt(MqttCounters counters, MetricWriter writer)
    {
        writer.Metric(MetricKind.Gauge, "quartier_mqtt_connections", "Connected clients.").Sample(counters.Connections);
        writer.Metric(MetricKind.Counter, "quartier_mqtt_connections_total", "Connections accepted by the transport.").Sample(counters.ConnectionsTotal);
        writer.Metric(MetricKind.Counter, "quartier_mqtt_publishes_total", "Messages handed to the ingest.").Sample(counters.PublishesReceived);
        writer.Metric(MetricKind.Counter, "quartier_mqtt_acknowledgements_total", "PUBACK and PUBREC sent.").Sample(counters.AcknowledgementsSent);
        writer.Metric(MetricKind.Counter, "quartier_mqtt_delivered_total", "Messages sent to subscribers.").Sample(counters.MessagesDelivered);
        writer.Metric(MetricKind.Counter, "quartier_mqtt_withheld_total", "Messages that a subscriber is not permitted to have.").Sample(counters.Withheld);
        writer.Metric(MetricKind.Counter, "quartier_mqtt_slow_consumers_total", "Subscribers disconnected because their queue was full.").Sample(counters.SlowConsumers);
        writer.Metric(MetricKind.Counter, "quartier_mqtt_budget_waits_total", "Times that a socket was not read because a budget was used up.").Sample(counters.BudgetWaits);
        writer.Metric(MetricKind.Counter, "quartier_mqtt_rate_waits_total", "Times that a socket was not read because its gateway sent too much.").Sample(counters.RateWaits);
        writer.Metric(MetricKind.Counter, "quartier_mqtt_connections_over_limit_total", "Connections closed at once because of a limit.").Sample(counters.ConnectionsOverLimit);
        writer.Metric(MetricKind.Counter, "quartier_mqtt_refused_connects_total", "Refused CONNECTs by reason.");
        foreach (var (reason, count) in counters.RefusedConnects)
        {
            writer.Sample(count, ("reason", reason.ToString()));
        }

        writer.Metric(MetricKind.Counter, "quartier_mqtt_closed_total", "Connections closed by the server by reason.");
        foreach (var (reason, count) in counters.ClosedByServer)
        {
            writer.Sample(count, ("reason", reason.ToString()));
        }
    }
}
