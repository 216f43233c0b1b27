using System.Collections.Immutable;
using Quartier.Contracts.Districts;
using Quartier.Domain.Policies;
using Quartier.Grains.Policies;

namespace Quartier.Grains.Districts;

/// <summary>Who may read in a district, by the policy in force and the wall clock.</summary>
internal sealed class DistrictReads(CompiledPolicies policies, TimeProvider time, string city, string district)
{
    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Decides one request.</summary>
    public ReadDecision Decide(ReadRequest request) => Decide(policies.Of(city, district), request, Now);

    /// <summary>Decides the request for each datastream; all by the same policy at the same time.</summary>
    /// <param name="request">Who, for which purpose, how fine.</param>
    /// <param name="streams">As <c>gateway/sensor/property</c>.</param>
    /// <exception cref="ArgumentException">There are too many.</exception>
    public ImmutableArray<ReadDecision> DecideMany(ReadRequest request, ImmutableArray<string> streams)
    {
        if (streams.Length > ReadLimits.MaxStreams)
        {
            throw new ArgumentException(
                $"{streams.Length} datastreams were asked for at once; at most {ReadLimits.MaxStreams} are decided. Ask for them in parts.", nameof(streams));
        }

        var (policy, now) = (policies.Of(city, district), Now);
        return [.. streams.Select(stream => Decide(policy, Of(request, stream), now))];
    }

    /// <summary>Decides for every datastream of the request's property, once for all that the policy treats alike.</summary>
    public ImmutableArray<AlikeDecision> DecideProperty(ReadRequest request)
    {
        var (policy, now) = (policies.Of(city, district), Now);
        if (policy is not null)
        {
            return policy.DecideProperty(request, now);
        }

        var stream = $"*/{request.Property}";
        return [new(CompiledPolicy.Quarantined(request with { Sensor = "*" }, now), stream, [stream], 1)];
    }

    /// <summary>Decides, and says how.</summary>
    public ReadExplanation Explain(ReadRequest request)
    {
        var (policy, now) = (policies.Of(city, district), Now);
        var steps = policy?.Explain(request, now) ?? [];
        return new(Decide(policy, request, now), [.. steps.Select(s => new DecisionStep(s.Step, s.Subject, s.Reason, s.Text))]);
    }

    private static ReadDecision Decide(CompiledPolicy? policy, ReadRequest request, long nowMs) =>
        policy?.Decide(request, nowMs) ?? CompiledPolicy.Quarantined(request, nowMs);

    private static ReadRequest Of(ReadRequest request, string stream)
    {
        var cut = Math.Max(0, stream.LastIndexOf('/'));
        return request with { Sensor = stream[..cut], Property = stream[Math.Min(cut + 1, stream.Length)..] };
    }
}
