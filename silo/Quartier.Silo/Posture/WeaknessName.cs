namespace Quartier.Silo.Posture;

/// <summary>The weaknesses by the names under which they are accepted (<c>--accept-weakness NAME</c>) and described in docs/security.md.</summary>
internal static class WeaknessName
{
    /// <summary>Page and API without TLS beyond this machine.</summary>
    public const string PlaintextHttp = "plaintext-http";

    /// <summary>MQTT without TLS beyond this machine.</summary>
    public const string PlaintextMqtt = "plaintext-mqtt";

    /// <summary>The certificate's key can be read by others.</summary>
    public const string OpenKeyFile = "open-key-file";

    /// <summary>On this machine anybody may publish for gateways without a credential, although others reach it.</summary>
    public const string LocalGateways = "local-gateways";

    /// <summary>All of them.</summary>
    public static readonly string[] All = [PlaintextHttp, PlaintextMqtt, OpenKeyFile, LocalGateways];
}
