using System.CommandLine;

namespace Quartier.Benchmarks.SensorThings;

/// <summary>The command that measures the SensorThings API.</summary>
internal static class StaCommand
{
    /// <summary>Half of the 100,000 readings a second that are sustained.</summary>
    private const double HalfLoad = 50_000;

    /// <summary><c>sta</c></summary>
    public static Command Command()
    {
        var seconds = new Option<double>("--seconds") { Description = "How long to offer and read, at least 6.", DefaultValueFactory = _ => 30 };
        var rate = new Option<double>("--rate") { Description = "Readings offered a second.", DefaultValueFactory = _ => HalfLoad };
        var observations = new Option<long>("--observations") { Description = "Observations stored before.", DefaultValueFactory = _ => 1_000_000 };
        var command = new Command("sta", "Pages, expands and filters of the SensorThings API while gateways send, each answer verified.") { seconds, rate, observations };
        command.SetAction(parsed => StaBench.RunAsync(
            new(parsed.GetValue(seconds), 100, 10_000, 1, 64, parsed.GetValue(rate), null), parsed.GetValue(observations)));
        return command;
    }
}
