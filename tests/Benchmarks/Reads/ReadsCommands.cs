using System.CommandLine;

namespace Quartier.Benchmarks.Reads;

/// <summary>The command that measures readers.</summary>
internal static class ReadsCommands
{
    /// <summary>Half of the 100,000 readings a second that are sustained.</summary>
    private const double HalfLoad = 50_000;

    private const double ShortestSeconds = 6;

    /// <summary><c>reads</c></summary>
    public static Command Reads()
    {
        var (seconds, rate, burst) = (Seconds(), Rate(), Burst());
        var sensors = new Option<int>("--sensors") { Description = "Sensors under load in all.", DefaultValueFactory = _ => 10_000 };
        var gateways = new Option<int>("--gateways") { Description = "Connections.", DefaultValueFactory = _ => 100 };
        var command = new Command("reads", "Latest values and sensor-days read over HTTP while gateways send, each answer verified.") { seconds, rate, sensors, gateways, burst };
        command.SetAction(parsed => ReadsBench.RunAsync(new(
            parsed.GetValue(seconds), parsed.GetValue(gateways), parsed.GetValue(sensors), 1, 64, parsed.GetValue(rate), null)
        { Burst = parsed.GetValue(burst) }));
        return command;
    }

    /// <summary><c>--seconds</c>, refused where readers would end before the load has settled.</summary>
    public static Option<double> Seconds()
    {
        var seconds = new Option<double>("--seconds") { Description = $"How long to offer and read, at least {ShortestSeconds}.", DefaultValueFactory = _ => 30 };
        seconds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() < ShortestSeconds)
            {
                result.AddError($"--seconds is {result.GetValueOrDefault<double>()}; readers need at least {ShortestSeconds}.");
            }
        });
        return seconds;
    }

    /// <summary><c>--rate</c></summary>
    public static Option<double> Rate() => new("--rate") { Description = "Readings offered a second.", DefaultValueFactory = _ => HalfLoad };

    /// <summary><c>--burst</c></summary>
    public static Option<int> Burst() => new("--burst") { Description = "Messages of a gateway that fall due together.", DefaultValueFactory = _ => 1 };
}
