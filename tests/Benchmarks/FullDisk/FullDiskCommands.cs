using System.CommandLine;

namespace Quartier.Benchmarks.FullDisk;

/// <summary>The command that fills a disk.</summary>
internal static class FullDiskCommands
{
    /// <summary><c>full-disk</c></summary>
    public static Command FullDisk()
    {
        var seconds = new Option<double>("--seconds") { Description = "How long the disk stays full.", DefaultValueFactory = _ => 5 };
        var command = new Command("full-disk", "A silo at full load on a small disk that becomes full and is freed again; needs the right to mount.") { seconds };
        command.SetAction(parsed => FullDiskBench.RunAsync(TimeSpan.FromSeconds(parsed.GetValue(seconds))));
        return command;
    }
}
