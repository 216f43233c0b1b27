using System.Diagnostics;

namespace Grains.Tests.Gateways;

/// <summary>A program of somebody else, run to its end. A missing one fails the test unless QUARTIER_SKIP_PEERS=1 says that it may be missing.</summary>
internal static class Peer
{
    private static readonly TimeSpan Hung = TimeSpan.FromMinutes(5);

    public static bool MayBeMissing => Environment.GetEnvironmentVariable("QUARTIER_SKIP_PEERS") == "1";

    public static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        RedirectStandardInput = true,
        UseShellExecute = false,
    })!;

    /// <summary>Its exit code and all that it said.</summary>
    public static async Task<(int Code, string Said)> RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        return await FinishAsync(process);
    }

    public static async Task<(int Code, string Said)> FinishAsync(Process process)
    {
        using var hung = new CancellationTokenSource(Hung);
        process.StandardInput.Close();
        try
        {
            var error = process.StandardError.ReadToEndAsync(hung.Token);
            var output = await process.StandardOutput.ReadToEndAsync(hung.Token);
            await process.WaitForExitAsync(hung.Token);
            return (process.ExitCode, output + await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    public static async Task<string> SucceedAsync(string program, params string[] arguments)
    {
        var (code, said) = await RunAsync(program, arguments);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}: {said}");
        return said;
    }
}
