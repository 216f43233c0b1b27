using System.Net;
using Quartier.Api.Posture;
using Quartier.Silo.Accounts;
using Quartier.Silo.Ingest;

namespace Quartier.Silo.Posture;

/// <summary>What is weak in how the program is told to start. It does not start unless each weakness is named.</summary>
internal static class StartWeaknesses
{
    /// <summary>The weaknesses, accepted or not.</summary>
    /// <exception cref="IOException">A key file cannot be opened.</exception>
    public static IEnumerable<PostureWeakness> Of(SiloOptions options)
    {
        if (!IPAddress.IsLoopback(options.Http.Address))
        {
            yield return Weakness(
                options,
                WeaknessName.PlaintextHttp,
                $"--http {options.Http} is not a loopback address and speaks no TLS: whoever is on the way reads keys, sessions and data, and changes them.",
                "Use --https with --tls-certificate and --tls-key, and leave --http on 127.0.0.1.");
        }

        if (!IPAddress.IsLoopback(options.Mqtt.Address))
        {
            yield return Weakness(
                options,
                WeaknessName.PlaintextMqtt,
                $"--mqtt {options.Mqtt} is not a loopback address and speaks no TLS: whoever is on the way reads passwords and readings, and invents readings.",
                "Use --mqtts with --tls-certificate and --tls-key, and leave --mqtt on 127.0.0.1.");
        }

        if (options.Gateways == GatewayMode.Local && options.IsReachable)
        {
            yield return Weakness(
                options,
                WeaknessName.LocalGateways,
                "--gateways local lets every program on this machine publish for gateways without a credential, while others reach it: a proxy or tunnel on this machine speaks for all of them.",
                "Leave --gateways out, and give gateways on this machine their credentials too.");
        }

        if (options.Tls?.Secret.Select(PrivateFile.OpenTo).FirstOrDefault(f => f is not null) is { } open)
        {
            yield return Weakness(options, WeaknessName.OpenKeyFile, open, "Whoever reads the key can pose as this server.");
        }
    }

    /// <summary>Refuses what nobody accepted by name.</summary>
    /// <exception cref="ArgumentException">There is a weakness that the configuration does not name; the message says which, the remedy, and how to accept it.</exception>
    public static void Refuse(SiloOptions options)
    {
        var refused = Of(options).Where(w => !w.Accepted).ToList();
        if (refused.Count > 0)
        {
            throw new ArgumentException(string.Join(
                Environment.NewLine,
                refused.Select(w => $"{w.What} {w.Remedy} To start all the same, with the weakness shown in the posture: --accept-weakness {w.Name}.")));
        }
    }

    private static PostureWeakness Weakness(SiloOptions options, string name, string what, string remedy) =>
        new(name, what, remedy, options.AcceptedWeaknesses.Contains(name, StringComparer.Ordinal));
}
