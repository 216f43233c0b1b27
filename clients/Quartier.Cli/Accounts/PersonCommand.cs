using System.CommandLine;
using Quartier.Client;
using Quartier.Client.Accounts;

namespace Quartier.Cli.Accounts;

/// <summary><c>person add | list | change | disable</c>.</summary>
internal static class PersonCommand
{
    public static Command Create() => new("person", "Persons with an account, their offices and roles.") { Add(), List(), Change(), Disable() };

    private static Command Add()
    {
        var id = new Argument<string>("PERSON") { Description = "Id: lower-case letters, digits, '-'. It stays for ever." };
        var form = new PersonOptions();
        var server = ServerOptions.Server();
        var command = new Command("add", "Add a person.") { id, server };
        form.AddTo(command);
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var wanted = form.Read(arguments) with { Id = arguments.GetValue(id) };
            var person = await new QuartierClient(http).Accounts.AddPersonAsync(wanted, cancellation).ConfigureAwait(false);
            await Console.Out.WriteLineAsync($"{Describe(person)}\nLet them sign in with: quartier sign-in link {person.Id}").ConfigureAwait(false);
            return 0;
        }));
        return command;
    }

    private static Command List()
    {
        var server = ServerOptions.Server();
        var command = new Command("list", "List all persons.") { server };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var persons = await new QuartierClient(http).Accounts.GetPersonsAsync(cancellation).ConfigureAwait(false);
            return await ListedLines.WriteAsync(persons.Select(Describe), "There is nobody yet. Add somebody: quartier person add").ConfigureAwait(false);
        }));
        return command;
    }

    private static Command Change()
    {
        var id = new Argument<string>("PERSON") { Description = "Id of the person." };
        var form = new PersonOptions();
        var enable = new Option<bool>("--enable") { Description = "Let a disabled person in again." };
        var server = ServerOptions.Server();
        var command = new Command("change", "Change a person; what is not named stays, '' takes a value away.") { id, enable, server };
        form.AddTo(command);
        command.SetAction((arguments, cancellation) => ChangeAsync(
            arguments.GetValue(server)!,
            arguments.GetValue(id)!,
            form.Read(arguments) with { Enabled = arguments.GetValue(enable) ? true : null },
            cancellation));
        return command;
    }

    private static Command Disable()
    {
        var id = new Argument<string>("PERSON") { Description = "Id of the person." };
        var server = ServerOptions.Server();
        var command = new Command("disable", "Refuse every credential of a person from now on.") { id, server };
        command.SetAction((arguments, cancellation) =>
            ChangeAsync(arguments.GetValue(server)!, arguments.GetValue(id)!, new PersonChange { Enabled = false }, cancellation));
        return command;
    }

    private static Task<int> ChangeAsync(Uri server, string id, PersonChange change, CancellationToken cancellation) => CliErrors.GuardAsync(async () =>
    {
        using var http = ServerOptions.Connect(server);
        var person = await new QuartierClient(http).Accounts.ChangePersonAsync(id, change, cancellation).ConfigureAwait(false);
        await Console.Out.WriteLineAsync(Describe(person)).ConfigureAwait(false);
        return 0;
    });

    private static string Describe(Person person)
    {
        var roles = person.Roles.Count == 0 ? "no role" : string.Join(", ", person.Roles);
        var offices = person.Offices.Count == 0 ? string.Empty : $"; offices {string.Join(", ", person.Offices)}";
        var identity = person.Subject ?? person.Email;
        return $"{person.Id}: {person.Name}; {roles}{offices}; {person.City ?? "all cities"}{(identity is null ? string.Empty : $"; {identity}")}"
            + (person.Enabled ? string.Empty : "; DISABLED");
    }
}
