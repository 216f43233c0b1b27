using System.Diagnostics;
using Quartier.Api.Live;
using Quartier.Contracts.Readings;

namespace Quartier.Api.Metrics;

/// <summary>The metrics that the API brings along: process, store and live lines.</summary>
internal static class OwnMetrics
{
    private static readonly string[] Generations = ["0", "1", "2"];

    public static void WriteProcess(MetricWriter writer)
    {
        using var process = Process.GetCurrentProcess();
        var started = new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0;
        writer.Metric(MetricKind.Counter, "process_cpu_seconds_total", "CPU time used, in seconds.")
            .Sample(process.TotalProcessorTime.TotalSeconds);
        writer.Metric(MetricKind.Gauge, "process_resident_memory_bytes", "Resident memory, in bytes.").Sample(process.WorkingSet64);
        writer.Metric(MetricKind.Gauge, "process_start_time_seconds", "Start, in seconds since 1970-01-01T00:00:00Z.").Sample(started);
        writer.Metric(MetricKind.Gauge, "dotnet_gc_heap_bytes", "Managed heap, in bytes.").Sample(GC.GetTotalMemory(forceFullCollection: false));
        writer.Metric(MetricKind.Counter, "dotnet_gc_allocated_bytes_total", "Bytes allocated.").Sample(GC.GetTotalAllocatedBytes());
        writer.Metric(MetricKind.Counter, "dotnet_gc_pause_seconds_total", "Time paused for garbage collection, in seconds.")
            .Sample(GC.GetTotalPauseDuration().TotalSeconds);
        writer.Metric(MetricKind.Counter, "dotnet_gc_collections_total", "Garbage collections by generation.");
        for (var generation = 0; generation < Generations.Length; generation++)
        {
            writer.Sample(GC.CollectionCount(generation), ("generation", Generations[generation]));
        }

        writer.Metric(MetricKind.Gauge, "dotnet_threadpool_threads", "Threads of the pool.").Sample(ThreadPool.ThreadCount);
        writer.Metric(MetricKind.Gauge, "dotnet_threadpool_queue_length", "Work waiting for a thread.").Sample(ThreadPool.PendingWorkItemCount);
    }

    public static void WriteStore(MetricWriter writer, IReadingStore store)
    {
        var health = store.Health;
        writer.Metric(MetricKind.Gauge, "quartier_store_accepting", "1 while readings become durable, otherwise 0.").Sample(health.Accepting ? 1 : 0);
        writer.Metric(MetricKind.Gauge, "quartier_store_journal_bytes", "Size of the journal in use, in bytes.").Sample(health.JournalBytes);
        writer.Metric(MetricKind.Gauge, "quartier_store_unsealed_readings", "Readings not yet in sealed blocks.").Sample(health.UnsealedReadings);
        writer.Metric(MetricKind.Gauge, "quartier_store_files_set_aside", "Damaged files moved aside.").Sample(health.SetAside.Length);
    }

    public static void WriteLive(MetricWriter writer, LiveFeed feed) =>
        writer.Metric(MetricKind.Gauge, "quartier_live_watchers", "Open live lines.").Sample(feed.Watchers);
}
