namespace Quartier.Silo;

internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Error, "Registry version {Version} of city {City} cannot be read by this program (line {Line}: {Problem}); its sensors are refused until it is applied again.")]
    public static partial void RegistryUnreadable(ILogger logger, string city, long version, int line, string problem);

    [LoggerMessage(3002, LogLevel.Information, "All registered grains are awake after {Seconds:F1} s; {Failed} could not be woken.")]
    public static partial void Awake(ILogger logger, double seconds, int failed);

    [LoggerMessage(3003, LogLevel.Error, "A grain could not be woken; it is tried again with its next reading.")]
    public static partial void NotAwake(ILogger logger, Exception error);

    [LoggerMessage(3004, LogLevel.Warning, "Refusals of city {City} could not be reported; they are kept and reported again.")]
    public static partial void RefusalsNotReported(ILogger logger, Exception error, string city);

    [LoggerMessage(3005, LogLevel.Error, "What MQTT sessions no longer hold is still on the disk, which refused to remove it; it is tried again in a minute. Is the disk full?")]
    public static partial void RecordsNotRemoved(ILogger logger, Exception error);

    [LoggerMessage(3010, LogLevel.Error, "Version {Version} of the policy of {Document} cannot be read by this program; what it covers is in quarantine until another version is in force.")]
    public static partial void PolicyUnreadable(ILogger logger, long version, string document);

    [LoggerMessage(3020, LogLevel.Information, "The bridge {Bridge} of city {City} is connected (session kept by the broker: {SessionPresent}).")]
    public static partial void BridgeConnected(ILogger logger, string city, string bridge, bool sessionPresent);

    [LoggerMessage(3021, LogLevel.Warning, "The bridge {Bridge} of city {City} is not connected and tries again: {Problem}")]
    public static partial void BridgeBroken(ILogger logger, string city, string bridge, string problem);

    [LoggerMessage(3030, LogLevel.Warning, "The live topics of city {City} cannot be published: too many watch already. It is tried again.")]
    public static partial void LiveNotWatched(ILogger logger, string city);

    [LoggerMessage(3031, LogLevel.Error, "The live topics of city {City} broke and are tried again.")]
    public static partial void LiveBroken(ILogger logger, Exception error, string city);

    [LoggerMessage(3011, LogLevel.Information, "The certificate of {Subject}, valid until {Until}, is in use for new connections.")]
    public static partial void CertificateTakenUp(ILogger logger, string subject, DateTimeOffset until);

    [LoggerMessage(3012, LogLevel.Error, "The certificate's files were changed and cannot be used; the earlier certificate stays in use. {Fault}")]
    public static partial void CertificateKept(ILogger logger, string fault);

    [LoggerMessage(3013, LogLevel.Warning, "Weakness {Name}: {What} {Remedy}")]
    public static partial void WeaknessAccepted(ILogger logger, string name, string what, string remedy);
}
