using System.Globalization;
using Quartier.Gateway.Replay;

namespace Quartier.Gateway.Commands;

/// <summary>Says what a replay did, in text.</summary>
public static class ReplayReport
{
    /// <summary>Writes what the import did with each peculiarity of the files, and how often.</summary>
    public static void WriteTraps(TextWriter output, TrapTally traps)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(traps);
        output.WriteLine($"  {"met in the files",-24}{"times",10}  what was done");
        foreach (var trap in Enum.GetValues<Trap>())
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {Words(trap),-24}{traps[trap],10:N0}  {TrapTally.Treatment(trap)}"));
            foreach (var example in NeedsAttention(trap) ? traps.Examples(trap) : [])
            {
                output.WriteLine($"    {example}");
            }
        }
    }

    /// <summary>Writes the totals.</summary>
    public static void WriteResult(TextWriter output, ReplayResult result)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(result);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Readings:N0} readings in {result.Messages:N0} messages of {result.Gateways} gateways in {result.Seconds:0.0} s; "
            + $"{result.AcknowledgedReadings:N0} acknowledged, {result.RefusedMessages:N0} messages refused, "
            + $"p50 {result.Latency.PercentileMs(0.5):0.0} ms, p99 {result.Latency.PercentileMs(0.99):0.0} ms."));
        if (result.LostConnections > 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Connections were lost and made again {result.LostConnections} times."));
        }
    }

    /// <summary>Places are shown where somebody may have to act, not where the source merely has nothing to say.</summary>
    private static bool NeedsAttention(Trap trap) => trap is Trap.UnknownStatus or Trap.SumMismatch or Trap.CarChannel
        or Trap.MoreFreeThanCapacity or Trap.CapacityChanged or Trap.ContradictingRow or Trap.CutRow or Trap.Unreadable or Trap.SkippedHour;

    /// <summary><c>MoreFreeThanCapacity</c> → <c>more free than capacity</c>.</summary>
    private static string Words(Trap trap) => string.Concat(trap.ToString().Select((letter, index) =>
        char.IsUpper(letter) ? (index == 0 ? string.Empty : " ") + char.ToLowerInvariant(letter) : letter.ToString()));
}
