using System.CommandLine;
using System.Net;
using Quartier.Gateway.Credentials;

namespace Quartier.Gateway.Commands;

/// <summary>The options by which gateways prove themselves, and by which the silo does.</summary>
internal sealed class CredentialOptions(Option<ServerAddress> mqtt)
{
    private readonly Option<string?> credentials = new("--credentials")
    {
        Description = "Folder with {city}-{gateway}.password, or {city}-{gateway}.crt and .key as 'quartier gateway enrol --out' writes them, for each gateway.",
    };

    private readonly Option<bool> tls = new("--tls") { Description = "Connect with TLS; the silo's certificate must come from an authority of this machine or of --ca." };
    private readonly Option<string?> authority = new("--ca") { Description = "File with the authorities, in PEM, that may have signed the silo's certificate. Implies --tls." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(credentials);
        command.Options.Add(tls);
        command.Options.Add(authority);
        command.Validators.Add(result =>
        {
            if (result.GetValue(credentials) is not null && !result.GetValue(tls) && result.GetValue(authority) is null && !IsLocal(result.GetValue(mqtt).Host))
            {
                result.AddError("Credentials would cross the network in clear: add --tls or --ca.");
            }
        });
    }

    /// <summary>What was given.</summary>
    /// <exception cref="IOException">A file or folder is missing or unusable.</exception>
    public (GatewayCredentials Credentials, ServerTrust? Trust) Read(ParseResult arguments)
    {
        var folder = arguments.GetValue(credentials);
        var file = arguments.GetValue(authority);
        return (
            folder is null ? GatewayCredentials.None : GatewayCredentials.In(folder),
            file is not null ? new ServerTrust(GatewayCredentials.Authorities(file)) : arguments.GetValue(tls) ? new ServerTrust(null) : null);
    }

    private static bool IsLocal(string host) =>
        host is "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
