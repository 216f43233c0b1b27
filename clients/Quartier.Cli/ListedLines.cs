namespace Quartier.Cli;

/// <summary>A list on standard output. An empty one says so on standard error: silence could as well mean that something was not understood.</summary>
internal static class ListedLines
{
    /// <summary>Writes them; the exit code.</summary>
    /// <param name="lines">One for each thing of the list.</param>
    /// <param name="none">What to say when there are none.</param>
    public static async Task<int> WriteAsync(IEnumerable<string> lines, string none)
    {
        var count = 0;
        foreach (var line in lines)
        {
            await Console.Out.WriteLineAsync(line).ConfigureAwait(false);
            count++;
        }

        if (count == 0)
        {
            await Console.Error.WriteLineAsync(none).ConfigureAwait(false);
        }

        return 0;
    }
}
