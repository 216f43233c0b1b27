using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using Quartier.Benchmarks.Processes;

namespace Quartier.Benchmarks.Ingest;

/// <summary>
/// <c>bench twins</c>: memory of idle sensors and idle connections, and the time from a kill to all of them being live again. A sensor's memory is all that the heap
/// grows by for it, its definition and its open readings included: who applies a registry wakes sensors, so there is no moment with the registry alone.
/// </summary>
internal static class TwinsBench
{
    private const int Gateways = 500;

    /// <summary>Runs it; the last line is JSON.</summary>
    /// <returns>0 when every sensor was live after the restart.</returns>
    public static async Task<int> RunAsync(int twins, int connections)
    {
        var directory = Directory.CreateTempSubdirectory("quartier-twins-").FullName;
        try
        {
            return await RunAsync(Path.Combine(directory, "data"), twins, connections).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<int> RunAsync(string data, int twins, int connections)
    {
        var options = new IngestOptions(5, Gateways, twins, 1, 64, 0, null);
        var first = await SiloProcess.StartAsync(data).ConfigureAwait(false);
        await using var _ = first.ConfigureAwait(false);
        var empty = await first.HeapBytesAsync().ConfigureAwait(false);
        await BenchCity.ApplyAsync(first, Gateways, options.SensorsPerGateway, withRules: true).ConfigureAwait(false);
        using (var generator = GeneratorProcess.Start(options.Generator(first.Mqtt, Path.Combine(data, "..", "offered.jsonl")), null))
        {
            await generator.ResultAsync().ConfigureAwait(false);
        }

        var withTwins = await first.HeapBytesAsync().ConfigureAwait(false);
        var perConnection = await PerConnectionAsync(first, connections).ConfigureAwait(false);
        await first.KillAsync().ConfigureAwait(false);

        await using var second = await SiloProcess.StartAsync(data).ConfigureAwait(false);
        var (restart, awake) = await AwakeAsync(second).ConfigureAwait(false);
        Console.WriteLine(
            $"heap: {empty >> 20} MiB before the registry was applied, {withTwins >> 20} MiB with {twins} registered and live twins; second start listening after {second.StartedIn.TotalSeconds:F1} s");
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            twins,
            bytes_per_twin = (withTwins - empty) / (double)twins,
            bytes_per_connection = perConnection,
            restart_seconds = restart.TotalSeconds,
            live_after_restart = awake,
        }));
        return awake >= twins ? 0 : 1;
    }

    private static async Task<double> PerConnectionAsync(SiloProcess silo, int connections)
    {
        var before = silo.RssBytes();
        var sockets = new List<TcpClient>();
        try
        {
            var address = silo.Mqtt.Split(':');
            for (var i = 0; i < connections; i++)
            {
                var client = new TcpClient();
                sockets.Add(client);
                await client.ConnectAsync(address[0], int.Parse(address[1], CultureInfo.InvariantCulture)).ConfigureAwait(false);
                await client.GetStream().WriteAsync(Connect(i)).ConfigureAwait(false);
                await client.GetStream().ReadExactlyAsync(new byte[4]).ConfigureAwait(false);
            }

            return (silo.RssBytes() - before) / (double)connections;
        }
        finally
        {
            sockets.ForEach(s => s.Dispose());
        }
    }

    /// <summary>CONNECT of MQTT 3.1.1 with an hour's keep alive.</summary>
    private static byte[] Connect(int number)
    {
        var id = System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"idle-{number:D7}"));
        return [0x10, (byte)(12 + id.Length), 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 2, 0x0E, 0x10, 0, (byte)id.Length, .. id];
    }

    private static async Task<(TimeSpan Restart, long Awake)> AwakeAsync(SiloProcess silo)
    {
        using var client = SiloClient.Of(silo);
        await client.WhenAwakeAsync().ConfigureAwait(false);
        var awakening = await client.MetricAsync("quartier_awakening_seconds").ConfigureAwait(false);
        var live = await client.MetricAsync("quartier_grains_awakened").ConfigureAwait(false);
        return (silo.StartedIn + TimeSpan.FromSeconds(awakening), (long)live);
    }
}
