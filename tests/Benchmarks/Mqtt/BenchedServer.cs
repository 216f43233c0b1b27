using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Quartier.Benchmarks.Processes;

namespace Quartier.Benchmarks.Mqtt;

/// <summary>An MQTT server in a process of its own: ours, or mosquitto.</summary>
internal sealed class BenchedServer : IAsyncDisposable
{
    private const string Mosquitto = "/usr/sbin/mosquitto";
    private static readonly TimeSpan s_readyWithin = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private BenchedServer(string name, Process process, int port) => (Name, _process, Port) = (name, process, port);

    /// <summary>For people.</summary>
    public string Name { get; }

    /// <summary>Where it listens, on loopback.</summary>
    public int Port { get; }

    /// <summary>Resident bytes at present, from the kernel.</summary>
    public long ResidentBytes => 1024 * long.Parse(
        File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/status"))
            .First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    /// <summary>The endpoint with an ingest that permits everything.</summary>
    public static Task<BenchedServer> OursAsync() => StartAsync("Quartier", "dotnet", port => [BuildOutput.Of("tests", "Broker"), "-p", port]);

    /// <summary>Debian's mosquitto with its default settings; null where it is not installed.</summary>
    public static async Task<BenchedServer?> MosquittoAsync() => File.Exists(Mosquitto)
        ? await StartAsync("mosquitto", Mosquitto, port => ["-p", port]).ConfigureAwait(false)
        : null;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        _process.Dispose();
    }

    private static async Task<BenchedServer> StartAsync(string name, string program, Func<string, string[]> arguments)
    {
        var port = FreePort();
        var process = Pinned.Start(program, arguments(port.ToString(CultureInfo.InvariantCulture)), cpu: null, redirectError: true);
        process.ErrorDataReceived += static (_, _) => { }; // mosquitto speaks of each connection there: read, and thrown away.
        process.BeginErrorReadLine();
        var server = new BenchedServer(name, process, port);
        using var deadline = new CancellationTokenSource(s_readyWithin);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await server.AnswersAsync(deadline.Token).ConfigureAwait(false))
        {
            await again.WaitForNextTickAsync(deadline.Token).ConfigureAwait(false);
        }

        return server;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Port), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (SocketException notYet) when (notYet.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return false;
        }
    }
}
