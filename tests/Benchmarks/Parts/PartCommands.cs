using System.CommandLine;
using System.Text.Json;
using Quartier.Benchmarks.Mqtt;
using Quartier.Benchmarks.Storage;

namespace Quartier.Benchmarks.Parts;

/// <summary>The commands that measure one part alone, to tell where the time of the whole goes.</summary>
internal static class PartCommands
{
    /// <summary><c>endpoint</c></summary>
    public static Command Endpoint()
    {
        var seconds = new Option<double>("--seconds") { Description = "How long each row runs.", DefaultValueFactory = _ => 3 };
        var command = new Command("endpoint", "The MQTT endpoint alone: no decoding, no grains, no disk.") { seconds };
        command.SetAction(parsed => EndpointAsync(TimeSpan.FromSeconds(parsed.GetValue(seconds))));
        return command;
    }

    /// <summary><c>store</c></summary>
    public static Command Store()
    {
        var readings = new Option<int>("--readings") { Description = "Readings to append.", DefaultValueFactory = _ => 4_000_000 };
        var muenster = new Option<string>("--muenster")
        {
            Description = "Directory with bicycle-counts.",
            DefaultValueFactory = _ => Path.Combine("deploy", "sample-city", "muenster"),
        };
        var command = new Command("store", "The store alone: appending, sealing, size on disk, recovery.") { readings, muenster };
        command.SetAction(parsed => StoreAsync(parsed.GetValue(muenster)!, parsed.GetValue(readings)));
        return command;
    }

    private static async Task<int> EndpointAsync(TimeSpan duration)
    {
        var groupCommit = TimeSpan.FromMilliseconds(2);
        var pipelined = await EndpointBench.RunAsync(16, 32, duration, inlineScheduling: false, groupCommit).ConfigureAwait(false);
        var single = await EndpointBench.RunAsync(1_000, 1, duration, inlineScheduling: false, groupCommit).ConfigureAwait(false);
        Console.WriteLine($"16 connections, 32 messages a write: {pipelined.MessagesPerCpuSecond:N0} messages/CPU-s, {pipelined.AllocatedBytesPerMessage:N1} bytes allocated each");
        Console.WriteLine($"1,000 connections, 1 message a write: {single.MessagesPerCpuSecond:N0} messages/CPU-s, {single.AllocatedBytesPerMessage:N1} bytes allocated each");
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            pipelined_per_cpu_second = pipelined.MessagesPerCpuSecond,
            single_per_cpu_second = single.MessagesPerCpuSecond,
            verified = pipelined.Verified && single.Verified,
        }));
        return pipelined.Verified && single.Verified ? 0 : 1;
    }

    private static async Task<int> StoreAsync(string muenster, int readings)
    {
        var directory = Directory.CreateTempSubdirectory("quartier-store-").FullName;
        try
        {
            return await StorageBenchmark.Run(directory, muenster, readings, Console.Out).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
