using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartier.Mqtt;
using Quartier.Mqtt.Ingest;

namespace Quartier.Benchmarks.Mqtt;

/// <summary>Measures the endpoint alone: sockets, parsing, batching, acknowledgements; no decoding, no grains, no disk.</summary>
public static class EndpointBench
{
    /// <summary>Publishes QoS 1 messages as fast as one generator thread can, for a while.</summary>
    /// <param name="connections">Connections that publish, at least 1.</param>
    /// <param name="messagesPerWrite">1 … 120 messages in one write.</param>
    /// <param name="duration">How long to measure; a fifth of it is warm-up before.</param>
    /// <param name="inlineScheduling">Kestrel's UnsafePreferInlineScheduling.</param>
    /// <param name="groupCommit">Every so often all messages become durable; zero: at once.</param>
    public static async Task<EndpointFigures> RunAsync(
        int connections, int messagesPerWrite, TimeSpan duration, bool inlineScheduling, TimeSpan groupCommit)
    {
        using var ingest = new CountingIngest(groupCommit);
        ingest.Start();
        await using var application = await StartAsync(ingest, inlineScheduling).ConfigureAwait(false);
        using var generator = new LoadGenerator(PortOf(application), connections, messagesPerWrite);
        await LoadAsync(generator, duration / 5).ConfigureAwait(false);
        var acknowledgedBefore = generator.Acknowledged;
        using var process = Process.GetCurrentProcess();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = process.TotalProcessorTime;
        var begin = Stopwatch.GetTimestamp();
        await LoadAsync(generator, duration).ConfigureAwait(false);
        var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        process.Refresh();
        var serverCpu = (process.TotalProcessorTime - cpu).TotalSeconds - generator.CpuSeconds;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        var messages = generator.Acknowledged - acknowledgedBefore;
        return new EndpointFigures(
            connections,
            messagesPerWrite,
            inlineScheduling,
            messages,
            seconds,
            serverCpu,
            messages / serverCpu,
            (double)allocated / messages,
            Verified: ingest.Count == generator.Acknowledged);
    }

    /// <summary>Opens connections that then say nothing.</summary>
    /// <param name="connections">At least 1; the process needs twice as many file descriptors.</param>
    public static async Task<IdleFigures> RunIdleAsync(int connections)
    {
        using var ingest = new CountingIngest(TimeSpan.Zero);
        await using var application = await StartAsync(ingest, inlineScheduling: false).ConfigureAwait(false);
        var port = PortOf(application);
        using var warm = LoadGenerator.Connect(port, connections);
        var (rss, heap) = Memory();
        var sockets = Enumerable.Range(0, connections).Select(number => LoadGenerator.Connect(port, number)).ToArray();
        var (rssAfter, heapAfter) = Memory();
        foreach (var socket in sockets)
        {
            socket.Dispose();
        }

        return new IdleFigures(connections, (rssAfter - rss) / connections, (heapAfter - heap) / connections);
    }

    private static async Task LoadAsync(LoadGenerator generator, TimeSpan duration)
    {
        using var until = new CancellationTokenSource(duration);
        await Task.Factory.StartNew(
            () => generator.Run(until.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
    }

    private static async Task<WebApplication> StartAsync(IMqttIngest ingest, bool inlineScheduling)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(ingest);
        builder.Services.AddMqttEndpoint();
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.UnsafePreferInlineScheduling = inlineScheduling);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseMqtt()));
        var application = builder.Build();
        await application.StartAsync().ConfigureAwait(false);
        return application;
    }

    private static int PortOf(WebApplication application) => new Uri(
        application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    private static (long Rss, long Heap) Memory()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var process = Process.GetCurrentProcess();
        return (process.WorkingSet64, GC.GetTotalMemory(forceFullCollection: true));
    }
}
