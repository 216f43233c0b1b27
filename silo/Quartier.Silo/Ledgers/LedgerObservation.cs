using Quartier.Api;
using Quartier.Api.Health;
using Quartier.Api.Metrics;
using Quartier.Contracts.Ledgers;

namespace Quartier.Silo.Ledgers;

/// <summary>What operators see of the ledgers in <c>/health</c> and <c>/metrics</c>.</summary>
internal static class LedgerObservation
{
    /// <summary>Adds the check and the metrics.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddQuartierHealthCheck("ledger", (provider, _) => new(Look(provider.GetRequiredService<ILedgerReader>())));
        services.AddQuartierMetrics((provider, writer) =>
            Write(provider.GetRequiredService<ILedgerReader>(), provider.GetRequiredService<TimeProvider>(), writer));
    }

    /// <summary>Unavailable while a city's ledger takes nothing, because then nothing is read or changed there.</summary>
    internal static HealthFinding Look(ILedgerReader reader)
    {
        var findings = reader.Findings;
        if (findings.IsEmpty)
        {
            return HealthFinding.Ok($"{reader.Figures.Entries} entries; all hold against their checkpoints.");
        }

        var worst = findings.Any(f => f.IsBroken) ? HealthStatus.Unavailable : HealthStatus.Degraded;
        return new(worst, string.Join(' ', findings.Select(f => f.Message)));
    }

    private static void Write(ILedgerReader reader, TimeProvider time, MetricWriter writer)
    {
        var (figures, findings) = (reader.Figures, reader.Findings);
        var ageMs = figures.OldestCheckpointMs is { } ms ? Math.Max(0, time.GetUtcNow().ToUnixTimeMilliseconds() - ms) : 0;
        writer.Metric(MetricKind.Gauge, "quartier_ledger_entries", "Entries in the ledgers of all cities.").Sample(figures.Entries);
        writer.Metric(MetricKind.Gauge, "quartier_ledger_notes_waiting", "Reads and denials noted and not yet written.").Sample(figures.NotesWaiting);
        writer.Metric(
            MetricKind.Gauge,
            "quartier_ledger_checkpoint_age_seconds",
            "Age of the oldest newest checkpoint that does not cover all entries, in seconds; 0 when all are covered.").Sample(ageMs / 1000.0);
        writer.Metric(MetricKind.Gauge, "quartier_ledger_broken", "Ledgers that take nothing at present.").Sample(findings.Count(f => f.IsBroken));
    }
}
