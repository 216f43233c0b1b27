using System.CommandLine;
using System.Text.Json;
using Quartier.Benchmarks.Ledgers;

namespace Quartier.Benchmarks.Policies;

/// <summary><c>policy</c>: what deciding, recording and proving cost. Each part measures one and adds its figures to the line of JSON.</summary>
internal static class PolicyCommand
{
    private const int FewestEntries = 10_000;
    private const int MostEntries = 100_000_000;

    public static Command Command()
    {
        var seconds = new Option<double>("--seconds") { Description = "How long each row runs.", DefaultValueFactory = _ => 3 };
        var entries = new Option<int>("--entries") { Description = "Entries of the ledger that is written, proved and verified.", DefaultValueFactory = _ => 1_000_000 };
        entries.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() is < FewestEntries or > MostEntries)
            {
                given.AddError($"--entries takes {FewestEntries} to {MostEntries}.");
            }
        });
        var command = new Command("policy", "Decisions by policy: microseconds of CPU time each; what recording and proving cost.") { seconds, entries };
        command.SetAction((parsed, cancellation) => RunAsync(TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(entries), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(TimeSpan duration, int entries, CancellationToken cancellation)
    {
        Func<TimeSpan, CancellationToken, Task<PolicyFigures>>[] parts = [DecisionBench.RunAsync, (time, ends) => LedgerBench.RunAsync(time, entries, ends)];
        var all = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var verified = true;
        foreach (var part in parts)
        {
            var figures = await part(duration, cancellation).ConfigureAwait(false);
            verified &= figures.Verified;
            foreach (var (name, value) in figures.Values)
            {
                all.Add(name, value);
            }
        }

        Console.WriteLine(verified ? "verified" : "NOT VERIFIED: what was measured did not do what it should");
        Console.WriteLine(JsonSerializer.Serialize(all.Select(f => (f.Key, (object)f.Value)).Append(("verified", verified)).ToDictionary(f => f.Item1, f => f.Item2)));
        return verified ? 0 : 1;
    }
}
