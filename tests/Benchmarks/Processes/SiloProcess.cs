using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Quartier.Benchmarks.Processes;

/// <summary>A silo started as a process of its own, as a city would run it.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(180);
    /// <summary>Of the thread that compiles in the background, as far as the kernel keeps names.</summary>
    private const string CompilerThread = ".NET Tiered Com";

    private const double TicksPerSecond = 100;

    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(120);

    private readonly Process _process;

    private SiloProcess(Process process, Uri http, string mqtt, string key, TimeSpan startedIn)
    {
        Key = key;
        _process = process;
        Http = http;
        Mqtt = mqtt;
        StartedIn = startedIn;
    }

    /// <summary>Where HTTP is served.</summary>
    public Uri Http { get; }

    /// <summary>The silo's local key.</summary>
    public string Key { get; }

    /// <summary>Where MQTT is served, as host:port.</summary>
    public string Mqtt { get; }

    /// <summary>From start to the line that says it is ready.</summary>
    public TimeSpan StartedIn { get; }

    /// <summary>The process's id.</summary>
    public int Id => _process.Id;

    /// <summary>
    /// Starts a silo on a data directory and waits until it serves; <paramref name="cpu"/> pins it to one processor, <paramref name="mqtt"/> is the port to listen on,
    /// <paramref name="log"/> takes its messages line by line instead of our own standard error.
    /// </summary>
    /// <exception cref="InvalidOperationException">It did not become ready.</exception>
    public static async Task<SiloProcess> StartAsync(string dataDirectory, int? cpu = null, string mqtt = "127.0.0.1:0", Action<string>? log = null)
    {
        var arguments = new List<string>
        {
            BuildOutput.Of("silo", "Quartier.Silo"), "--data", dataDirectory, "--http", "127.0.0.1:0", "--mqtt", mqtt, "--stop-with-stdin",
        };
        var watch = Stopwatch.StartNew();
        var process = Pinned.Start("dotnet", arguments, cpu, redirectInput: true, redirectError: log is not null);
        if (log is not null)
        {
            process.ErrorDataReceived += (_, message) => log(message.Data ?? string.Empty);
            process.BeginErrorReadLine();
        }

        using var deadline = new CancellationTokenSource(ReadyWithin);
        while (await process.StandardOutput.ReadLineAsync(deadline.Token).ConfigureAwait(false) is { } line)
        {
            if (!line.StartsWith("{\"ready\":true", StringComparison.Ordinal))
            {
                continue;
            }

            var startedIn = watch.Elapsed;
            using var ready = JsonDocument.Parse(line);
            return new(
                process,
                new Uri(ready.RootElement.GetProperty("http").GetString()!),
                ready.RootElement.GetProperty("mqtt").GetString()!,
                (await File.ReadAllTextAsync(Path.Combine(dataDirectory, "local-key"), deadline.Token).ConfigureAwait(false)).Trim(),
                startedIn);
        }

        await process.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
        throw new InvalidOperationException($"The silo ended with exit code {process.ExitCode} before it was ready. Its messages are above.");
    }

    /// <summary>False once the process has ended, for whatever reason.</summary>
    public bool IsAlive => !_process.HasExited;

    /// <summary>User and system time so far.</summary>
    public double CpuSeconds()
    {
        _process.Refresh();
        return _process.TotalProcessorTime.TotalSeconds;
    }

    /// <summary>User and system time of the runtime's compiler as it is now; it falls when its thread has ended because there was nothing to do.</summary>
    public double CompilerSeconds() => Directory.EnumerateDirectories($"/proc/{Id}/task").Sum(CompilerSeconds);

    /// <summary>Resident memory now, in bytes.</summary>
    public long RssBytes() => StatusKilobytes("VmRSS:") * 1024;

    /// <summary>Bytes on the managed heap after full collections: what is really held. The silo answers this to its parent alone.</summary>
    public async Task<long> HeapBytesAsync()
    {
        await _process.StandardInput.WriteLineAsync("heap").ConfigureAwait(false);
        await _process.StandardInput.FlushAsync().ConfigureAwait(false);
        using var deadline = new CancellationTokenSource(ReadyWithin);
        while (await _process.StandardOutput.ReadLineAsync(deadline.Token).ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith("{\"heapBytes\":", StringComparison.Ordinal))
            {
                using var answer = JsonDocument.Parse(line);
                return answer.RootElement.GetProperty("heapBytes").GetInt64();
            }
        }

        throw new InvalidOperationException("The silo ended before it told its heap.");
    }

    /// <summary>Greatest resident memory so far, in bytes.</summary>
    public long PeakRssBytes() => StatusKilobytes("VmHWM:") * 1024;

    /// <summary>Ends it at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().ConfigureAwait(false);
    }

    /// <summary>Asks it to stop and waits.</summary>
    public async Task StopAsync()
    {
        if (_process.HasExited)
        {
            return;
        }

        _process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(StopWithin);
        await _process.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync().ConfigureAwait(false);
        }

        _process.Dispose();
    }

    private static double CompilerSeconds(string task)
    {
        try
        {
            // The name stands in parentheses and may hold anything; user and system time are the 12th and 13th field after it (proc_pid_stat(5)).
            var stat = File.ReadAllText(Path.Combine(task, "stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return stat.Contains($"({CompilerThread})", StringComparison.Ordinal)
                ? (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond
                : 0;
        }
        catch (IOException)
        {
            return 0; // The thread has ended meanwhile.
        }
    }

    private long StatusKilobytes(string field)
    {
        foreach (var line in File.ReadLines($"/proc/{Id}/status"))
        {
            if (line.StartsWith(field, StringComparison.Ordinal))
            {
                return long.Parse(line[field.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
            }
        }

        throw new InvalidOperationException($"/proc/{Id}/status has no {field}");
    }
}
