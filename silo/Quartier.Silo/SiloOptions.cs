using System.Collections.Immutable;
using System.Globalization;
using System.Net;

namespace Quartier.Silo;

/// <summary>What the program is told at start.</summary>
/// <param name="DataDirectory">Everything that is stored; created when missing.</param>
/// <param name="Http">Where HTTP is served; port 0 takes a free one.</param>
/// <param name="Mqtt">Where MQTT is served; port 0 takes a free one.</param>
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

    /// <summary>What to type.</summary>
    public const string Usage =
        """
        usage: Quartier.Silo [--data DIR] [--http ADDRESS:PORT] [--mqtt ADDRESS:PORT] [--dashboard DIR] [--ledger-checkpoints DIR] [--backups DIR]
                             [--read-origin ORIGIN]… [--stop-with-stdin] [--oidc-issuer URL --oidc-client-id ID [--oidc-client-secret-file FILE]]
          --data DIR            where everything is stored                       (default ./data/city)
          --http ADDRESS:PORT   page and API, loopback only                      (default 127.0.0.1:8080)
          --mqtt ADDRESS:PORT   gateways, loopback only until TLS is configured  (default 127.0.0.1:1883)
          --dashboard DIR       the built page                                   (default: found by itself)
          --ledger-checkpoints DIR   copies of the ledgers' signed checkpoints; best on another machine's disk (default: none)
          --backups DIR         where backups are written                        (default: none are made)
          --read-origin ORIGIN  pages of this origin may read /v1.1 and /open as the public; * for all; may be given more than once
          --stop-with-stdin     stop when standard input ends
          --oidc-issuer URL     persons sign in by OpenID Connect at this issuer: https, or http on loopback
          --oidc-client-id ID   what the issuer calls this installation
          --oidc-client-secret-file FILE   readable by its owner alone; left out for a public client
        """;

    /// <summary>Reads the command line.</summary>
    /// <exception cref="ArgumentException">An argument is unknown, incomplete or not acceptable; the message says which and why.</exception>
    public static SiloOptions Parse(IReadOnlyList<string> args)
    {
        var options = new SiloOptions(
            Path.Combine("data", "city"), new(IPAddress.Loopback, 8080), new(IPAddress.Loopback, 1883), null, StopWithStdin: false);
        for (var i = 0; i < args.Count; i++)
        {
            options = args[i] switch
            {
                "--data" => options with { DataDirectory = Value(args, ref i) },
                "--http" => options with { Http = Loopback(args[i], Value(args, ref i)) },
                "--mqtt" => options with { Mqtt = Loopback(args[i], Value(args, ref i)) },
                "--dashboard" => options with { Dashboard = Value(args, ref i) },
                "--ledger-checkpoints" => options with { LedgerCheckpoints = Path.GetFullPath(Value(args, ref i)) },
                "--backups" => options with { Backups = Path.GetFullPath(Value(args, ref i)) },
                "--read-origin" => options with { ReadOrigins = options.ReadOrigins.Add(Origin(Value(args, ref i))) },
                "--stop-with-stdin" => options with { StopWithStdin = true },
                "--oidc-issuer" => options with { OidcIssuer = Issuer(Value(args, ref i)) },
                "--oidc-client-id" => options with { OidcClientId = Value(args, ref i) },
                "--oidc-client-secret-file" => options with { OidcClientSecretFile = Path.GetFullPath(Value(args, ref i)) },
                var unknown => throw new ArgumentException($"Unknown argument '{unknown}'.{Environment.NewLine}{Usage}"),
            };
        }

        if (options.OidcIssuer is null != options.OidcClientId is null || (options.OidcIssuer is null && options.OidcClientSecretFile is not null))
        {
            throw new ArgumentException("OpenID Connect needs both --oidc-issuer and --oidc-client-id.");
        }

        options = options with { DataDirectory = Path.GetFullPath(options.DataDirectory) };
        if (options.LedgerCheckpoints is { } outside && IsWithin(outside, options.DataDirectory))
        {
            throw new ArgumentException(
                $"--ledger-checkpoints {outside} lies in the data directory {options.DataDirectory}: whoever changes one could change the other. Name a directory elsewhere.");
        }

        return options;
    }

    private static bool IsWithin(string path, string directory) =>
        (path + Path.DirectorySeparatorChar).StartsWith(directory.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string Value(IReadOnlyList<string> args, ref int index)
    {
        if (index + 1 >= args.Count)
        {
            throw new ArgumentException($"{args[index]} needs a value.{Environment.NewLine}{Usage}");
        }

        return args[++index];
    }

    private static string Origin(string value) =>
        value == "*" || (Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && value == uri.GetLeftPart(UriPartial.Authority))
            ? value
            : throw new ArgumentException($"--read-origin takes an origin such as https://maps.example.org, without a path, or *, not '{value}'.");

    private static string Issuer(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            ? value
            : throw new ArgumentException($"--oidc-issuer takes an https address, such as https://login.example, not '{value}'. Plain http is taken on loopback only.");

    private static IPEndPoint Loopback(string name, string value)
    {
        if (!IPEndPoint.TryParse(value, out var endpoint) || !value.Contains(':', StringComparison.Ordinal))
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"{name} takes ADDRESS:PORT, for example 127.0.0.1:8080, not '{value}'."));
        }

        if (!IPAddress.IsLoopback(endpoint.Address))
        {
            throw new ArgumentException(
                $"{name} {value} is not a loopback address. Without TLS and sign-in the program listens on 127.0.0.1 or [::1] only; " +
                "put it behind nothing that forwards from elsewhere.");
        }

        return endpoint;
    }
}
