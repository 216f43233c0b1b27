using System.Diagnostics;
using System.Globalization;

namespace Mqtt.Tests.Processes;

/// <summary>The endpoint as a process of its own, with sessions in a real database, so that it can be killed.</summary>
internal sealed class BrokerProcess : IDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private BrokerProcess(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <summary>Built with these tests, in the same configuration.</summary>
    private static string Program
    {
        get
        {
            var here = new DirectoryInfo(AppContext.BaseDirectory);
            var tests = here.Parent!.Parent!.Parent!.Parent!.FullName;
            return Path.Combine(tests, "Broker", "bin", here.Parent!.Name, here.Name, "Broker.dll");
        }
    }

    public static async Task<BrokerProcess> StartAsync(string data)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [Program, "-p", "0", "--data", data]) { RedirectStandardOutput = true })!;
        using var hung = new CancellationTokenSource(ReadyWithin);
        var line = await process.StandardOutput.ReadLineAsync(hung.Token);
        Assert.True(line is not null, $"{Program} ended before it was ready. Build tests/Broker.");
        return new BrokerProcess(process, int.Parse(line!.Split(' ')[1], CultureInfo.InvariantCulture));
    }

    /// <summary>As kill -9 does: nothing is told, nothing is flushed.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
