using System.Collections.Immutable;
using System.Net;
using Quartier.Api.Questions;
using Quartier.Mqtt;
using Quartier.Silo.Ingest;
using Quartier.Silo.Startup;
using Quartier.Silo.Tls;

namespace Quartier.Silo;

/// <summary>What the program is told at start.</summary>
/// <param name="DataDirectory">Everything that is stored; created when missing.</param>
/// <param name="Http">Where HTTP is served without TLS; port 0 takes a free one.</param>
/// <param name="Mqtt">Where MQTT is served without TLS; port 0 takes a free one.</param>
/// <param name="Dashboard">The built page, or null to look for it beside the program and in the source tree.</param>
/// <param name="StopWithStdin">Stop when standard input ends: for programs that start this one.</param>
internal sealed record SiloOptions(string DataDirectory, IPEndPoint Http, IPEndPoint Mqtt, string? Dashboard, bool StopWithStdin)
{
    /// <summary>The OpenID Connect issuer by which persons sign in; null for none.</summary>
    public string? OidcIssuer { get; init; }

    /// <summary>What the issuer calls this installation.</summary>
    public string? OidcClientId { get; init; }

    /// <summary>The file that holds the client's secret; null for a public client.</summary>
    public string? OidcClientSecretFile { get; init; }

    /// <summary>Directory outside the data directory to which the ledgers' signed checkpoints are copied; null for none.</summary>
    public string? LedgerCheckpoints { get; init; }

    /// <summary>Where backups are written; null when none are made.</summary>
    public string? Backups { get; init; }

    /// <summary>Origins whose pages may read the SensorThings API and the open data as the public; <c>*</c> for all. None by default.</summary>
    public ImmutableArray<string> ReadOrigins { get; init; } = [];

    /// <summary>Where HTTP is served over TLS; null for nowhere.</summary>
    public IPEndPoint? Https { get; init; }

    /// <summary>Where MQTT is served over TLS; null for nowhere.</summary>
    public IPEndPoint? Mqtts { get; init; }

    /// <summary>The server's certificate and key; null without TLS.</summary>
    public TlsFiles? Tls { get; init; }

    /// <summary>Names by which others address the server.</summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>Whether gateways must prove themselves.</summary>
    public GatewayMode Gateways { get; init; } = GatewayMode.Local;

    /// <summary>Messages and bytes a second of each gateway that proves itself.</summary>
    public GatewayRate GatewayRate { get; init; } = new(GatewayRate.UsualMessages, GatewayRate.UsualBytes);

    /// <summary>How many dear requests may be open at once.</summary>
    public QuestionLimits Questions { get; init; } = QuestionLimits.Default;

    /// <summary>Weaknesses that the operator accepts by name.</summary>
    public IReadOnlyList<string> AcceptedWeaknesses { get; init; } = [];

    /// <summary>The limits of the MQTT endpoint.</summary>
    public MqttOptions MqttLimits { get; init; } = new();

    /// <summary>Whether other machines reach anything of it.</summary>
    public bool IsReachable => new[] { Http, Mqtt, Https, Mqtts }.Any(e => e is not null && !IPAddress.IsLoopback(e.Address));

    /// <summary>Whether other machines reach page and API.</summary>
    public bool IsHttpReachable => new[] { Http, Https }.Any(e => e is not null && !IPAddress.IsLoopback(e.Address));

    /// <summary>Reads the command line, and the configuration file that it names.</summary>
    /// <exception cref="ArgumentException">An argument is unknown, incomplete or not acceptable; the message says which and why.</exception>
    public static SiloOptions Parse(IReadOnlyList<string> args) => CommandLine.Parse(args);
}
