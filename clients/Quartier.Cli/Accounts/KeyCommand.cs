using System.CommandLine;
using System.Globalization;
using Quartier.Client;
using Quartier.Client.Accounts;

namespace Quartier.Cli.Accounts;

/// <summary><c>key create | list | revoke</c>.</summary>
internal static class KeyCommand
{
    public static Command Create() => new("key", "API keys for programs, of a person or of a contract.") { Make(), List(), Revoke() };

    private static Command Make()
    {
        var person = new Option<string?>("--person") { Description = "Id of the person to whom the key belongs." };
        var contract = new Option<string?>("--contract") { Description = "Id of the contract under which the key reads; with --city." };
        var city = new Option<string?>("--city") { Description = "Id of the contract's city." };
        var until = Until();
        var server = ServerOptions.Server();
        var command = new Command("create", "Make a key and show it, this once.") { person, contract, city, until, server };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var request = new KeyRequest(
                arguments.GetValue(person), arguments.GetValue(contract), arguments.GetValue(city), EndOf(arguments.GetValue(until)));
            var made = await new QuartierClient(http).Accounts.CreateKeyAsync(request, cancellation).ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"{Describe(made.Item)}\nThe key follows; it is not kept and cannot be shown again:").ConfigureAwait(false);
            await Console.Out.WriteLineAsync(made.Key).ConfigureAwait(false);
            return 0;
        }));
        return command;
    }

    private static Command List()
    {
        var server = ServerOptions.Server();
        var command = new Command("list", "List all keys, without their secrets.") { server };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var keys = await new QuartierClient(http).Accounts.GetKeysAsync(cancellation).ConfigureAwait(false);
            return await ListedLines.WriteAsync(keys.Select(Describe), "There is no key. Make one: quartier key create").ConfigureAwait(false);
        }));
        return command;
    }

    private static Command Revoke()
    {
        var id = new Argument<string>("KEY") { Description = "Id of the key: the part between the first two '_'." };
        var server = ServerOptions.Server();
        var command = new Command("revoke", "Revoke a key at once; what is open by it ends.") { id, server };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var key = await new QuartierClient(http).Accounts.RevokeKeyAsync(arguments.GetValue(id)!, cancellation).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(Describe(key)).ConfigureAwait(false);
            return 0;
        }));
        return command;
    }

    private static Option<DateOnly> Until()
    {
        var option = new Option<DateOnly>("--until") { Description = "Last day (UTC) of the key, such as 2027-06-30; at most two years away.", Required = true };
        option.CustomParser = result =>
        {
            if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return day;
            }

            result.AddError($"--until is '{result.Tokens[0].Value}'; it must be a day like 2027-06-30.");
            return default;
        };
        return option;
    }

    private static DateTimeOffset EndOf(DateOnly day) => new(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);

    private static string Describe(ApiKey key)
    {
        var holder = key.Person is { } person ? $"person {person}" : $"contract {key.Contract} of {key.City}";
        return string.Create(CultureInfo.InvariantCulture, $"{key.Id}: {holder}; {key.State}; until {key.Until:u}; last used {key.LastUsed ?? "never"}");
    }
}
