using System.Globalization;
using Quartier.Benchmarks.Mqtt;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Domain.Policies;

namespace Quartier.Benchmarks.Policies;

/// <summary>
/// Decisions over 50 stream entries, 200 grants and 10,000 sensors, in CPU time of one thread: requests of all kinds of principal, about one in eight
/// permitted. Verified by a second policy with its entries in reverse order, which must answer every request alike.
/// </summary>
internal static class DecisionBench
{
    private const int Requests = 8192;

    public static Task<PolicyFigures> RunAsync(TimeSpan duration, CancellationToken cancellation) => Task.FromResult(Figures(duration, cancellation));

    private static PolicyFigures Figures(TimeSpan duration, CancellationToken cancellation)
    {
        var city = new BenchPolicy();
        var (policy, registry) = (city.Policy(), city.Registry());
        var began = ThreadCpu.Seconds();
        var compiled = CompiledPolicy.Compile(policy, registry, BenchPolicy.District);
        var compileMs = (ThreadCpu.Seconds() - began) * 1000;
        var requests = Enumerable.Range(0, Requests).Select(city.Request).ToArray();
        var permitted = requests.Where(r => compiled.Decide(r, BenchPolicy.Now).Permitted).ToArray();
        var denied = requests.Where(r => !compiled.Decide(r, BenchPolicy.Now).Permitted).ToArray();

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{policy.Merged.Streams.Length} stream entries, {policy.Merged.Grants.Length} grants, {registry.City.Sensors.Length:N0} sensors; compiled in {compileMs:N0} ms; {(double)permitted.Length / Requests:P0} of {Requests:N0} requests permitted"));
        Console.WriteLine("requests  |   µs each | bytes each");
        _ = Measure(compiled, requests, TimeSpan.FromSeconds(1), cancellation);
        var (all, allBytes) = Row("all", compiled, requests, duration, cancellation);
        var (permit, _) = Row("permitted", compiled, permitted, duration, cancellation);
        var (denial, _) = Row("denied", compiled, denied, duration, cancellation);
        var values = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["decision_us"] = Math.Round(all, 3),
            ["decisions_per_second"] = Math.Round(1e6 / all),
            ["decision_permitted_us"] = Math.Round(permit, 3),
            ["decision_denied_us"] = Math.Round(denial, 3),
            ["decision_bytes"] = Math.Round(allBytes),
            ["policy_compile_ms"] = Math.Round(compileMs, 1),
        };
        return new PolicyFigures(values, Verify(compiled, policy, registry, requests) && permitted.Length > Requests / 10 && denied.Length > Requests / 10);
    }

    private static (double Us, double Bytes) Row(string name, CompiledPolicy policy, ReadRequest[] requests, TimeSpan duration, CancellationToken cancellation)
    {
        var (us, bytes) = Measure(policy, requests, duration, cancellation);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-9} | {us,9:N3} | {bytes,10:N0}"));
        return (us, bytes);
    }

    private static (double Us, double Bytes) Measure(CompiledPolicy policy, ReadRequest[] requests, TimeSpan duration, CancellationToken cancellation)
    {
        var (count, permitted) = (0L, 0L);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var began = ThreadCpu.Seconds();
        var used = 0d;
        while (used < duration.TotalSeconds)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var request in requests)
            {
                permitted += policy.Decide(request, BenchPolicy.Now).Permitted ? 1 : 0;
            }

            count += requests.Length;
            used = ThreadCpu.Seconds() - began;
        }

        // The sum is used, so that no decision can be left out.
        return permitted < 0 ? default : (used * 1e6 / count, (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / count);
    }

    private static bool Verify(CompiledPolicy compiled, EffectivePolicy policy, RegistrySnapshot registry, ReadRequest[] requests)
    {
        var merged = policy.Merged;
        var reversed = merged with
        {
            Streams = [.. merged.Streams.Reverse()],
            Grants = [.. merged.Grants.Reverse()],
            Purposes = [.. merged.Purposes.Reverse()],
            Denials = [.. merged.Denials.Reverse()],
        };
        var other = CompiledPolicy.Compile(policy with { Merged = reversed }, registry, BenchPolicy.District);
        return requests.All(r => compiled.Decide(r, BenchPolicy.Now).Equals(other.Decide(r, BenchPolicy.Now)));
    }
}
