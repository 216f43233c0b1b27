using System.CommandLine;
using System.Globalization;
using Quartier.Client;
using Quartier.Client.Registers;

namespace Quartier.Cli.Registers;

/// <summary><c>register</c>: what is measured, by whom, for what, how long it is kept and who has access.</summary>
internal static class RegisterCommand
{
    public static Command Create()
    {
        var server = ServerOptions.Server();
        var city = ServerOptions.City();
        var command = new Command("register", "Show the public register of sensors.") { server, city };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var client = new QuartierClient(http);
            var id = await ServerOptions.ChooseCityAsync(client, arguments.GetValue(city), cancellation).ConfigureAwait(false);
            string? after = null;
            do
            {
                var page = await client.Records.GetRegisterAsync(id, after, cancellation).ConfigureAwait(false);
                foreach (var stream in page.Items)
                {
                    Write(Console.Out, stream);
                }

                after = page.Next;
            }
            while (after is not null);
            return 0;
        }));
        return command;
    }

    /// <summary>Writes what the register says of a datastream.</summary>
    public static void Write(TextWriter output, RegisteredStream stream)
    {
        output.WriteLine($"{stream.Stream}: {stream.Name} ({stream.Sensor}, {stream.District})");
        if (stream.Quarantine)
        {
            output.WriteLine("    QUARANTINE: no policy covers it; kept for one day, read by nobody");
        }

        output.WriteLine($"    {stream.Class}; operator {stream.Operator ?? "not stated"}; office {stream.Office.Name}, {stream.Office.Contact}");
        foreach (var purpose in stream.Purposes)
        {
            output.WriteLine($"    for {purpose.Name}: {purpose.Question} {purpose.LegalBasis}; review {purpose.ReviewDay}{(purpose.ReviewPassed ? " OVERDUE" : string.Empty)}");
        }

        output.WriteLine($"    kept: {string.Join(", ", stream.Retention.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Resolution} {r.Days} days")))}");
        foreach (var access in stream.Access)
        {
            output.WriteLine($"    read by {access.Who.En} for {access.Purpose}: {access.Resolution} per {access.Scope}, until {access.Until}");
        }
    }
}
