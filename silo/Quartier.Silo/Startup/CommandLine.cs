using System.Globalization;
using System.Net;
using Quartier.Mqtt;
using Quartier.Silo.Ingest;
using Quartier.Silo.Posture;
using Quartier.Silo.Tls;

namespace Quartier.Silo.Startup;

/// <summary>Reads what the program is told: the command line, and a file of the same options before it.</summary>
internal static class CommandLine
{
    /// <summary>What to type.</summary>
    public const string Usage =
        """
        usage: Quartier.Silo [--config FILE] [OPTION VALUE]…
          --config FILE         a JSON object of the options below without their dashes; the command line comes after it
          --data DIR            where everything is stored                       (default ./data/city)
          --http ADDRESS:PORT   page and API without TLS, loopback only          (default 127.0.0.1:8080)
          --https ADDRESS:PORT  page and API with TLS                            (default: none)
          --mqtt ADDRESS:PORT   gateways without TLS, loopback only              (default 127.0.0.1:1883)
          --mqtts ADDRESS:PORT  gateways with TLS                                (default: none)
          --tls-certificate FILE --tls-key FILE   the server's certificate with its chain, and its key (PEM)
          --tls-pfx FILE        both in one file (PKCS #12)
          --tls-password-file FILE   the password of the key or PFX file
          --host-name NAME      a name by which others address page and API; repeat it for several; needed beyond loopback
          --read-origin ORIGIN  pages of this origin may read /v1.1 and /open as the public; * for all; repeat it for several
          --gateways MODE       credentials: every client proves itself; local: on this machine gateways without a credential may publish
                                (default: local while nothing listens beyond loopback, then credentials)
          --gateway-messages N  messages a second of each gateway, 0 for no limit (default 10000)
          --gateway-bytes N     bytes a second of each gateway, 0 for no limit   (default 2097152)
          --public-rate N       requests a second of each address without an account, 0 for no limit; not of callers on the machine (default 100)
          --account-rate N      requests a second of each account, 0 for no limit; what is written to the SensorThings API counts a tenth (default 1000)
          --dear-caller N       dear requests of one account or address at once (default 3); refused with 429 beyond
          --dear-public N       those of all without an account                  (default 6)
          --dear-all N          those of all                                     (default 10)
          --accept-weakness NAME     start although of: plaintext-http, plaintext-mqtt, open-key-file, local-gateways; repeat it for several
          --dashboard DIR       the built page                                   (default: found by itself)
          --ledger-checkpoints DIR   copies of the ledgers' signed checkpoints; best on another machine's disk (default: none)
          --backups DIR         where backups are written                        (default: none are made)
          --stop-with-stdin     stop when standard input ends
          --oidc-issuer URL     persons sign in by OpenID Connect at this issuer: https, or http on loopback
          --oidc-client-id ID   what the issuer calls this installation
          --oidc-client-secret-file FILE   readable by its owner alone; left out for a public client
        """;

    private const int RateMost = 1_000_000_000;

    /// <summary>Dear requests at once: each may use a core for seconds, and more of them end no sooner.</summary>
    private const int PlacesMost = 1_000;

    /// <summary>Reads it.</summary>
    /// <exception cref="ArgumentException">An argument is unknown, incomplete or not acceptable; the message says which and why.</exception>
    public static SiloOptions Parse(IReadOnlyList<string> args)
    {
        var file = args.Count > 1 && string.Equals(args[0], "--config", StringComparison.Ordinal) ? ConfigurationFile.Read(args[1]) : null;
        IReadOnlyList<string> all = file is null ? args : [.. file.Arguments, .. args.Skip(2)];
        var draft = new SiloDraft(new SiloOptions(
            Path.Combine("data", "city"), new(IPAddress.Loopback, 8080), new(IPAddress.Loopback, 1883), null, StopWithStdin: false)
        {
            MqttLimits = file?.MqttLimits ?? new MqttOptions(),
        });
        for (var i = 0; i < all.Count; i++)
        {
            draft = Take(draft, all, ref i);
        }

        return Complete(draft);
    }

    private static SiloDraft Take(SiloDraft draft, IReadOnlyList<string> args, ref int i)
    {
        var name = args[i];
        if (string.Equals(name, "--stop-with-stdin", StringComparison.Ordinal))
        {
            return draft with { Options = draft.Options with { StopWithStdin = true } };
        }

        if (!draft.Knows(name))
        {
            throw new ArgumentException(string.Equals(name, "--config", StringComparison.Ordinal)
                ? $"--config FILE comes first, and once.{Environment.NewLine}{Usage}"
                : $"Unknown argument '{name}'.{Environment.NewLine}{Usage}");
        }

        if (i + 1 >= args.Count)
        {
            throw new ArgumentException($"{name} needs a value.{Environment.NewLine}{Usage}");
        }

        return draft.With(name, args[++i]);
    }

    private static SiloOptions Complete(SiloDraft draft)
    {
        var options = draft.Options with { DataDirectory = Path.GetFullPath(draft.Options.DataDirectory), Tls = Tls(draft) };
        options = options with
        {
            Gateways = draft.Gateways ?? (options.IsReachable ? GatewayMode.Credentials : GatewayMode.Local),
            GatewayRate = new GatewayRate(draft.GatewayMessages ?? GatewayRate.UsualMessages, draft.GatewayBytes ?? GatewayRate.UsualBytes),
        };
        CheckOidc(options);
        CheckTls(options);
        if (File.Exists(options.DataDirectory))
        {
            throw new ArgumentException($"--data {options.DataDirectory} is a file. Name a directory, or one that does not exist yet.");
        }

        if (options.LedgerCheckpoints is { } outside && IsWithin(outside, options.DataDirectory))
        {
            throw new ArgumentException(
                $"--ledger-checkpoints {outside} lies in the data directory {options.DataDirectory}: whoever changes one could change the other. Name a directory elsewhere.");
        }

        StartWeaknesses.Refuse(options);
        CheckHostNames(options);
        return options;
    }

    private static void CheckOidc(SiloOptions options)
    {
        if (options.OidcIssuer is null != options.OidcClientId is null || (options.OidcIssuer is null && options.OidcClientSecretFile is not null))
        {
            throw new ArgumentException("OpenID Connect needs both --oidc-issuer and --oidc-client-id.");
        }
    }

    private static void CheckTls(SiloOptions options)
    {
        var needsTls = options.Https is not null || options.Mqtts is not null;
        if (needsTls != options.Tls is not null)
        {
            throw new ArgumentException(needsTls
                ? "--https and --mqtts need a certificate: --tls-certificate FILE with --tls-key FILE, or --tls-pfx FILE."
                : "A certificate is named, and nothing listens with it: add --https or --mqtts.");
        }
    }

    private static void CheckHostNames(SiloOptions options)
    {
        if (options.IsHttpReachable && options.HostNames.Count == 0)
        {
            throw new ArgumentException(
                "Page and API listen beyond loopback: name each name by which they are addressed, such as --host-name quartier.example. Requests with other names are refused.");
        }
    }

    private static TlsFiles? Tls(SiloDraft draft)
    {
        var (certificate, key, pfx) = (draft.TlsCertificate, draft.TlsKey, draft.TlsPfx);
        if (certificate is null != key is null || (certificate is not null && pfx is not null) || (draft.TlsPasswordFile is not null && certificate is null && pfx is null))
        {
            throw new ArgumentException("TLS needs --tls-certificate FILE and --tls-key FILE, or --tls-pfx FILE alone; --tls-password-file goes with either.");
        }

        if ((certificate ?? pfx) is not { } main)
        {
            return null;
        }

        var files = new TlsFiles(main, key, draft.TlsPasswordFile);
        return files.All.FirstOrDefault(f => !File.Exists(f)) is { } missing ? throw new ArgumentException($"The file {missing} is missing.") : files;
    }

    private static bool IsWithin(string path, string directory) =>
        (path + Path.DirectorySeparatorChar).StartsWith(directory.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>An address with its port.</summary>
    internal static IPEndPoint Address(string name, string value) =>
        IPEndPoint.TryParse(value, out var endpoint) && value.Contains(':', StringComparison.Ordinal)
            ? endpoint
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} takes ADDRESS:PORT, for example 127.0.0.1:8080, not '{value}'."));

    /// <summary>An issuer's address.</summary>
    internal static string Issuer(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            ? value
            : throw new ArgumentException($"--oidc-issuer takes an https address, such as https://login.example, not '{value}'. Plain http is taken on loopback only.");

    /// <summary>The name of a host, with or without a port.</summary>
    internal static string HostName(string value) =>
        Uri.TryCreate("https://" + value, UriKind.Absolute, out var uri)
        && uri.AbsolutePath == "/" && uri.UserInfo.Length == 0 && !value.Contains('/', StringComparison.Ordinal) && value.Trim().Length == value.Length
            ? value
            : throw new ArgumentException($"--host-name takes a name with or without a port, such as quartier.example, not '{value}'.");

    /// <summary>An origin of pages, or all.</summary>
    internal static string Origin(string value) =>
        value == "*" || (Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && value == uri.GetLeftPart(UriPartial.Authority))
            ? value
            : throw new ArgumentException($"--read-origin takes an origin such as https://maps.example.org, without a path, or *, not '{value}'.");

    /// <summary>What a gateway or an address may send.</summary>
    internal static int Rate(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) && rate <= RateMost
            ? rate
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} takes a whole number from 0 to {RateMost}, not '{value}'."));

    /// <summary>How many dear requests may be open.</summary>
    internal static int Places(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var places) && places is >= 1 and <= PlacesMost
            ? places
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} takes a whole number from 1 to {PlacesMost}, not '{value}'."));

    /// <summary>Whether gateways prove themselves.</summary>
    internal static GatewayMode Mode(string value) => value switch
    {
        "local" => GatewayMode.Local,
        "credentials" => GatewayMode.Credentials,
        _ => throw new ArgumentException($"--gateways takes 'local' or 'credentials', not '{value}'."),
    };

    /// <summary>A weakness by its name.</summary>
    internal static string WeaknessOf(string value) => WeaknessName.All.Contains(value, StringComparer.Ordinal)
        ? value
        : throw new ArgumentException($"--accept-weakness knows {string.Join(", ", WeaknessName.All)}, not '{value}'.");
}
