using System.ComponentModel;
using System.Diagnostics;

namespace Mqtt.Tests.Peers;

/// <summary>A program of somebody else, with its output read line by line.</summary>
internal sealed class PeerProcess : IDisposable
{
    private const string DebianRemedy = "Install it with: apt-get install mosquitto-clients python3 python3-paho-mqtt";

    private static readonly TimeSpan Hung = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private PeerProcess(Process process) => _process = process;

    public static PeerProcess Start(string program, params string[] arguments) => Start(program, arguments, DebianRemedy);

    /// <summary>Starts a program; when it is missing the test fails with the remedy.</summary>
    public static PeerProcess Start(string program, string[] arguments, string remedy)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        try
        {
            return new PeerProcess(Process.Start(start)!);
        }
        catch (Win32Exception missing)
        {
            Assert.Fail($"{program} could not be started ({missing.Message}). {remedy}");
            throw;
        }
    }

    /// <summary>Runs to the end; fails unless the program says it succeeded.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var peer = Start(program, arguments);
        return await peer.FinishAsync();
    }

    public async Task<string?> ReadLineAsync()
    {
        using var hung = new CancellationTokenSource(Hung);
        return await _process.StandardOutput.ReadLineAsync(hung.Token);
    }

    public async Task WriteLineAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    public Task<string> FinishAsync() => FinishAsync(Hung);

    /// <summary>Waits for its end, at most so long; fails unless the program says it succeeded.</summary>
    public async Task<string> FinishAsync(TimeSpan limit)
    {
        using var hung = new CancellationTokenSource(limit);
        _process.StandardInput.Close();
        var error = _process.StandardError.ReadToEndAsync(hung.Token);
        var output = await _process.StandardOutput.ReadToEndAsync(hung.Token);
        await _process.WaitForExitAsync(hung.Token);
        Assert.True(_process.ExitCode == 0, $"{_process.StartInfo.FileName} ended with {_process.ExitCode}: {await error}{output}");
        return output;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
