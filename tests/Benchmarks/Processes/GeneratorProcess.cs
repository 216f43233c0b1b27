using System.Diagnostics;
using System.Text.Json;

namespace Quartier.Benchmarks.Processes;

/// <summary>The load generator as a process of its own.</summary>
internal sealed class GeneratorProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;

    private GeneratorProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>True once it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Starts it.</summary>
    public static GeneratorProcess Start(IEnumerable<string> arguments, int? cpu) =>
        new(Pinned.Start("dotnet", [BuildOutput.Of("clients", "Quartier.Gateway"), .. arguments], cpu));

    /// <summary>Waits for its end and reads its result, the last line of its output.</summary>
    /// <exception cref="InvalidOperationException">It printed no result.</exception>
    public async Task<JsonElement> ResultAsync()
    {
        var output = await _output.ConfigureAwait(false);
        await _process.WaitForExitAsync().ConfigureAwait(false);
        var last = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault(l => l.StartsWith('{'));
        return last is null
            ? throw new InvalidOperationException($"The generator ended with exit code {_process.ExitCode} and without a result:\n{output}")
            : JsonDocument.Parse(last).RootElement;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
