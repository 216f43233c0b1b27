namespace Quartier.Cli.Demo;

/// <summary>Keeps the last lines of a process's output, for the text of an error.</summary>
internal sealed class LastLines
{
    /// <summary>Enough for a stack trace's head and what led to it.</summary>
    private const int Limit = 30;

    private readonly Lock gate = new();
    private readonly Queue<string> lines = new();

    public void Add(string line)
    {
        lock (gate)
        {
            lines.Enqueue(line);
            if (lines.Count > Limit)
            {
                lines.Dequeue();
            }
        }
    }

    /// <summary>Takes everything until the stream ends, so that the process never waits for a reader.</summary>
    public async Task DrainAsync(StreamReader stream)
    {
        while (await stream.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
        {
            Add(line);
        }
    }

    public override string ToString()
    {
        lock (gate)
        {
            return string.Join('\n', lines);
        }
    }
}
