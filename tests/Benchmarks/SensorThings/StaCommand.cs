using System.CommandLine;
using Quartier.Benchmarks.Reads;

namespace Quartier.Benchmarks.SensorThings;

/// <summary>The command that measures the SensorThings API.</summary>
internal static class StaCommand
{
    /// <summary><c>sta</c></summary>
    public static Command Command()
    {
        var (seconds, rate, burst) = (ReadsCommands.Seconds(), ReadsCommands.Rate(), ReadsCommands.Burst());
        var observations = new Option<long>("--observations") { Description = "Observations stored before.", DefaultValueFactory = _ => 1_000_000 };
        var command = new Command("sta", "Pages, expands and filters of the SensorThings API while gateways send, each answer verified.") { seconds, rate, observations, burst };
        command.SetAction(parsed => StaBench.RunAsync(
            new(parsed.GetValue(seconds), 100, 10_000, 1, 64, parsed.GetValue(rate), null) { Burst = parsed.GetValue(burst) }, parsed.GetValue(observations)));
        return command;
    }
}
