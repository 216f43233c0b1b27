using Microsoft.Extensions.Logging;

namespace Quartier.Api;

/// <summary>The API's log messages; event ids 5000 … 5099 are its own and stable.</summary>
internal static partial class Log
{
    [LoggerMessage(5000, LogLevel.Error, "{Method} {Path} failed (trace {Trace}).")]
    public static partial void Unhandled(ILogger logger, string method, string path, string trace, Exception exception);

    [LoggerMessage(5001, LogLevel.Warning, "{Path} was not answered: the store does not serve.")]
    public static partial void StoreUnavailable(ILogger logger, string path, Exception exception);

    [LoggerMessage(5011, LogLevel.Warning, "{Method} {Path} was not answered in time.")]
    public static partial void NotInTime(ILogger logger, string method, string path, Exception exception);

    [LoggerMessage(5002, LogLevel.Debug, "{Path}: the caller went away.")]
    public static partial void RequestAborted(ILogger logger, string path);

    [LoggerMessage(5003, LogLevel.Error, "Health check {Name} failed.")]
    public static partial void HealthCheckFailed(ILogger logger, string name, Exception exception);

    [LoggerMessage(5004, LogLevel.Information, "Registry of {City} is now version {Version}: {Changes} change(s).")]
    public static partial void RegistryApplied(ILogger logger, string city, long version, int changes);

    [LoggerMessage(5005, LogLevel.Warning, "The dashboard is not built: {Path} is missing.")]
    public static partial void DashboardMissing(ILogger logger, string path);

    [LoggerMessage(5006, LogLevel.Warning, "A {Kind} from {Remote} was refused: {Fault}.")]
    public static partial void CredentialRefused(ILogger logger, string kind, string fault, string remote);

    [LoggerMessage(5007, LogLevel.Warning, "The use of a key or session could not be noted.")]
    public static partial void UseNotNoted(ILogger logger, Exception exception);

    [LoggerMessage(5008, LogLevel.Warning, "The identity provider {Issuer} cannot be used: {Reason}")]
    public static partial void IssuerUnusable(ILogger logger, string issuer, string reason);

    [LoggerMessage(5009, LogLevel.Warning, "A sign-in by {Issuer} was refused: {Reason}")]
    public static partial void SignInRefused(ILogger logger, string issuer, string reason);

    [LoggerMessage(5010, LogLevel.Warning, "A {Kind} of {Gateway} was refused. {Detail}")]
    public static partial void GatewayRefused(ILogger logger, string kind, string gateway, string detail);

    [LoggerMessage(5020, LogLevel.Information, "SensorThings entities of {City} follow registry version {Version}: {Count}.")]
    public static partial void Projected(ILogger logger, string city, long version, int count);

    [LoggerMessage(5021, LogLevel.Error, "SensorThings entities of {City} could not follow registry version {Version}: {Refusal}")]
    public static partial void NotProjected(ILogger logger, string city, long version, string refusal);

    [LoggerMessage(5022, LogLevel.Warning, "SensorThings entities could not be brought up to date at start; the next answer tries again.")]
    public static partial void ProjectionFailed(ILogger logger, Exception exception);

    [LoggerMessage(5023, LogLevel.Debug, "Stopped before the SensorThings entities were brought up to date.")]
    public static partial void ProjectionStopped(ILogger logger);

    [LoggerMessage(5024, LogLevel.Error, "Subscribers of the SensorThings API could not be told of a change.")]
    public static partial void NotTold(ILogger logger, Exception exception);
}
