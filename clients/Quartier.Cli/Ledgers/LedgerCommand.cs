using System.CommandLine;
using Quartier.Client;
using Quartier.Client.Ledgers;
using Quartier.Gateway.Commands;

namespace Quartier.Cli.Ledgers;

/// <summary><c>ledger</c>: what was read, denied and changed, and whether the record holds.</summary>
internal static class LedgerCommand
{
    /// <summary>Entries listed when nothing is said.</summary>
    private const int DefaultCount = 50;

    public static Command Create() =>
        new("ledger", "The record of reads, denials and changes: list, prove, verify, export, summary, accept-break.")
        {
            List(), Prove(), Verify(), Export(), Summary(), AcceptBreak(),
        };

    private static Command List()
    {
        var (server, city) = (ServerOptions.Server(), ServerOptions.City());
        var from = new Option<long>("--from") { Description = "Index of the first entry." };
        var count = new Option<int>("--count") { Description = "How many entries at most.", DefaultValueFactory = _ => DefaultCount };
        var kind = new Option<string?>("--kind") { Description = "Only of this kind: read, denial, policy, registry, sign-in, key, deletion, export, inspection, alert, break, correction." };
        var who = new Option<string?>("--who") { Description = "Only of this reference or pseudonym." };
        var purpose = new Option<string?>("--for") { Description = "Only for this purpose." };
        var stream = new Option<string?>("--stream") { Description = "Only naming this stream." };
        var installation = new Option<bool>("--installation")
        {
            Description = "Of the installation's own ledger: sign-ins and accounts that count in all cities. For administrators too.",
        };
        var command = new Command("list", "List entries, for the data-protection officer; the ledger records it.")
        {
            server, city, installation, from, count, kind, who, purpose, stream,
        };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var client = new QuartierClient(http);
            var id = arguments.GetValue(installation)
                ? null
                : await ServerOptions.ChooseCityAsync(client, arguments.GetValue(city), cancellation).ConfigureAwait(false);
            var query = new LedgerQuery
            {
                Kind = arguments.GetValue(kind),
                Who = arguments.GetValue(who),
                Purpose = arguments.GetValue(purpose),
                Stream = arguments.GetValue(stream),
            };
            return await ListAsync(client, id, query, (arguments.GetValue(from), arguments.GetValue(count)), cancellation).ConfigureAwait(false);
        }));
        return command;
    }

    private static async Task<int> ListAsync(
        QuartierClient client, string? city, LedgerQuery query, (long From, int Count) page, CancellationToken cancellation)
    {
        const int pageMax = 1_000;
        var (next, left, listed) = ((long?)page.From, page.Count, false);
        while (next is { } from && left > 0)
        {
            var found = await client.Ledger.ListAsync(city, query, from, Math.Min(left, pageMax), cancellation).ConfigureAwait(false);
            foreach (var entry in found.Items)
            {
                await Console.Out.WriteLineAsync(LedgerText.Line(entry)).ConfigureAwait(false);
            }

            (next, left, listed) = (found.Next, left - found.Items.Count, listed || found.Items.Count > 0);
        }

        if (!listed)
        {
            await Console.Error.WriteLineAsync("No entry is like that.").ConfigureAwait(false);
        }

        return 0;
    }

    private static Command Prove()
    {
        var (server, city) = (ServerOptions.Server(), ServerOptions.City());
        var index = new Argument<long>("INDEX") { Description = "Index of the entry." };
        var line = new Option<string?>("--entry") { Description = "File with the entry's line; needed by everybody but the data-protection officer." };
        var key = KeyOption();
        var command = new Command("prove", "Prove that an entry is under the ledger's newest signed checkpoint.") { index, server, city, line, key };
        command.SetAction((arguments, cancellation) => WithCityAsync(arguments, server, city, cancellation, async (client, id) =>
        {
            var entry = arguments.GetValue(line) is { } path
                ? (await File.ReadAllTextAsync(path, cancellation).ConfigureAwait(false)).TrimEnd('\n')
                : null;
            return await ProveAsync(client, id, arguments.GetValue(index), entry, arguments.GetValue(key), cancellation).ConfigureAwait(false);
        }));
        return command;
    }

    private static async Task<int> ProveAsync(
        QuartierClient client, string city, long index, string? entry, string? keyFile, CancellationToken cancellation)
    {
        var head = await client.Ledger.GetHeadAsync(city, cancellation).ConfigureAwait(false);
        if (head.Checkpoint is not { } signed || head.PublicKey is not { } pem || index >= head.CheckpointSize)
        {
            await Console.Error.WriteLineAsync(
                $"Entry {index} is under no checkpoint yet: {head.CheckpointSize} of {head.Size} entries are. One is signed within a minute.").ConfigureAwait(false);
            return CommandErrors.Failed;
        }

        using var key = LedgerNote.LoadKey(keyFile is null ? pem : await File.ReadAllTextAsync(keyFile, cancellation).ConfigureAwait(false));
        var note = LedgerNote.Read(signed, key);
        var proof = await client.Ledger.ProveAsync(city, index, note.Size, cancellation).ConfigureAwait(false);
        var line = entry ?? proof.Line;
        if (line is null)
        {
            await Console.Error.WriteLineAsync(
                "The entry itself is shown to the data-protection officer alone. Give its line with --entry FILE to have it proved.").ConfigureAwait(false);
            return CommandErrors.Failed;
        }

        var holds = LedgerInclusion.Holds(line, proof with { From = index, Size = note.Size }, note.Root);
        await Console.Out.WriteLineAsync(line).ConfigureAwait(false);
        await Console.Out.WriteLineAsync(holds
            ? $"proved: entry {index} is in the tree of {note.Size} entries that key {LedgerNote.KeyId(key)} signed {note.Time}"
            : $"NOT PROVED: this line is not entry {index} of the tree of {note.Size} entries signed {note.Time}").ConfigureAwait(false);
        return holds ? 0 : CommandErrors.Failed;
    }

    private static Command Verify()
    {
        var (server, city) = (ServerOptions.Server(), ServerOptions.City());
        var file = new Argument<string?>("FILE") { Description = "An export; without it the server's ledger is taken out and verified.", Arity = ArgumentArity.ZeroOrOne };
        var key = KeyOption();
        var known = new Option<string?>("--checkpoints") { Description = "File of checkpoints that were kept elsewhere: an older copy is found by them." };
        var command = new Command("verify", "Verify a whole ledger, offline with FILE; exit code 1 when it does not hold.") { file, server, city, key, known };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            var pem = arguments.GetValue(key) is { } path ? await File.ReadAllTextAsync(path, cancellation).ConfigureAwait(false) : null;
            var notes = arguments.GetValue(known) is { } kept
                ? LedgerNote.Split(await File.ReadAllTextAsync(kept, cancellation).ConfigureAwait(false)).ToList()
                : [];
            if (arguments.GetValue(file) is { } export)
            {
                var stream = File.OpenRead(export);
                await using (stream.ConfigureAwait(false))
                {
                    return await LedgerText.SayAsync(
                        await LedgerVerifier.VerifyAsync(stream, pem, notes, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
                }
            }

            return await ConnectedAsync(arguments.GetValue(server)!, arguments.GetValue(city), cancellation, async (client, id) =>
                await LedgerText.SayAsync(await client.Ledger.ExportAsync(
                    id, body => LedgerVerifier.VerifyAsync(body, pem, notes, cancellation), cancellation).ConfigureAwait(false)).ConfigureAwait(false))
                .ConfigureAwait(false);
        }));
        return command;
    }

    private static Command Export()
    {
        var (server, city) = (ServerOptions.Server(), ServerOptions.City());
        var file = new Argument<string>("FILE") { Description = "Where to write it; it must not exist." };
        var command = new Command("export", "Take the whole ledger out, for the data-protection officer; the ledger records it.") { file, server, city };
        command.SetAction((arguments, cancellation) => WithCityAsync(arguments, server, city, cancellation, (client, id) =>
            client.Ledger.ExportAsync(
                id,
                async body =>
                {
                    var target = new FileStream(arguments.GetValue(file)!, FileMode.CreateNew, FileAccess.Write);
                    await using (target.ConfigureAwait(false))
                    {
                        await body.CopyToAsync(target, cancellation).ConfigureAwait(false);
                        await Console.Out.WriteLineAsync($"{target.Length} bytes written; check them with 'quartier ledger verify {arguments.GetValue(file)}'.")
                            .ConfigureAwait(false);
                    }

                    return 0;
                },
                cancellation)));
        return command;
    }

    private static Command Summary()
    {
        var (server, city) = (ServerOptions.Server(), ServerOptions.City());
        var days = new Option<int>("--days-ago") { Description = "Which day (UTC), counted back from today; at most 60." };
        var command = new Command("summary", "How often which stream was read for which purpose; names nobody.") { server, city, days };
        command.SetAction((arguments, cancellation) => WithCityAsync(arguments, server, city, cancellation, async (client, id) =>
        {
            var summary = await client.Ledger.GetSummaryAsync(id, arguments.GetValue(days), cancellation).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(LedgerText.Table(summary)).ConfigureAwait(false);
            return 0;
        }));
        return command;
    }

    private static Command AcceptBreak()
    {
        var (server, city) = (ServerOptions.Server(), ServerOptions.City());
        var because = new Option<string>("--because") { Description = "Why, in 10 to 150 characters: it stands in the next log's first entry.", Required = true };
        var command = new Command(
            "accept-break", "Accept that a ledger does not hold, for the data-protection officer: its files are kept aside, and the next log says so first.")
        {
            because, server, city,
        };
        command.SetAction((arguments, cancellation) => WithCityAsync(arguments, server, city, cancellation, async (client, id) =>
        {
            var accepted = await client.Ledger.AcceptBreakAsync(id, arguments.GetValue(because)!, cancellation).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(LedgerText.Accepted(id, accepted)).ConfigureAwait(false);
            return 0;
        }));
        return command;
    }

    private static Option<string?> KeyOption() => new("--key")
    {
        Description = "The city's public key as PEM, from a source that you trust; without it the one that comes along is used, and named.",
    };

    private static Task<int> WithCityAsync(
        ParseResult arguments, Option<Uri> server, Option<string?> city, CancellationToken cancellation, Func<QuartierClient, string, Task<int>> action) =>
        CliErrors.GuardAsync(() => ConnectedAsync(arguments.GetValue(server)!, arguments.GetValue(city), cancellation, action));

    private static async Task<int> ConnectedAsync(
        Uri server, string? city, CancellationToken cancellation, Func<QuartierClient, string, Task<int>> action)
    {
        using var http = ServerOptions.Connect(server);
        var client = new QuartierClient(http);
        return await action(client, await ServerOptions.ChooseCityAsync(client, city, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
    }
}
