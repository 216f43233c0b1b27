using Microsoft.Extensions.Logging;

namespace Quartier.Grains;

internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Warning, "{Count} alerts, the first of them {AlertId}, could not be recorded by their district; next try in {PauseMs} ms.")]
    public static partial void AlertNotRecorded(ILogger logger, Exception error, int count, string alertId, double pauseMs);

    [LoggerMessage(1002, LogLevel.Warning, "The snapshot of {GrainKey} could not be saved; recovery will replay more readings until the next one is.")]
    public static partial void SnapshotNotSaved(ILogger logger, Exception error, string grainKey);

    [LoggerMessage(1003, LogLevel.Warning, "Readings of {GrainKey} did not reach its asset {Asset}; it catches up from the store.")]
    public static partial void AssetNotReached(ILogger logger, Exception error, string grainKey, string asset);

    [LoggerMessage(1004, LogLevel.Warning, "Sensor {Sensor} could not be asked to check its silence.")]
    public static partial void SilenceNotChecked(ILogger logger, Exception error, string sensor);

    [LoggerMessage(1005, LogLevel.Warning, "The refusals of city {City} could not be saved; the next try follows in ten seconds.")]
    public static partial void RefusalsNotSaved(ILogger logger, Exception error, string city);

    [LoggerMessage(1007, LogLevel.Error, "{Count} grains of city {City} could not be told of the new registry, the last one for this reason; they are told again in {PauseSeconds} s.")]
    public static partial void ChangeNotTold(ILogger logger, Exception? error, int count, string city, double pauseSeconds);

    [LoggerMessage(1008, LogLevel.Warning, "Who has been told of the new registry of city {City} could not be saved; some are told once more after the next start.")]
    public static partial void AnnouncementsNotSaved(ILogger logger, Exception error, string city);

    [LoggerMessage(1020, LogLevel.Error, "What came into force in city {City} could not be recorded in the ledger, so it is not in force; the next try follows in ten seconds.")]
    public static partial void PolicyNotRecorded(ILogger logger, Exception error, string city);

    [LoggerMessage(1021, LogLevel.Information, "Version {Version} of policy {Document} is in force.")]
    public static partial void PolicyInForce(ILogger logger, long version, string document);

    [LoggerMessage(1022, LogLevel.Error, "A grain of city {City} could not be told of the new policy; the next try follows in ten seconds.")]
    public static partial void PolicyNotTold(ILogger logger, Exception error, string city);

    [LoggerMessage(1023, LogLevel.Error, "Version {Version} of the policy of {Document} cannot be read by this program; what it covers is in quarantine until another version is in force.")]
    public static partial void PolicyUnreadable(ILogger logger, long version, string document);

    [LoggerMessage(1024, LogLevel.Warning, "City {City}: that a policy is recorded as in force could not be noted; after a restart it may be recorded a second time.")]
    public static partial void PolicyProgressNotSaved(ILogger logger, Exception error, string city);

    [LoggerMessage(1020, LogLevel.Error, "The nightly retention stopped; it goes on where it stood within a minute.")]
    public static partial void RetentionStopped(ILogger logger, Exception error);

    [LoggerMessage(1021, LogLevel.Critical, "The retention run {Night} cannot certify its deletion: {Incident}")]
    public static partial void RetentionIncident(ILogger logger, string night, string incident);

    [LoggerMessage(1006, LogLevel.Information, "Registry version {Version} of city {City} is in force: {Changes} changes.")]
    public static partial void RegistryApplied(ILogger logger, long version, string city, int changes);

    [LoggerMessage(1009, LogLevel.Information, "Registry version {Version} of city {City} is in force, changed beside the file: {Changes} changes.")]
    public static partial void RegistryAmended(ILogger logger, long version, string city, int changes);
}
