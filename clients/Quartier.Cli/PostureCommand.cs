using System.CommandLine;
using System.Globalization;
using Quartier.Client;
using Quartier.Client.Postures;

namespace Quartier.Cli;

/// <summary><c>posture</c>: how the installation stands.</summary>
internal static class PostureCommand
{
    /// <summary>Gateways named: as many as fit on a page; the number says how many there are.</summary>
    private const int NamedMax = 40;

    public static Command Create()
    {
        var server = ServerOptions.Server();
        var command = new Command("posture", "Show weaknesses, listeners, certificates, gateways without a credential and bans; exit code 1 when there is a weakness.") { server };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var posture = await new QuartierClient(http).GetPostureAsync(cancellation).ConfigureAwait(false);
            Write(Console.Out, posture);
            return posture.Weaknesses.Count == 0 ? 0 : 1;
        }));
        return command;
    }

    /// <summary>Writes it for people.</summary>
    public static void Write(TextWriter output, Posture posture)
    {
        foreach (var weakness in posture.Weaknesses)
        {
            output.WriteLine($"weakness {weakness.Name}{(weakness.Accepted ? " (accepted)" : string.Empty)}: {weakness.What} {weakness.Remedy}");
        }

        foreach (var listener in posture.Listeners)
        {
            output.WriteLine($"listens {listener.Name,-6}{listener.Address,-24}{(listener.Encrypted ? "TLS" : "plain"),-7}{(listener.Local ? "this machine" : "network")}");
        }

        foreach (var certificate in posture.Certificates)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"certificate {certificate.Use}: {certificate.Subject}; {certificate.Names}; until {certificate.Until:u}; {certificate.File}"));
            output.WriteLine($"  SHA-256 {certificate.Fingerprint}");
        }

        output.WriteLine($"gateways: {posture.Gateways}, {posture.WithoutCredential.Count} without a credential; mode {posture.GatewayMode}");
        foreach (var gateway in posture.WithoutCredential.Take(NamedMax))
        {
            output.WriteLine("  without: " + gateway);
        }

        foreach (var ban in posture.Banned)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"banned: {ban.Address} for {ban.Seconds} s"));
        }
    }
}
