using System.ComponentModel;
using System.Diagnostics;

namespace Mqtt.Tests.Peers;

/// <summary>A program of somebody else, with its output read line by line.</summary>
internal sealed class PeerProcess : IDisposable
{
    private static readonly TimeSpan Hung = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private PeerProcess(Process process) => _process = process;

    public static PeerProcess Start(string program, params string[] arguments)
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
            Assert.Fail($"{program} could not be started ({missing.Message}). Install it with: apt-get install mosquitto-clients python3 python3-paho-mqtt");
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

    public async Task<string> FinishAsync()
    {
        using var hung = new CancellationTokenSource(Hung);
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
