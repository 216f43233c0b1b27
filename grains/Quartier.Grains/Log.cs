using Microsoft.Extensions.Logging;

namespace Quartier.Grains;

internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Warning, "Alert {AlertId} could not be recorded by its district; next try in {PauseMs} ms.")]
    public static partial void AlertNotRecorded(ILogger logger, Exception error, string alertId, double pauseMs);

    [LoggerMessage(1002, LogLevel.Warning, "The snapshot of {GrainKey} could not be saved; recovery will replay more readings until the next one is.")]
    public static partial void SnapshotNotSaved(ILogger logger, Exception error, string grainKey);

    [LoggerMessage(1003, LogLevel.Warning, "Readings of {GrainKey} did not reach its asset {Asset}; it catches up from the store.")]
    public static partial void AssetNotReached(ILogger logger, Exception error, string grainKey, string asset);

    [LoggerMessage(1004, LogLevel.Warning, "Sensor {Sensor} could not be asked to check its silence.")]
    public static partial void SilenceNotChecked(ILogger logger, Exception error, string sensor);

    [LoggerMessage(1005, LogLevel.Warning, "The refusals of city {City} could not be saved; the next try follows in ten seconds.")]
    public static partial void RefusalsNotSaved(ILogger logger, Exception error, string city);

    [LoggerMessage(1007, LogLevel.Error, "A grain of city {City} could not be told of the new registry; it takes it up with its next reading or start.")]
    public static partial void ChangeNotTold(ILogger logger, Exception error, string city);

    [LoggerMessage(1020, LogLevel.Error, "The nightly retention stopped; it goes on where it stood within a minute.")]
    public static partial void RetentionStopped(ILogger logger, Exception error);

    [LoggerMessage(1021, LogLevel.Critical, "The retention run {Night} cannot certify its deletion: {Incident}")]
    public static partial void RetentionIncident(ILogger logger, string night, string incident);

    [LoggerMessage(1006, LogLevel.Information, "Registry version {Version} of city {City} is in force: {Changes} changes.")]
    public static partial void RegistryApplied(ILogger logger, long version, string city, int changes);
}
