using System.Collections.Immutable;
using System.Text;
using Quartier.Contracts.Registry;
using Quartier.Domain.Decoders;

namespace Quartier.Domain.Registry;

/// <summary>Reads bridges. Secrets are names of files and nothing else: whoever writes a registry must not be able to send any file of the machine anywhere.</summary>
internal sealed class BridgeReader(IReadOnlyList<GatewayDefinition> gateways, Registered registered)
{
    public static readonly string[] Keys =
    [
        "id", "name", "gateway", "host", "port", "clientId", "user", "passwordFile", "authorityFile", "certificateFile", "keyFile", "subscribe",
        "keepAlive", "plaintext",
    ];

    private const int TlsPort = 8883;
    private const int PlainPort = 1883;
    private const int MaxFilters = 100;
    private const long DefaultKeepAliveMs = 60_000;
    private const long MaxKeepAliveMs = 3_600_000;
    private const string NamedWeakness = "beyond-loopback";

    public BridgeDefinition Read(Section bridge)
    {
        var gateway = bridge.Reference("gateway", "gateway", registered.Gateways);
        var host = bridge.Text("host");
        var plaintext = ReadPlaintext(bridge, host);
        return new(
            bridge.Text("id"),
            bridge.Text("name"),
            gateway,
            host,
            bridge.Integer("port", 1, ushort.MaxValue) ?? (plaintext ? PlainPort : TlsPort),
            bridge.Text("clientId"),
            bridge.OptionalText("user"),
            ReadFilters(bridge, gateway),
            ReadKeepAlive(bridge))
        {
            PasswordFile = ReadFile(bridge, "passwordFile"),
            AuthorityFile = ReadFile(bridge, "authorityFile"),
            CertificateFile = ReadFile(bridge, "certificateFile"),
            KeyFile = ReadFile(bridge, "keyFile"),
            Plaintext = plaintext,
        };
    }

    private static bool ReadPlaintext(Section bridge, string host)
    {
        var word = bridge.OptionalText("plaintext") ?? "false";
        if (word is not ("true" or "false" or NamedWeakness))
        {
            bridge.Problem("plaintext", $"'plaintext' must be false, true (on loopback) or {NamedWeakness}");
        }

        var isLoopback = host is "localhost" or "127.0.0.1" or "::1";
        if (word is "true" && !isLoopback)
        {
            bridge.Problem(
                "plaintext",
                $"the line to {host} would not be encrypted: readings and password can be read and changed on the way. Use TLS, or name the weakness: plaintext: {NamedWeakness}");
        }

        var tls = Array.Find(["authorityFile", "certificateFile", "keyFile"], key => bridge.Find(key) is not null);
        if (word is not "false" && tls is not null)
        {
            bridge.Problem(tls, $"'{tls}' has no meaning on a line that is not encrypted");
        }

        if (bridge.Find("certificateFile") is null != bridge.Find("keyFile") is null)
        {
            bridge.Problem("id", "'certificateFile' and 'keyFile' belong together");
        }

        if (bridge.Find("passwordFile") is not null && bridge.Find("user") is null)
        {
            bridge.Problem("passwordFile", "a password needs a 'user' [MQTT-3.1.2-22 of 3.1.1]");
        }

        return word is not "false";
    }

    private static long ReadKeepAlive(Section bridge)
    {
        var ms = bridge.Find("keepAlive") is null ? DefaultKeepAliveMs : bridge.Duration("keepAlive", MaxKeepAliveMs);
        if (ms < 1_000)
        {
            bridge.Problem("keepAlive", "'keepAlive' is at least PT1S");
        }

        return ms;
    }

    private ImmutableArray<string> ReadFilters(Section bridge, string gateway)
    {
        if (bridge.Find("subscribe") is null)
        {
            return gateways.FirstOrDefault(g => string.Equals(g.Id, gateway, StringComparison.Ordinal)) is { } known ? TopicMap.Of(known).Filters : [];
        }

        var filters = bridge.Texts("subscribe");
        if (filters.Length is 0 or > MaxFilters)
        {
            bridge.Problem("subscribe", $"{filters.Length} filters; 1 … {MaxFilters} are accepted");
        }

        foreach (var filter in filters.Where(f => !IsFilter(f)))
        {
            bridge.Problem("subscribe", $"'{filter}' is no MQTT filter: '+' is a whole level, '#' the whole last one");
        }

        return filters;
    }

    private static bool IsFilter(string filter)
    {
        var levels = filter.Split('/');
        return Encoding.UTF8.GetByteCount(filter) <= ushort.MaxValue
            && !filter.Contains('\0', StringComparison.Ordinal)
            && levels.Select((level, i) => (level, i)).All(l => l.level is "+" || (l.level is "#" && l.i == levels.Length - 1) || l.level.AsSpan().IndexOfAny("+#") < 0);
    }

    private static string? ReadFile(Section bridge, string key)
    {
        var name = bridge.OptionalText(key);
        if (name is not null && (name.Length > 100 || name.StartsWith('.') || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')))
        {
            bridge.Problem(key, $"'{key}' is the name of a file in the directory bridges/{{city}} of the data directory: letters, digits, '-', '_' and '.', no path");
        }

        return name;
    }
}
