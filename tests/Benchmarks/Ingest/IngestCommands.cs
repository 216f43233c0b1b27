using System.CommandLine;

namespace Quartier.Benchmarks.Ingest;

/// <summary>The commands that measure a whole silo.</summary>
internal static class IngestCommands
{
    /// <summary><c>ingest</c></summary>
    public static Command Ingest()
    {
        var seconds = Number("--seconds", "How long to offer.", 10.0);
        var sensors = Number("--sensors", "Sensors in all.", 10_000);
        var gateways = Number("--gateways", "Connections.", 100);
        var qos = Number("--qos", "Quality of service, 0 or 1.", 1);
        var pipelined = Number("--pipelined", "Messages in one write.", 64);
        var single = new Option<bool>("--single") { Description = "One message in one write." };
        var rate = Number("--rate", "Messages a second; 0 for as many as are acknowledged.", 0.0);
        var burst = Number("--burst", "At a rate: messages of a gateway that fall due together.", 1);
        var data = new Option<string?>("--data") { Description = "Directory to keep; a temporary one when absent." };
        var command = new Command("ingest", "A silo under load, verified against its store.") { seconds, sensors, gateways, qos, pipelined, single, rate, burst, data };
        command.SetAction(parsed => IngestBench.RunAsync(new(
            parsed.GetValue(seconds),
            parsed.GetValue(gateways),
            parsed.GetValue(sensors),
            parsed.GetValue(qos),
            parsed.GetValue(single) ? 1 : parsed.GetValue(pipelined),
            parsed.GetValue(rate),
            parsed.GetValue(data))
        { Burst = parsed.GetValue(burst) }));
        return command;
    }

    /// <summary><c>crash</c></summary>
    public static Command Crash()
    {
        var rounds = Number("--rounds", "How often to kill.", 5);
        var seed = Number("--seed", "When to kill.", 1);
        var command = new Command("crash", "Kills a silo at full load and compares its store with every acknowledgement.") { rounds, seed };
        command.SetAction(parsed => CrashBench.RunAsync(parsed.GetValue(rounds), parsed.GetValue(seed)));
        return command;
    }

    /// <summary><c>twins</c></summary>
    public static Command Twins()
    {
        var twins = Number("--twins", "Idle sensors.", 100_000);
        var connections = Number("--connections", "Idle connections.", 2_000);
        var command = new Command("twins", "Memory of idle sensors and connections, and the time from a kill to live again.") { twins, connections };
        command.SetAction(parsed => TwinsBench.RunAsync(parsed.GetValue(twins), parsed.GetValue(connections)));
        return command;
    }

    private static Option<T> Number<T>(string name, string description, T value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
