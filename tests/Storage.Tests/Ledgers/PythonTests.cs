using System.Diagnostics;

namespace Quartier.Storage.Tests.Ledgers;

/// <summary>The verifier of docs/, which stands for all that others may write from the description.</summary>
public sealed class PythonTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("", 0, "holds: 1500 entries of quartier/town")]
    [InlineData("change", 1, "line 1002: the checkpoint of 1000 entries does not hold")]
    [InlineData("drop", 1, "entry 700 was expected")]
    [InlineData("cut", 1, "entries 1000 … 1499 are under no checkpoint")]
    [InlineData("foreign-key", 1, "the checkpoint of 1000 entries does not hold")]
    public async Task The_published_script_agrees(string what, int code, string expected)
    {
        Assert.SkipUnless(Exists("python3") && Exists("openssl"), "PYTHON3 OR OPENSSL IS MISSING: the published verifier was not tested. Install both.");
        var (_, store) = await ExportTests.FilledAsync(1_500);
        using var open = store;
        var lines = await ExportFile.LinesAsync(store);
        var pem = store.LedgerReader.Head(LedgerBed.City).PublicKey!;
        switch (what)
        {
            case "change":
                lines[701] = lines[701].Replace("public", "system:x", StringComparison.Ordinal);
                break;
            case "drop":
                lines.RemoveAt(701);
                break;
            case "cut":
                lines.RemoveAt(lines.Count - 1);
                break;
            case "foreign-key":
                var (_, other) = await ExportTests.FilledAsync(1);
                using (other)
                {
                    pem = other.LedgerReader.Head(LedgerBed.City).PublicKey!;
                }

                break;
            default:
                break;
        }

        using var directory = new TemporaryDirectory();
        var (export, key) = (Path.Combine(directory.Path, "export"), Path.Combine(directory.Path, "key.pem"));
        await File.WriteAllBytesAsync(export, ExportFile.Bytes(lines), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(key, pem, TestContext.Current.CancellationToken);
        var (exit, output) = await RunAsync("python3", Script(), export, key);
        Assert.True(exit == code && output.Contains(expected, StringComparison.Ordinal), $"{exit}: {output}");
    }

    private static bool Exists(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, program)));

    private static async Task<(int Exit, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(s_patience);
        return (process.ExitCode, await output + await error);
    }

    private static string Script()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Orleans.sln")))
        {
            directory = directory.Parent;
        }

        return Path.Combine(directory!.FullName, "docs", "ledger-verify.py");
    }
}
