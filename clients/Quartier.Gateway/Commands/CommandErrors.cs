using Quartier.Gateway.Mqtt;
using Quartier.Gateway.Replay;

namespace Quartier.Gateway.Commands;

/// <summary>Turns expected failures into one line on standard error and an exit code.</summary>
public static class CommandErrors
{
    /// <summary>The command could not do what it was asked.</summary>
    public const int Failed = 1;

    /// <summary>Ended by Ctrl+C, as shells number it.</summary>
    public const int Interrupted = 130;

    /// <summary>Runs an action and reports what it may expectedly throw.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MqttConnectionException or SourceFormatException or IOException
            or InvalidDataException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(exception.Message).ConfigureAwait(false);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Interrupted.").ConfigureAwait(false);
            return Interrupted;
        }
    }
}
