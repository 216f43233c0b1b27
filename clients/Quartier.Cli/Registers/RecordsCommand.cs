using System.CommandLine;
using System.Text.Json;
using Quartier.Client;
using Quartier.Client.Registers;

namespace Quartier.Cli.Registers;

/// <summary><c>records processing | impact-assessment</c>: what data protection law asks for, from the live configuration.</summary>
internal static class RecordsCommand
{
    /// <summary>Characters of a changed part that are shown: a whole list as JSON would bury the others. The page and the JSON hold all of it.</summary>
    private const int ShownCharacters = 200;

    public static Command Create() => new("records", "Records that data protection law asks for, written from what is in force.")
    {
        Of("processing", "The record of processing activities (Art. 30 DSGVO)."),
        Of("impact-assessment", "A draft of the impact assessment (Art. 35 DSGVO)."),
    };

    private static Command Of(string record, string description)
    {
        var html = new Option<string?>("--html") { Description = "Write it as a page made for print to this file." };
        var changes = new Option<bool>("--changes") { Description = "Show what changed since it was approved." };
        var approve = new Option<bool>("--approve") { Description = "Approve it as the data-protection officer, as it is shown." };
        var server = ServerOptions.Server();
        var city = ServerOptions.City();
        var command = new Command(record, description) { html, changes, approve, server, city };
        command.Validators.Add(result =>
        {
            if (result.GetValue(approve) && (result.GetValue(changes) || result.GetValue(html) is not null))
            {
                result.AddError("--approve shows the record itself; leave out --changes and --html, and ask for them before.");
            }
        });
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var client = new QuartierClient(http);
            var id = await ServerOptions.ChooseCityAsync(client, arguments.GetValue(city), cancellation).ConfigureAwait(false);
            return (arguments.GetValue(html), arguments.GetValue(changes)) switch
            {
                ({ } file, var onlyChanges) => await SaveAsync(client.Records, (id, record, onlyChanges), file, cancellation).ConfigureAwait(false),
                (_, true) => Write(Console.Out, await client.Records.GetChangesAsync(id, record, cancellation).ConfigureAwait(false)),
                _ => await ShowAsync(client.Records, id, record, arguments.GetValue(approve), cancellation).ConfigureAwait(false),
            };
        }));
        return command;
    }

    /// <summary>Writes changes, one line each.</summary>
    public static int Write(TextWriter output, RecordChanges changes)
    {
        output.WriteLine(changes.Approved is { } approved ? $"approved {approved.At:u} by {approved.By}" : "never approved: all is new");
        foreach (var change in changes.Changes)
        {
            var sign = (change.Before, change.After) switch { (null, _) => '+', (_, null) => '-', _ => '~' };
            output.WriteLine($"{sign} {change.Path}: {Short(change.Before)} -> {Short(change.After)}");
        }

        output.WriteLine(changes.More == 0 ? $"{changes.Changes.Count} changes" : $"{changes.Changes.Count} changes, and {changes.More} more");
        return 0;
    }

    private static string Short(string? text) => text switch
    {
        null => "nothing",
        { Length: > ShownCharacters } => text[..ShownCharacters] + "…",
        _ => text,
    };

    private static async Task<int> SaveAsync(
        RecordsClient records, (string City, string Record, bool Changes) what, string file, CancellationToken cancellation)
    {
        var page = await records.GetPageAsync(what.City, what.Record, what.Changes, cancellation).ConfigureAwait(false);
        await File.WriteAllTextAsync(file, page, cancellation).ConfigureAwait(false);
        await Console.Out.WriteLineAsync($"written: {file}").ConfigureAwait(false);
        return 0;
    }

    private static async Task<int> ShowAsync(RecordsClient records, string city, string record, bool approve, CancellationToken cancellation)
    {
        var view = await records.GetAsync(city, record, cancellation).ConfigureAwait(false);
        await Console.Out.WriteLineAsync(Indented(view.Record)).ConfigureAwait(false);
        if (approve)
        {
            var approval = await records.ApproveAsync(city, record, view.Digest, cancellation).ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"approved {approval.At:u} by {approval.By}, number {approval.Number}, sha256 {approval.Digest}").ConfigureAwait(false);
        }

        return 0;
    }

    private static string Indented(JsonElement element)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            element.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}
