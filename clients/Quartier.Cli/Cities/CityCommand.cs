using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Quartier.Client;
using Quartier.Client.Registry;
using Quartier.Gateway.Commands;

namespace Quartier.Cli.Cities;

/// <summary><c>city apply</c>, <c>city show</c> and <c>city additions</c>.</summary>
internal static partial class CityCommand
{
    /// <summary>What a silo takes. It ends the connection of whoever sends more, which says nothing to a person.</summary>
    private const int FileMaxBytes = 16 << 20;

    public static Command Create() => new("city", "A city's registry: what is registered, and by which file.")
    {
        Apply("apply", "Register what the file says; the same file again changes nothing.", dryRun: null),
        Show(),
        Additions(),
    };

    /// <summary>The id on the file's line <c>city: …</c>, or null when there is none.</summary>
    public static string? FindCity(string yaml)
    {
        var match = CityLine().Match(yaml);
        return match.Success ? match.Groups["id"].Value : null;
    }

    /// <summary>Why the file cannot be sent, or null.</summary>
    public static string? Oversize(string path, int bytes) => bytes <= FileMaxBytes
        ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{path} has {bytes} bytes; a registry file has at most {FileMaxBytes} (16 MiB). Put what sensors have in common into 'sensorModels', or divide the city.");

    /// <summary>Writes what changes, one line each.</summary>
    public static void WriteChanges(TextWriter output, RegistryAnswer answer)
    {
        foreach (var change in answer.Changes)
        {
            var sign = change.Action switch { "add" => '+', "remove" => '-', _ => '~' };
            output.WriteLine($"{sign} {change.What}{(change.Detail.Length > 0 ? ": " : string.Empty)}{change.Detail}");
        }
    }

    /// <summary>A command that brings a registry file into force, or shows what it would change.</summary>
    /// <param name="name">What to type.</param>
    /// <param name="description">What it does.</param>
    /// <param name="dryRun">Whether it only shows; null when an option says so.</param>
    public static Command Apply(string name, string description, bool? dryRun)
    {
        var file = new Argument<string>("FILE") { Description = "The registry file: docs/registry.md." };
        var onlyShow = new Option<bool>("--dry-run") { Description = "Show what would change, and change nothing." };
        var server = ServerOptions.Server();
        var command = new Command(name, description) { file, server };
        if (dryRun is null)
        {
            command.Options.Add(onlyShow);
        }

        command.SetAction((arguments, cancellation) =>
        {
            var path = arguments.GetValue(file)!;
            return CliErrors.GuardAsync(
                () => ApplyAsync(path, dryRun ?? arguments.GetValue(onlyShow), arguments.GetValue(server)!, cancellation), path);
        });
        return command;
    }

    private static async Task<int> ApplyAsync(string path, bool dryRun, Uri server, CancellationToken cancellation)
    {
        var yaml = await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false);
        if (Oversize(path, yaml.Length) is { } oversize)
        {
            await Console.Error.WriteLineAsync(oversize).ConfigureAwait(false);
            return CommandErrors.Failed;
        }

        if (FindCity(Encoding.UTF8.GetString(yaml)) is not { } city)
        {
            await Console.Error.WriteLineAsync($"{path}:1:1: there is no line 'city: <id>'; a registry file names its city so.").ConfigureAwait(false);
            return CommandErrors.Failed;
        }

        using var http = ServerOptions.Connect(server);
        var answer = await new QuartierClient(http).ApplyAsync(city, yaml, dryRun, cancellation).ConfigureAwait(false);
        WriteChanges(Console.Out, answer);
        await Console.Out.WriteLineAsync(Summary(city, answer, dryRun)).ConfigureAwait(false);
        return 0;
    }

    private static string Summary(string city, RegistryAnswer answer, bool dryRun) => (answer.Changes.Count, dryRun) switch
    {
        (0, _) => $"{city}: nothing changes; version {answer.Version} stays.",
        (var count, true) => $"{city}: {count} changes would be made.",
        (var count, false) => $"{city}: {count} changes made; version {answer.Version} is in force.",
    };

    private static Command Show()
    {
        var server = ServerOptions.Server();
        var city = ServerOptions.City();
        var command = new Command("show", "Show a city: its districts, coverage and open alerts.") { server, city };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var client = new QuartierClient(http);
            var id = await ServerOptions.ChooseCityAsync(client, arguments.GetValue(city), cancellation).ConfigureAwait(false);
            await ShowAsync(client, id, cancellation).ConfigureAwait(false);
            return 0;
        }));
        return command;
    }

    private static Command Additions()
    {
        var server = ServerOptions.Server();
        var city = ServerOptions.City();
        var command = new Command("additions", "Print what is registered beside the file, through the SensorThings API: in the form of the file.") { server, city };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var client = new QuartierClient(http);
            var id = await ServerOptions.ChooseCityAsync(client, arguments.GetValue(city), cancellation).ConfigureAwait(false);
            await Console.Out.WriteAsync(await client.GetRegistryAdditionsAsync(id, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
            return 0;
        }));
        return command;
    }

    private static async Task ShowAsync(QuartierClient client, string id, CancellationToken cancellation)
    {
        var city = await client.GetCityAsync(id, cancellation).ConfigureAwait(false);
        var districts = await client.GetDistrictsAsync(id, cancellation).ConfigureAwait(false);
        var output = Console.Out;
        await output.WriteLineAsync($"{city.Name} ({city.Id}), registry version {city.Version}, clock {city.Clock}, now {city.Now:u}").ConfigureAwait(false);
        await output.WriteLineAsync($"  {"district",-20}{"reporting",14}{"alerts",8}{"acknowledged",14}").ConfigureAwait(false);
        foreach (var district in districts)
        {
            var reporting = $"{district.Coverage.Reporting} of {district.Coverage.Expected}";
            await output.WriteLineAsync($"  {district.Name,-20}{reporting,14}{district.Alerts.Raised,8}{district.Alerts.Acknowledged,14}")
                .ConfigureAwait(false);
        }

        foreach (var attribution in city.Attributions)
        {
            await output.WriteLineAsync($"Data: {attribution}").ConfigureAwait(false);
        }
    }

    [GeneratedRegex("""^city:[ \t]*["']?(?<id>[a-z0-9-]{1,64})["']?[ \t]*(#.*)?\r?$""", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CityLine();
}
