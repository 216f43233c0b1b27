using System.Globalization;
using Quartier.Gateway.Replay;

namespace Quartier.Gateway.Commands;

/// <summary>Writes a line for each tenth of a replay: short enough for a log, and a sign of life for a person.</summary>
/// <param name="output">Takes the lines.</param>
public sealed class TenthsProgress(TextWriter output)
{
    private readonly Lock gate = new();
    private int next = 1;

    /// <summary>Takes the replay's progress; from any thread.</summary>
    public void Report(ReplayProgress progress)
    {
        lock (gate)
        {
            while (next < 10 && progress.Readings * 10 >= progress.OfReadings * next)
            {
                var day = DateTimeOffset.FromUnixTimeMilliseconds(progress.EventTimeMs).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {next * 10} % · {day} · {progress.Readings:N0} readings"));
                next++;
            }
        }
    }
}
