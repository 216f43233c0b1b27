using System.CommandLine;

namespace Quartier.Benchmarks.Overload;

/// <summary>The command that offers more than a silo can take.</summary>
internal static class OverloadCommands
{
    /// <summary>Longer phases would not fit the event time that each has.</summary>
    private const double LongestSeconds = 120;

    /// <summary><c>overload</c></summary>
    public static Command Overload()
    {
        var seconds = new Option<double>("--seconds") { Description = $"How long each phase offers, at most {LongestSeconds}.", DefaultValueFactory = _ => 10 };
        var sensors = new Option<int>("--sensors") { Description = "Sensors in all.", DefaultValueFactory = _ => 10_000 };
        var gateways = new Option<int>("--gateways") { Description = "Connections.", DefaultValueFactory = _ => 100 };
        seconds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= LongestSeconds))
            {
                result.AddError($"--seconds is {result.GetValueOrDefault<double>()}; it must be more than 0 and at most {LongestSeconds}.");
            }
        });
        var command = new Command("overload", "Twice of what a silo takes: it pushes back, stays within its memory and loses nothing.") { seconds, sensors, gateways };
        command.SetAction(parsed => OverloadBench.RunAsync(new(
            parsed.GetValue(seconds), parsed.GetValue(gateways), parsed.GetValue(sensors), 1, 64, 0, null)));
        return command;
    }
}
