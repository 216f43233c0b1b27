using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Quartier.Silo;
using Quartier.Silo.Startup;

namespace Grains.Tests;

public sealed class ClosedDoorTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("quartier-door-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Theory]
    [InlineData("--http")]
    [InlineData("--mqtt")]
    public async Task Silo_says_in_one_line_which_place_is_taken_and_what_to_do(string option)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var place = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");
        var other = option == "--http" ? "--mqtt" : "--http";

        var (code, said) = await RunAsync("--data", _data, option, place, other, "127.0.0.1:0");

        Assert.Equal(1, code);
        Assert.EndsWith(
            $"Quartier cannot start: nothing can listen at {option} {place}: another program listens there already. End it, or choose another place with {option}, "
            + $"port 0 for any free one (quartier demo: --port).{Environment.NewLine}",
            said,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silo_says_in_one_line_which_file_it_may_not_open()
    {
        // Whoever runs the tests may open everything but a folder in a file's place.
        Directory.CreateDirectory(Path.Combine(_data, "lock"));

        var (code, said) = await RunAsync("--data", _data, "--http", "127.0.0.1:0", "--mqtt", "127.0.0.1:0");

        Assert.Equal(1, code);
        Assert.StartsWith("Quartier cannot start: ", said, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_data, "lock"), said, StringComparison.Ordinal);
        Assert.Contains("The user who runs it must own the data directory", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_in_place_of_the_data_directory_is_named()
    {
        var file = Path.Combine(_data, "file");
        await File.WriteAllTextAsync(file, string.Empty, TestContext.Current.CancellationToken);

        var (code, said) = await RunAsync("--data", file);

        Assert.Equal((2, $"--data {file} is a file. Name a directory, or one that does not exist yet.{Environment.NewLine}"), (code, said));
    }

    [Theory]
    [InlineData(SocketError.AccessDenied, "the operating system does not allow it")]
    [InlineData(SocketError.AddressNotAvailable, "this machine has no such address")]
    [InlineData(SocketError.TooManyOpenSockets, null)]
    public void Other_reasons_are_explained_for_all_places_or_left_as_they_are(SocketError code, string? why)
    {
        var options = SiloOptions.Parse(["--http", "127.0.0.1:80", "--mqtt", "127.0.0.1:1883"]);

        var said = ClosedDoor.Explain(options, new SocketException((int)code));

        Assert.Equal(why is not null, said is not null);
        Assert.StartsWith(why is null ? string.Empty : $"nothing can listen at --http 127.0.0.1:80, --mqtt 127.0.0.1:1883: {why}", said ?? string.Empty, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Error)> RunAsync(params string[] line)
    {
        string[] all = [Path.Combine(AppContext.BaseDirectory, "Quartier.Silo.dll"), .. line];
        using var silo = Process.Start(new ProcessStartInfo("dotnet", all) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = await silo.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await silo.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (silo.ExitCode, said);
    }
}
