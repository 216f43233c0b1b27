using System.Diagnostics;
using System.Text.RegularExpressions;
using Grains.Tests.Governance;

namespace Grains.Tests.CommandLine;

/// <summary>One silo for all tests of the command line: they change different things of it, and run one after the other.</summary>
public sealed class CommandedSilo : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("quartier-commands-").FullName;

    internal GovernedSilo Silo { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Silo = await GovernedSilo.StartAsync();

        // A ledger signs its state when it is closed.
        await Silo.RestartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Silo.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    public string PathOf(string name) => Path.Combine(_directory, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return name;
    }

    /// <summary>Runs the program itself, with the key of a person or of nobody, in a directory without a silo's local key.</summary>
    internal async Task<(int Code, string Out, string Error)> RunAsync(string? by, string line, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Quartier.Cli.dll"), .. line.Split(' '), .. more])
        {
            WorkingDirectory = _directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Remove("QUARTIER_HOME");
        start.Environment.Remove("QUARTIER_KEY");
        start.Environment["QUARTIER_SERVER"] = Silo.Address.ToString();
        if (by is not null)
        {
            start.Environment["QUARTIER_KEY"] = Silo.KeyOf(by);
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(GovernedSilo.Token);
        var output = await process.StandardOutput.ReadToEndAsync(GovernedSilo.Token);
        await process.WaitForExitAsync(GovernedSilo.Token);
        return (process.ExitCode, output, await error);
    }

    /// <summary>What it says on standard output when it succeeds.</summary>
    internal async Task<string> SucceedAsync(string? by, string line, params string[] more)
    {
        var (code, output, error) = await RunAsync(by, line, more);
        Assert.True(code == 0, $"{line} ended with {code}: {output}{error}");
        return output;
    }

    /// <summary>Expects an exit code of failure and words that say why, and nothing that only a program's author understands.</summary>
    internal async Task FailAsync(string? by, string line, string expected, int code = 1)
    {
        var (ended, output, error) = await RunAsync(by, line);
        Assert.True(ended == code, $"{line} ended with {ended}: {output}{error}");
        Assert.Matches(new Regex(expected, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10)), output + error);
        Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", output + error, StringComparison.Ordinal);
    }
}
