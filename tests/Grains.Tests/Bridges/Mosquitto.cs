using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Mqtt.Tests.Peers;

namespace Grains.Tests.Bridges;

/// <summary>A real mosquitto on a port of its own that keeps sessions and messages on disk when it is stopped properly.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private readonly string _directory;
    private readonly string[] _options;
    private Process? _process;
    private Task _draining = Task.CompletedTask;

    private Mosquitto(string directory, string[] options)
    {
        _directory = directory;
        _options = options;
        Port = FreePort();
    }

    public int Port { get; }

    public static async Task<Mosquitto> StartAsync(string directory, params string[] options)
    {
        while (true)
        {
            var broker = new Mosquitto(directory, options);
            if (await broker.ProblemAsync() is not { } problem)
            {
                return broker;
            }

            // Between the look for a free port and the broker another test's broker may have come to the same.
            Assert.Contains("Address already in use", problem, StringComparison.Ordinal);
        }
    }

    public async Task StartAgainAsync() => Assert.Null(await ProblemAsync());

    /// <summary>Starts it; null when it runs.</summary>
    private async Task<string?> ProblemAsync()
    {
        var file = Path.Combine(_directory, "mosquitto.conf");
        string[] open = _options.Any(o => o.StartsWith("password_file", StringComparison.Ordinal)) ? [] : ["allow_anonymous true"];
        await File.WriteAllLinesAsync(
            file,
            [
                $"listener {Port} 127.0.0.1", "persistence true", $"persistence_location {_directory}/", "max_queued_messages 0", "log_type all",
                $"user {Environment.UserName}", .. open, .. _options,
            ]);
        var start = new ProcessStartInfo("mosquitto", ["-c", file, "-v"]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        try
        {
            _process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            Assert.Fail($"mosquitto could not be started ({missing.Message}). Install it with: apt-get install mosquitto");
        }

        using var hung = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var said = new StringBuilder();
        while (await _process!.StandardError.ReadLineAsync(hung.Token) is { } line)
        {
            if (line.EndsWith("running", StringComparison.Ordinal))
            {
                _draining = Task.WhenAll(_process.StandardError.ReadToEndAsync(CancellationToken.None), _process.StandardOutput.ReadToEndAsync(CancellationToken.None));
                return null;
            }

            said.AppendLine(line);
        }

        await _process.WaitForExitAsync(hung.Token);
        return $"mosquitto ended with {_process.ExitCode}: {said}";
    }

    /// <summary>Stops it so that it writes down what it has.</summary>
    public async Task StopAsync()
    {
        if (_process is { HasExited: false } process)
        {
            using var term = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        await _draining;
        _process?.Dispose();
        _process = null;
    }

    /// <summary>Publishes lines at quality of service 1; returns when the broker has acknowledged all.</summary>
    public async Task PublishAsync(string topic, IEnumerable<string> lines, params string[] options)
    {
        using var publisher = PeerProcess.Start("mosquitto_pub", ["-h", "127.0.0.1", "-p", $"{Port}", "-t", topic, "-q", "1", "-l", .. options]);
        foreach (var line in lines)
        {
            await publisher.WriteLineAsync(line);
        }

        await publisher.FinishAsync();
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    /// <summary>
    /// Below the ports that the system gives to connections and to listeners who ask for any: between two runs of the broker nobody else must take it,
    /// and whoever connects to it meanwhile must not meet himself.
    /// </summary>
    private static int FreePort()
    {
        for (var attempt = 0; ; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(15_000, 30_000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse && attempt < 100)
            {
                // Somebody's: another one.
            }
        }
    }
}
