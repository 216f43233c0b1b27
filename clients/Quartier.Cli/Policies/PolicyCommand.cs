using System.CommandLine;
using System.Text;
using Quartier.Cli.Cities;
using Quartier.Client;
using Quartier.Client.Policies;

namespace Quartier.Cli.Policies;

/// <summary><c>policy check | diff | apply | approve | withdraw | history | show | effective</c>.</summary>
internal static class PolicyCommand
{
    public static Command Create() => new("policy", "Policies: who reads what for which purpose, and how long it is kept.")
    {
        Check(), Diff(), Apply(), Approve(), Withdraw(), History(), Show(), Effective(),
    };

    private static Command Check() => OfFile("check", "Check a policy file against what is registered; change nothing.", async (client, file, cancellation) =>
    {
        await client.CheckAsync(file.City, file.Yaml, cancellation).ConfigureAwait(false);
        await Console.Out.WriteLineAsync($"{file.Path} is sound.").ConfigureAwait(false);
    });

    private static Command Diff() => OfFile(
        "diff",
        "Show who would gain or lose what by a policy file, and which stored readings would expire earlier; change nothing.",
        async (client, file, cancellation) =>
            PolicyText.Write(Console.Out, await client.CompareAsync(file.City, file.Yaml, cancellation).ConfigureAwait(false)));

    private static Command Apply()
    {
        var effective = new Option<DateTimeOffset?>("--effective") { Description = "When it is to take effect, such as 2027-01-01T00:00:00+01:00; default: on approval." };
        effective.CustomParser = result => PolicyNames.ParseTime(result.Tokens[0].Value, result.AddError);
        return OfFile(
            "apply",
            "Propose a policy file as the next version of its document; a second person approves it.",
            (client, file, cancellation) => ProposeAsync(client, file, null, cancellation),
            effective,
            (client, file, time, cancellation) => ProposeAsync(client, file, time, cancellation));
    }

    private static async Task ProposeAsync(PoliciesClient client, PolicySource file, DateTimeOffset? effective, CancellationToken cancellation)
    {
        PolicyText.Write(Console.Out, await client.CompareAsync(file.City, file.Yaml, cancellation).ConfigureAwait(false));
        var answer = await client.ProposeAsync(file.City, file.Yaml, effective, cancellation).ConfigureAwait(false);
        var version = answer.Version!;
        await Console.Out.WriteLineAsync(answer.Outcome == "unchanged"
            ? $"Nothing was proposed: version {version.Version} says the same and is {version.Standing}."
            : $"{PolicyText.Line(version)}\nSomebody else approves it: quartier policy approve {PolicyNames.Of(file.City, version.District)} {version.Version}").ConfigureAwait(false);
    }

    private static Command Approve() => OfVersion("approve", "Approve what another person has proposed.", async (client, name, version, cancellation) =>
    {
        PolicyText.Write(Console.Out, await client.CompareAsync(name.City, name.District, version, cancellation).ConfigureAwait(false));
        var answer = await client.ApproveAsync(name.City, name.District, version, cancellation).ConfigureAwait(false);
        await Console.Out.WriteLineAsync(PolicyText.Line(answer.Version!)).ConfigureAwait(false);
    });

    private static Command Withdraw() => OfVersion("withdraw", "Withdraw a proposal, or reject another person's.", async (client, name, version, cancellation) =>
    {
        var answer = await client.WithdrawAsync(name.City, name.District, version, cancellation).ConfigureAwait(false);
        await Console.Out.WriteLineAsync(PolicyText.Line(answer.Version!)).ConfigureAwait(false);
    });

    private static Command History()
    {
        var named = PolicyNames.Argument();
        var server = ServerOptions.Server();
        var command = new Command("history", "List the versions of a document, newest first; without a district those of all documents.") { named, server };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            var name = PolicyNames.Parse(arguments.GetValue(named)!);
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var versions = await new QuartierClient(http).Policies.ListAsync(name.City, name.District, cancellation).ConfigureAwait(false);
            return await ListedLines.WriteAsync(versions.Select(PolicyText.Line), None(name)).ConfigureAwait(false);
        }));
        return command;
    }

    private static Command Show()
    {
        var named = PolicyNames.Argument();
        var wanted = new Argument<long?>("VERSION") { Description = "Which version; default: the one in force, else the newest.", Arity = ArgumentArity.ZeroOrOne };
        var server = ServerOptions.Server();
        var command = new Command("show", "Show the file of a version, to the letter.") { named, wanted, server };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            var name = PolicyNames.Parse(arguments.GetValue(named)!);
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var client = new QuartierClient(http).Policies;
            var version = arguments.GetValue(wanted) ?? await CurrentAsync(client, name, cancellation).ConfigureAwait(false);
            await Console.Out.WriteAsync(await client.GetFileAsync(name.City, name.District, version, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
            return 0;
        }));
        return command;
    }

    private static async Task<long> CurrentAsync(PoliciesClient client, PolicyName name, CancellationToken cancellation)
    {
        var versions = (await client.ListAsync(name.City, name.District, cancellation).ConfigureAwait(false)).Where(v => v.District == name.District).ToList();
        return (versions.Find(v => v.Standing == "in-force") ?? versions.FirstOrDefault())?.Version
            ?? throw new QuartierProblemException(None(name), status: null, []);
    }

    private static string None(PolicyName name) =>
        $"{PolicyNames.Of(name.City, name.District)} has no policy document of its own. Propose one: quartier policy apply FILE";

    private static Command Effective()
    {
        var district = new Argument<string>("DISTRICT") { Description = "Id of the district." };
        var server = ServerOptions.Server();
        var city = ServerOptions.City();
        var command = new Command("effective", "Show what holds in a district, and where each entry comes from.") { district, server, city };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var client = new QuartierClient(http);
            var id = await ServerOptions.ChooseCityAsync(client, arguments.GetValue(city), cancellation).ConfigureAwait(false);
            PolicyText.Write(Console.Out, await client.Policies.GetEffectiveAsync(id, arguments.GetValue(district)!, cancellation).ConfigureAwait(false));
            return 0;
        }));
        return command;
    }

    private static Command OfFile(
        string name,
        string description,
        Func<PoliciesClient, PolicySource, CancellationToken, Task> run,
        Option<DateTimeOffset?>? time = null,
        Func<PoliciesClient, PolicySource, DateTimeOffset?, CancellationToken, Task>? runAt = null)
    {
        var file = new Argument<string>("FILE") { Description = "The policy file: docs/policy.md." };
        var server = ServerOptions.Server();
        var command = new Command(name, description) { file, server };
        if (time is not null)
        {
            command.Options.Add(time);
        }

        command.SetAction((arguments, cancellation) =>
        {
            var path = arguments.GetValue(file)!;
            return CliErrors.GuardAsync(
                async () =>
                {
                    var yaml = await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false);
                    if (CityCommand.FindCity(Encoding.UTF8.GetString(yaml)) is not { } city)
                    {
                        throw new QuartierProblemException($"{path}:1:1: there is no line 'city: <id>'; a policy file names its city so.", status: null, []);
                    }

                    using var http = ServerOptions.Connect(arguments.GetValue(server)!);
                    var (client, source) = (new QuartierClient(http).Policies, new PolicySource(path, city, yaml));
                    await (time is null ? run(client, source, cancellation) : runAt!(client, source, arguments.GetValue(time), cancellation)).ConfigureAwait(false);
                    return 0;
                },
                path);
        });
        return command;
    }

    private static Command OfVersion(string name, string description, Func<PoliciesClient, PolicyName, long, CancellationToken, Task> run)
    {
        var named = PolicyNames.Argument();
        var version = new Argument<long>("VERSION") { Description = "Which version: quartier policy history lists them." };
        var server = ServerOptions.Server();
        var command = new Command(name, description) { named, version, server };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var document = PolicyNames.Parse(arguments.GetValue(named)!);
            await run(new QuartierClient(http).Policies, document, arguments.GetValue(version), cancellation).ConfigureAwait(false);
            return 0;
        }));
        return command;
    }
}
