using Quartier.Silo.Ingest;

namespace Quartier.Silo.Startup;

/// <summary>What has been said so far, before it is seen as a whole.</summary>
internal sealed record SiloDraft(SiloOptions Options)
{
    private static readonly Dictionary<string, Func<SiloDraft, string, SiloDraft>> s_settings = new(StringComparer.Ordinal)
    {
        ["--data"] = (d, v) => d.Of(o => o with { DataDirectory = v }),
        ["--http"] = (d, v) => d.Of(o => o with { Http = CommandLine.Address("--http", v) }),
        ["--https"] = (d, v) => d.Of(o => o with { Https = CommandLine.Address("--https", v) }),
        ["--mqtt"] = (d, v) => d.Of(o => o with { Mqtt = CommandLine.Address("--mqtt", v) }),
        ["--mqtts"] = (d, v) => d.Of(o => o with { Mqtts = CommandLine.Address("--mqtts", v) }),
        ["--tls-certificate"] = (d, v) => d with { TlsCertificate = Path.GetFullPath(v) },
        ["--tls-key"] = (d, v) => d with { TlsKey = Path.GetFullPath(v) },
        ["--tls-pfx"] = (d, v) => d with { TlsPfx = Path.GetFullPath(v) },
        ["--tls-password-file"] = (d, v) => d with { TlsPasswordFile = Path.GetFullPath(v) },
        ["--host-name"] = (d, v) => d.Of(o => o with { HostNames = [.. o.HostNames, CommandLine.HostName(v)] }),
        ["--read-origin"] = (d, v) => d.Of(o => o with { ReadOrigins = o.ReadOrigins.Add(CommandLine.Origin(v)) }),
        ["--gateways"] = (d, v) => d with { Gateways = CommandLine.Mode(v) },
        ["--gateway-messages"] = (d, v) => d with { GatewayMessages = CommandLine.Rate("--gateway-messages", v) },
        ["--gateway-bytes"] = (d, v) => d with { GatewayBytes = CommandLine.Rate("--gateway-bytes", v) },
        ["--public-rate"] = (d, v) => d.Of(o => o with { Questions = o.Questions with { PublicRate = CommandLine.Rate("--public-rate", v) } }),
        ["--account-rate"] = (d, v) => d.Of(o => o with { Questions = o.Questions with { AccountRate = CommandLine.Rate("--account-rate", v) } }),
        ["--dear-caller"] = (d, v) => d.Of(o => o with { Questions = o.Questions with { Caller = CommandLine.Places("--dear-caller", v) } }),
        ["--dear-public"] = (d, v) => d.Of(o => o with { Questions = o.Questions with { Public = CommandLine.Places("--dear-public", v) } }),
        ["--dear-all"] = (d, v) => d.Of(o => o with { Questions = o.Questions with { All = CommandLine.Places("--dear-all", v) } }),
        ["--accept-weakness"] = (d, v) => d.Of(o => o with { AcceptedWeaknesses = [.. o.AcceptedWeaknesses, CommandLine.WeaknessOf(v)] }),
        ["--dashboard"] = (d, v) => d.Of(o => o with { Dashboard = v }),
        ["--ledger-checkpoints"] = (d, v) => d.Of(o => o with { LedgerCheckpoints = Path.GetFullPath(v) }),
        ["--backups"] = (d, v) => d.Of(o => o with { Backups = Path.GetFullPath(v) }),
        ["--oidc-issuer"] = (d, v) => d.Of(o => o with { OidcIssuer = CommandLine.Issuer(v) }),
        ["--oidc-client-id"] = (d, v) => d.Of(o => o with { OidcClientId = v }),
        ["--oidc-client-secret-file"] = (d, v) => d.Of(o => o with { OidcClientSecretFile = Path.GetFullPath(v) }),
    };

    /// <summary>Names of all settings that take a value.</summary>
    public static IEnumerable<string> Names => s_settings.Keys;

    public string? TlsCertificate { get; init; }

    public string? TlsKey { get; init; }

    public string? TlsPfx { get; init; }

    public string? TlsPasswordFile { get; init; }

    public GatewayMode? Gateways { get; init; }

    public int? GatewayMessages { get; init; }

    public int? GatewayBytes { get; init; }

    /// <summary>Whether there is such a setting.</summary>
    public bool Knows(string name) => s_settings.ContainsKey(name);

    /// <summary>The draft with one setting more.</summary>
    /// <exception cref="ArgumentException">The value is not acceptable; the message says why.</exception>
    public SiloDraft With(string name, string value) => s_settings[name](this, value);

    private SiloDraft Of(Func<SiloOptions, SiloOptions> change) => this with { Options = change(Options) };
}
