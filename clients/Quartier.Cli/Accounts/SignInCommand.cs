using System.CommandLine;
using System.Globalization;
using Quartier.Client;

namespace Quartier.Cli.Accounts;

/// <summary><c>sign-in link | refused | who</c>.</summary>
internal static class SignInCommand
{
    public static Command Create() => new("sign-in", "Links to sign in by, who was refused, and who the commands act as.") { Link(), Refused(), Who() };

    private static Command Link()
    {
        var id = new Argument<string>("PERSON") { Description = "Id of the person." };
        var server = ServerOptions.Server();
        var command = new Command("link", "Make a link that signs the person in once, within an hour.") { id, server };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var made = await new QuartierClient(http).Accounts.CreateSignInLinkAsync(arguments.GetValue(id)!, cancellation).ConfigureAwait(false);
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"For {arguments.GetValue(id)} alone, once, until {made.Until:u}:"))
                .ConfigureAwait(false);
            await Console.Out.WriteLineAsync(made.Link).ConfigureAwait(false);
            return 0;
        }));
        return command;
    }

    private static Command Refused()
    {
        var server = ServerOptions.Server();
        var command = new Command("refused", "List who signed in at the identity provider and is linked to no person.") { server };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var refused = await new QuartierClient(http).Accounts.GetRefusedAsync(cancellation).ConfigureAwait(false);
            return await ListedLines.WriteAsync(
                refused.Select(one => string.Create(
                    CultureInfo.InvariantCulture, $"--issuer {one.Issuer} --subject {one.Subject}  {one.Email ?? "no verified address"}; {one.Count} times, last {one.Last:u}")),
                "Nobody was refused since the silo started.").ConfigureAwait(false);
        }));
        return command;
    }

    private static Command Who()
    {
        var server = ServerOptions.Server();
        var command = new Command("who", "Show as whom the commands act.") { server };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var me = await new QuartierClient(http).Accounts.GetMeAsync(cancellation).ConfigureAwait(false);
            await Console.Out.WriteLineAsync($"{me.Principal} by {me.Credential}; roles: {(me.Roles.Count == 0 ? "none" : string.Join(", ", me.Roles))}").ConfigureAwait(false);
            return 0;
        }));
        return command;
    }
}
