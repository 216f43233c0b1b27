using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Quartier.Gateway.Commands;

namespace Quartier.Cli.Demo;

/// <summary>A silo as a child process. It ends when its standard input is closed, so it cannot outlive the tool.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    /// <summary>A silo with a large journal to replay takes a while; beyond this something is wrong.</summary>
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(120);

    /// <summary>Sealing what is open takes a moment; beyond this the process is ended by force.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly LastLines output;
    private readonly Task draining;

    private SiloProcess(Process process, LastLines output, Task draining, SiloReady ready)
    {
        this.process = process;
        this.output = output;
        this.draining = draining;
        Http = new Uri(ready.Http! + "/");
        SignIn = ready.SignIn;
        Mqtt = ServerAddress.TryParse(ready.Mqtt!, GatewayOptions.DefaultMqttPort, out var address)
            ? address
            : throw new SiloException($"The silo says that it takes readings at '{ready.Mqtt}', which is no address.");
    }

    /// <summary>Where it answers.</summary>
    public Uri Http { get; }

    /// <summary>The administrator's sign-in link at the first start; null afterwards.</summary>
    public string? SignIn { get; }

    /// <summary>Where it takes readings.</summary>
    public ServerAddress Mqtt { get; }

    /// <summary>Completes when it ends by itself.</summary>
    public Task Ended => process.WaitForExitAsync(CancellationToken.None);

    /// <summary>Processor time that it has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Its largest resident memory so far.</summary>
    public long PeakBytes
    {
        get
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts a silo and waits until it is ready.</summary>
    /// <exception cref="SiloException">It does not become ready; the text holds what it said last.</exception>
    public static async Task<SiloProcess> StartAsync(SiloOptions options, CancellationToken cancellation)
    {
        var process = Process.Start(Describe(options)) ?? throw new SiloException("The silo's process cannot be started.");
        var output = new LastLines();
        var errors = output.DrainAsync(process.StandardError);
        try
        {
            var ready = await ReadUntilReadyAsync(process, output).WaitAsync(StartTimeout, cancellation).ConfigureAwait(false);
            return new SiloProcess(process, output, Task.WhenAll(errors, output.DrainAsync(process.StandardOutput)), ready);
        }
        catch (TimeoutException)
        {
            End(process);
            throw new SiloException($"The silo was not ready after {StartTimeout.TotalSeconds:0} s. It said last:\n{output}");
        }
        catch
        {
            End(process);
            throw;
        }
    }

    /// <summary>The text for a silo that ended although nobody asked it to.</summary>
    public SiloException Failure() => new(string.Create(
        CultureInfo.InvariantCulture, $"The silo ended by itself with code {process.ExitCode}. It said last:\n{output}"));

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        try
        {
            await Ended.WaitAsync(StopTimeout).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await Console.Error.WriteLineAsync($"The silo did not end within {StopTimeout.TotalSeconds:0} s and is ended by force.").ConfigureAwait(false);
            End(process);
        }

        await draining.ConfigureAwait(false);
        process.Dispose();
    }

    private static ProcessStartInfo Describe(SiloOptions options)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        string[] arguments =
        [
            options.Program,
            "--data", options.DataDirectory,
            "--http", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{options.HttpPort}"),
            "--mqtt", "127.0.0.1:0",
            "--stop-with-stdin",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static async Task<SiloReady> ReadUntilReadyAsync(Process process, LastLines output)
    {
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
        {
            if (TryReadReady(line) is { } ready)
            {
                return ready;
            }

            output.Add(line);
        }

        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        throw new SiloException(string.Create(
            CultureInfo.InvariantCulture, $"The silo ended with code {process.ExitCode} before it was ready. It said:\n{output}"));
    }

    private static SiloReady? TryReadReady(string line)
    {
        if (!line.StartsWith("{\"ready\"", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(line, DemoJson.Default.SiloReady) is { Ready: true, Http: not null, Mqtt: not null } ready ? ready : null;
        }
        catch (JsonException exception)
        {
            throw new SiloException($"The silo's line '{line}' cannot be read: {exception.Message}");
        }
    }

    private static void End(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill();
        }
    }
}
