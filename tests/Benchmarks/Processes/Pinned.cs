using System.Diagnostics;
using System.Globalization;

namespace Quartier.Benchmarks.Processes;

/// <summary>Starts processes, on one processor where asked and possible.</summary>
internal static class Pinned
{
    private const string TaskSet = "/usr/bin/taskset";

    /// <summary>Processors to give to server and generator; null where there is only one.</summary>
    public static (int? Server, int? Generator) Apart =>
        Environment.ProcessorCount >= 2 && File.Exists(TaskSet) ? (0, 1) : (null, null);

    /// <summary>Starts a process with its standard output redirected; messages go where ours go.</summary>
    public static Process Start(string program, IReadOnlyList<string> arguments, int? cpu, bool redirectInput = false, bool redirectError = false)
    {
        var start = new ProcessStartInfo(cpu is null ? program : TaskSet)
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = redirectInput,
            RedirectStandardError = redirectError,
            UseShellExecute = false,
        };
        if (cpu is { } one)
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(one.ToString(CultureInfo.InvariantCulture));
            start.ArgumentList.Add(program);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started.");
    }
}
