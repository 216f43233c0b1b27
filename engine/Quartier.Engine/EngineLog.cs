using Microsoft.Extensions.Logging;

namespace Quartier.Engine;

/// <summary>What the engine logs. Event ids are stable.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(1001, LogLevel.Warning, "One-way call {Call} failed; its caller does not hear of it. {Untold} others failed since this was last told.")]
    public static partial void OneWayFailed(ILogger log, Exception exception, string call, long untold);

    [LoggerMessage(1002, LogLevel.Error, "A continuation of {Grain} threw outside of any call.")]
    public static partial void TurnFailed(ILogger log, Exception exception, string grain);

    [LoggerMessage(1003, LogLevel.Warning, "Timer callback of {Grain} failed; the timer goes on.")]
    public static partial void TimerFailed(ILogger log, Exception exception, string grain);

    [LoggerMessage(1004, LogLevel.Error, "Activation of {Grain} failed; the calls that waited for it fail.")]
    public static partial void ActivationFailed(ILogger log, Exception exception, string grain);

    [LoggerMessage(1005, LogLevel.Error, "Deactivation of {Grain} failed; the activation ends nevertheless.")]
    public static partial void DeactivationFailed(ILogger log, Exception exception, string grain);

    [LoggerMessage(1006, LogLevel.Warning, "Reminder {Reminder} of {Grain} failed; it fires again after its period.")]
    public static partial void ReminderFailed(ILogger log, Exception exception, string reminder, string grain);

    [LoggerMessage(1007, LogLevel.Information, "Engine started: {Kinds} grain classes, {Interfaces} grain interfaces.")]
    public static partial void Started(ILogger log, int kinds, int interfaces);

    [LoggerMessage(1008, LogLevel.Warning, "Engine stopped before {Left} activations had ended.")]
    public static partial void StoppedEarly(ILogger log, int left);

    [LoggerMessage(1010, LogLevel.Warning, "{Untold} more one-way calls failed than were told; their callers do not hear of it.")]
    public static partial void OneWayAlsoFailed(ILogger log, long untold);

    [LoggerMessage(1009, LogLevel.Debug, "Collected {Count} idle activations.")]
    public static partial void Collected(ILogger log, int count);
}
