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
    /// <summary>Where backups are written; null when none are made.</summary>
    public string? Backups { get; init; }

    /// <summary>What to type.</summary>
    public const string Usage =
        """
        usage: Quartier.Silo [--data DIR] [--http ADDRESS:PORT] [--mqtt ADDRESS:PORT] [--dashboard DIR] [--backups DIR] [--stop-with-stdin]
          --data DIR            where everything is stored                       (default ./data/city)
          --http ADDRESS:PORT   page and API, loopback only                      (default 127.0.0.1:8080)
          --mqtt ADDRESS:PORT   gateways, loopback only until TLS is configured  (default 127.0.0.1:1883)
          --dashboard DIR       the built page                                   (default: found by itself)
          --backups DIR         where backups are written                        (default: none are made)
          --stop-with-stdin     stop when standard input ends
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
                "--backups" => options with { Backups = Path.GetFullPath(Value(args, ref i)) },
                "--stop-with-stdin" => options with { StopWithStdin = true },
                var unknown => throw new ArgumentException($"Unknown argument '{unknown}'.{Environment.NewLine}{Usage}"),
            };
        }

        return options with { DataDirectory = Path.GetFullPath(options.DataDirectory) };
    }

    private static string Value(IReadOnlyList<string> args, ref int index)
    {
        if (index + 1 >= args.Count)
        {
            throw new ArgumentException($"{args[index]} needs a value.{Environment.NewLine}{Usage}");
        }

        return args[++index];
    }

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
