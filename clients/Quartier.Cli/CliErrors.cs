using Quartier.Client;
using Quartier.Gateway.Commands;

namespace Quartier.Cli;

/// <summary>Turns expected failures into text on standard error and an exit code.</summary>
internal static class CliErrors
{
    /// <summary>Runs an action and reports what it may expectedly throw.</summary>
    /// <param name="action">Returns the exit code.</param>
    /// <param name="file">Named before the lines of a registry file's problems.</param>
    public static Task<int> GuardAsync(Func<Task<int>> action, string? file = null) => CommandErrors.GuardAsync(async () =>
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (QuartierProblemException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message).ConfigureAwait(false);
            foreach (var problem in exception.Problems)
            {
                await Console.Error.WriteLineAsync($"{file}:{problem.Line}:{problem.Column}: {problem.Message}").ConfigureAwait(false);
            }

            return CommandErrors.Failed;
        }
        catch (SiloException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message).ConfigureAwait(false);
            return CommandErrors.Failed;
        }
    });
}
