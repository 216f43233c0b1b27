using System.Collections.Concurrent;
using Quartier.Api.Http;
using Quartier.Api.Native.Cities;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Registry;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.Native.Districts;

/// <summary>
/// Decisions about readings that are asked aside: to know what to look for, not to show it. Nothing of them goes to the ledger, and whatever is
/// shown is decided on and recorded besides. For everybody without an account they are kept as long as policies and registry are the same, or each of many
/// visitors would have every sensor decided on.
/// </summary>
internal sealed class PublicDecisions(IPolicies policies, IGrainFactory grains, TimeProvider time)
{
    /// <summary>What a decision costs, in readings that are looked at: one or two microseconds, and its part of a call.</summary>
    private const int DecisionCost = 20;

    /// <summary>Cities and purposes of which decisions are kept. Only purposes of a policy count, or strangers could push out the others.</summary>
    private const int KeptMax = 64;

    private readonly ConcurrentDictionary<(string City, string? Purpose, Resolution Resolution), Kept> _kept = new();

    /// <summary>Decides on the streams; null when that costs more than the request may.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="city">Where.</param>
    /// <param name="streams">District and datastream.</param>
    /// <param name="resolution">How fine; the coarsest is permitted by whatever permits anything.</param>
    /// <param name="cost">What the request may cost; null when nobody counts.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task<IReadOnlyDictionary<(string District, string Stream), ReadDecision>?> DecideAsync(
        Caller caller,
        CityIndex city,
        IEnumerable<(string District, string Stream)> streams,
        Resolution resolution,
        IQuestionCost? cost,
        CancellationToken cancellationToken)
    {
        var kept = caller.Principal.Kind == PrincipalKind.Public ? KeptFor(caller.Purpose, city, resolution) : null;
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var found = new Dictionary<(string District, string Stream), ReadDecision>();
        var asked = new List<(string District, string Stream)>();
        foreach (var stream in streams.Distinct())
        {
            if (kept is not null && kept.Decisions.TryGetValue(stream, out var decision) && !(decision.Obligations?.UntilMs <= nowMs))
            {
                found[stream] = decision;
            }
            else
            {
                asked.Add(stream);
            }
        }

        if (asked.Count > 0 && cost?.TrySpend((long)asked.Count * DecisionCost) == false)
        {
            return null;
        }

        foreach (var (stream, decision) in await AskAsync(caller, city, asked, resolution, cancellationToken).ConfigureAwait(false))
        {
            found[stream] = decision;
            if (kept is not null && decision.Reason != DenialReason.PurposeMissing)
            {
                kept.Decisions[stream] = decision;
            }
        }

        return found;
    }

    private async Task<IEnumerable<((string District, string Stream) Stream, ReadDecision Decision)>> AskAsync(
        Caller caller, CityIndex city, List<(string District, string Stream)> asked, Resolution resolution, CancellationToken cancellationToken)
    {
        var batches = asked.GroupBy(s => s.District, StringComparer.Ordinal).SelectMany(g => g.Chunk(Decisions.BatchMax)).ToList();
        var answers = await FanOut.AllAsync(
            batches,
            async batch =>
            {
                var names = batch.Select(s => s.Stream);
                var decisions = await Decisions.AskManyAsync(grains, caller, city.Id, batch[0].District, names, resolution).ConfigureAwait(false);
                return batch.Zip(decisions, (stream, decision) => (Stream: stream, Decision: decision));
            },
            cancellationToken).ConfigureAwait(false);
        return answers.SelectMany(a => a);
    }

    /// <summary>What is kept under the policies and the registry of now; null when the purpose is none of them.</summary>
    private Kept? KeptFor(string? purpose, CityIndex city, Resolution resolution)
    {
        if (policies.Find(city.Id) is not { } policy
            || (purpose is not null && !policy.Districts.Values.Any(d => d.Merged.Purposes.Any(p => string.Equals(p.Id, purpose, StringComparison.Ordinal)))))
        {
            return null;
        }

        var key = (city.Id, purpose, resolution);
        if (_kept.TryGetValue(key, out var kept) && ReferenceEquals(kept.Policy, policy) && ReferenceEquals(kept.Registry, city.Snapshot))
        {
            return kept;
        }

        if (_kept.Count >= KeptMax)
        {
            _kept.Clear();
        }

        return _kept[key] = new(policy, city.Snapshot, new());
    }

    /// <summary>
    /// A permit that has ended is asked for again. A denial stays one, since no grant begins within a version; only a purpose that was not clear becomes
    /// clear when another grant ends, so that denial is not kept.
    /// </summary>
    private sealed record Kept(
        PolicySnapshot Policy, RegistrySnapshot Registry, ConcurrentDictionary<(string District, string Stream), ReadDecision> Decisions);
}
