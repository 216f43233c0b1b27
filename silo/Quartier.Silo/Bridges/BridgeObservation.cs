using Quartier.Api;
using Quartier.Api.Health;
using Quartier.Api.Metrics;
using Quartier.Contracts.Bridges;
using Quartier.Contracts.Registry;

namespace Quartier.Silo.Bridges;

/// <summary>Adds the bridges, and shows how they are doing.</summary>
internal static class BridgeObservation
{
    public static void Add(IServiceCollection services, string dataDirectory)
    {
        services.AddSingleton(new BridgeFiles(dataDirectory)).AddSingleton<BridgeRunner>();
        services.AddSingleton<IBridges>(provider => provider.GetRequiredService<BridgeRunner>());
        services.AddHostedService(provider => provider.GetRequiredService<BridgeRunner>());
        services.AddQuartierHealthCheck("bridges", (provider, _) =>
        {
            // Names only: anybody may read this. Why, is in the bridges' own status.
            var all = All(provider).ToList();
            var broken = all.Where(b => !b.Status.Connected).Select(b => $"{b.City}/{b.Status.Bridge}").ToList();
            return new(broken.Count == 0
                ? HealthFinding.Ok($"{all.Count} bridges, all connected.")
                : new(HealthStatus.Degraded, $"Not connected: {string.Join(", ", broken)}. 'quartier bridge status' says why."));
        });
        services.AddQuartierMetrics(Write);
    }

    private static IEnumerable<(string City, BridgeStatus Status)> All(IServiceProvider services)
    {
        var bridges = services.GetRequiredService<IBridges>();
        return services.GetRequiredService<IRegistry>().Cities.SelectMany(city => bridges.Of(city).Select(status => (city, status)));
    }

    private static void Write(IServiceProvider services, MetricWriter writer)
    {
        var all = All(services).ToList();
        Family(MetricKind.Gauge, "quartier_bridge_connected", "1 while the broker has granted the subscriptions.", s => s.Connected ? 1 : 0);
        Family(MetricKind.Gauge, "quartier_bridge_since_seconds", "Since when that is so, in seconds since 1970.", s => s.SinceMs / 1000.0);
        Family(MetricKind.Counter, "quartier_bridge_messages_total", "Messages taken.", s => s.Messages);
        Family(MetricKind.Counter, "quartier_bridge_refused_total", "Messages of which nothing could be taken.", s => s.Refused);
        Family(MetricKind.Counter, "quartier_bridge_repeated_total", "Messages that the broker may have sent before.", s => s.Repeated);
        Family(MetricKind.Counter, "quartier_bridge_retained_total", "Messages passed over because the broker had kept them.", s => s.Retained);
        Family(MetricKind.Counter, "quartier_bridge_lost_sessions_total", "Times that the broker no longer knew the session.", s => s.LostSessions);

        void Family(MetricKind kind, string name, string help, Func<BridgeStatus, double> value)
        {
            writer.Metric(kind, name, help);
            foreach (var (city, status) in all)
            {
                writer.Sample(value(status), ("city", city), ("bridge", status.Bridge));
            }
        }
    }
}
