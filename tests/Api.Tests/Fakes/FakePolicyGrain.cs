using System.Collections.Immutable;
using Quartier.Contracts.Policies;

namespace Api.Tests.Fakes;

/// <summary>Answers what it was given; remembers what it was asked.</summary>
internal sealed class FakePolicyGrain : IPolicyGrain
{
    public List<string> Asked { get; } = [];

    public PolicyAnswer Answer { get; set; } = new(PolicyOutcome.Done, string.Empty, null, []);

    public PolicyDifference Difference { get; set; } = PolicyDifference.None;

    public PolicyView? View { get; set; }

    public List<PolicyVersion> Versions { get; } = [];

    public PolicyDocument? Document { get; set; }

    public Task<PolicyAnswer> Check(string yaml) => Note($"check {yaml}");

    public Task<PolicyAnswer> Propose(string yaml, string by, long effectiveMs) => Note($"propose {yaml} by {by} for {effectiveMs}");

    public Task<PolicyAnswer> Approve(string? district, long version, string by) => Note($"approve {district}/{version} by {by}");

    public Task<PolicyAnswer> Withdraw(string? district, long version, string by) => Note($"withdraw {district}/{version} by {by}");

    public Task<ImmutableArray<PolicyVersion>> List() => Task.FromResult<ImmutableArray<PolicyVersion>>([.. Versions]);

    public Task<PolicyDocument?> Get(string? district, long version) =>
        Task.FromResult(Document?.District == district && Document?.Version == version ? Document : null);

    public Task<PolicyView?> Effective(string district) => Task.FromResult(View);

    public Task<PolicyDifference> Compare(string yaml)
    {
        Asked.Add($"compare {yaml}");
        return Task.FromResult(Difference);
    }

    public Task<PolicyDifference?> CompareVersion(string? district, long version) =>
        Task.FromResult(version == 1 ? Difference with { District = district } : null);

    public Task<ImmutableSortedDictionary<string, ImmutableArray<NoSensingZone>>> Zones() => throw new NotSupportedException();

    public Task Prepare(long registryVersion, ImmutableArray<string> districts) => throw new NotSupportedException();

    public Task Refresh() => throw new NotSupportedException();

    private Task<PolicyAnswer> Note(string call)
    {
        Asked.Add(call);
        return Task.FromResult(Answer);
    }
}
