using System.CommandLine;
using System.Globalization;
using Quartier.Client;
using Quartier.Client.Readings;

namespace Quartier.Cli.Reading;

/// <summary><c>export</c>: readings or aggregates of datastreams as a file.</summary>
internal sealed class ExportCommand
{
    private readonly Argument<string[]> streams = new("STREAM") { Description = "gateway/sensor/property; 1 to 100.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> from = new("--from") { Description = "First instant, ISO 8601; default: a day (or the window's usual range) before the end." };
    private readonly Option<string?> to = new("--to") { Description = "First instant after it, ISO 8601; default: the newest reading is the last." };
    private readonly Option<string?> window = new("--window") { Description = "PT1M, PT15M, PT1H, P1D, P1W or P1M; default: single readings." };
    private readonly Option<string> format = new("--format") { Description = "csv, or json: one document for each page.", DefaultValueFactory = _ => "csv" };
    private readonly Option<string?> purpose = new("--purpose") { Description = "Id of the purpose for which is read." };
    private readonly Option<FileInfo?> output = new("--output") { Description = "The file; default: standard output." };
    private readonly Option<Uri> server = ServerOptions.Server();
    private readonly Option<string?> city = ServerOptions.City();

    private ExportCommand()
    {
    }

    public static Command Create()
    {
        var options = new ExportCommand();
        var command = new Command("export", "Export readings or aggregates of datastreams, as far as they may be read.")
        {
            options.streams, options.from, options.to, options.window, options.format, options.purpose, options.output, options.server, options.city,
        };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(() => options.RunAsync(arguments, cancellation)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        using var http = ServerOptions.Connect(arguments.GetValue(server)!);
        var client = new QuartierClient(http);
        var id = await ServerOptions.ChooseCityAsync(client, arguments.GetValue(city), cancellation).ConfigureAwait(false);
        var question = new ExportQuestion(
            arguments.GetValue(streams)!,
            Instant(arguments.GetValue(from)),
            Instant(arguments.GetValue(to)),
            arguments.GetValue(window),
            arguments.GetValue(format)!,
            arguments.GetValue(purpose));
        var target = arguments.GetValue(output) is { } file ? file.Create() : Console.OpenStandardOutput();
        await using (target.ConfigureAwait(false))
        {
            await WriteAsync(client, id, question, target, cancellation).ConfigureAwait(false);
        }

        return 0;
    }

    /// <summary>Follows the pages; a table gets its head once.</summary>
    private static async Task WriteAsync(QuartierClient client, string city, ExportQuestion question, Stream target, CancellationToken cancellation)
    {
        var after = await client.ExportAsync(city, question, null, target, cancellation).ConfigureAwait(false);
        while (after is not null)
        {
            using var page = new MemoryStream();
            after = await client.ExportAsync(city, question, after, page, cancellation).ConfigureAwait(false);
            var bytes = page.GetBuffer().AsMemory(0, (int)page.Length);
            var head = question.Format == "csv" ? bytes.Span.IndexOf((byte)'\n') + 1 : 0;
            await target.WriteAsync(bytes[head..], cancellation).ConfigureAwait(false);
        }
    }

    private static DateTimeOffset? Instant(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : throw new QuartierProblemException($"'{text}' is no time. Write it as 2026-07-01T00:00:00Z.", status: null, []);
    }
}
