using System.CommandLine;
using System.Globalization;
using Quartier.Client;
using Quartier.Client.Gateways;

namespace Quartier.Cli.Gateways;

/// <summary><c>gateway enrol | password | revoke | list</c>.</summary>
internal static class GatewayCommand
{
    public static Command Create() => new("gateway", "How gateways prove themselves: certificates and passwords.") { Enrol(), Password(), Revoke(), List() };

    private static Command Enrol()
    {
        var name = Name();
        var folder = new Option<string>("--out") { Description = "Where key and certificates are written.", DefaultValueFactory = _ => "." };
        var request = new Option<string?>("--csr") { Description = "A certificate request (PEM) of a gateway that keeps its own key; without it a key is made here." };
        var until = new Option<DateOnly?>("--until") { Description = "Last day (UTC) of the certificate; default: two years, at most five." };
        var server = ServerOptions.Server();
        var command = new Command("enrol", "Have a certificate issued for a gateway. The key is made on this machine and goes nowhere.") { name, folder, request, until, server };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var gateway = GatewayPath.Parse(arguments.GetValue(name)!);
            var files = new EnrolmentFiles(arguments.GetValue(folder)!, gateway);
            var asked = arguments.GetValue(request) is { } given ? EnrolmentFiles.Read(given) : files.MakeKey();
            DateTimeOffset? end = arguments.GetValue(until) is { } day ? new(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) : null;
            var made = await IssueAsync(new QuartierClient(http), gateway, new(asked, end), files, cancellation).ConfigureAwait(false);
            await Console.Out.WriteLineAsync($"{Describe(made.Item)}\n{string.Join('\n', files.Write(made))}").ConfigureAwait(false);
            return 0;
        }));
        return command;
    }

    private static async Task<NewGatewayCertificate> IssueAsync(
        QuartierClient client, GatewayPath gateway, GatewayEnrolment enrolment, EnrolmentFiles files, CancellationToken cancellation)
    {
        try
        {
            return await client.Gateways.EnrolAsync(gateway.City, gateway.Gateway, enrolment, cancellation).ConfigureAwait(false);
        }
        catch (QuartierProblemException)
        {
            files.Abandon();
            throw;
        }
    }

    private static Command Password()
    {
        var name = Name();
        var stdin = new Option<bool>("--stdin") { Description = "Take the password from standard input, because devices in the field have it; otherwise one is made." };
        var server = ServerOptions.Server();
        var command = new Command("password", "Give a gateway a new password and show it, this once. The one before ends at once.") { name, stdin, server };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var gateway = GatewayPath.Parse(arguments.GetValue(name)!);
            var chosen = arguments.GetValue(stdin) ? await Console.In.ReadLineAsync(cancellation).ConfigureAwait(false) ?? string.Empty : null;
            var made = await new QuartierClient(http).Gateways.SetPasswordAsync(gateway.City, gateway.Gateway, new(chosen), cancellation).ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"{Describe(made.Item)}\nUser name: {made.UserName}").ConfigureAwait(false);
            if (made.Password is { } password)
            {
                await Console.Error.WriteLineAsync("The password follows; it is not kept and cannot be shown again:").ConfigureAwait(false);
                await Console.Out.WriteLineAsync(password).ConfigureAwait(false);
            }

            return 0;
        }));
        return command;
    }

    private static Command Revoke()
    {
        var name = Name();
        var credential = new Option<string?>("--credential") { Description = "Id of the only credential to end, as 'gateway list' shows it; default: all." };
        var server = ServerOptions.Server();
        var command = new Command("revoke", "End a gateway's credentials at once, and its connections.") { name, credential, server };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var gateway = GatewayPath.Parse(arguments.GetValue(name)!);
            var left = await new QuartierClient(http).Gateways
                .RevokeAsync(gateway.City, gateway.Gateway, arguments.GetValue(credential), cancellation).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(Describe(left)).ConfigureAwait(false);
            return 0;
        }));
        return command;
    }

    private static Command List()
    {
        var server = ServerOptions.Server();
        var city = ServerOptions.City();
        var command = new Command("list", "List a city's gateways and their credentials, without the secrets.") { city, server };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var client = new QuartierClient(http);
            var id = await ServerOptions.ChooseCityAsync(client, arguments.GetValue(city), cancellation).ConfigureAwait(false);
            var gateways = await client.Gateways.GetAsync(id, cancellation).ConfigureAwait(false);
            return await ListedLines.WriteAsync(gateways.Select(Describe), $"{id} has no gateway: apply a registry that names one.").ConfigureAwait(false);
        }));
        return command;
    }

    private static Argument<string> Name() => new("CITY/GATEWAY") { Description = "Ids of city and gateway, such as muenster/verkehr." };

    private static string Describe(CityGateway gateway)
    {
        var known = gateway.Registered ? gateway.Name : "not registered";
        return string.Join("\n  ", gateway.Credentials.Select(Describe).Prepend($"{gateway.UserName}: {gateway.State} ({known})"));
    }

    private static string Describe(GatewayCredential credential)
    {
        var until = credential.Until is { } end ? string.Create(CultureInfo.InvariantCulture, $"; until {end:u}") : string.Empty;
        return $"{credential.Kind} {credential.Id}: {credential.State}{until}; last used {credential.LastUsed ?? "never"}";
    }
}
