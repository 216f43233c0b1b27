using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Principals;
using Quartier.Domain.Policies;

namespace Domain.Tests.Policies;

public sealed class PolicyImpactTests
{
    private const long Now = 1_798_761_600_000; // 2027-01-01T00:00:00Z

    private static readonly PolicyDefinition City = PolicySamples.Read(PolicySamples.City);
    private static readonly PolicyDefinition District = PolicySamples.Read(PolicySamples.District);

    [Fact]
    public void Impact_of_the_same_policy_is_nothing()
    {
        var policy = PolicyInheritance.Merge(City, 3, District, 7, "mitte");
        Assert.True(PolicyImpact.Between(policy, policy with { CityVersion = 4 }, PolicySamples.Registry, "mitte", Now).IsEmpty);
        Assert.True(PolicyImpact.Between(null, null, PolicySamples.Registry, "mitte", Now).IsEmpty);
    }

    [Fact]
    public void Impact_of_the_districts_document_is_what_its_documentation_says()
    {
        var impact = PolicyImpact.Between(
            PolicyInheritance.Merge(City, 3, null, 0, "mitte"), PolicyInheritance.Merge(City, 3, District, 1, "mitte"), PolicySamples.Registry, "mitte", Now);
        var (open, partner) = (City.Grants[1].UntilMs, City.Grants[2].UntilMs);
        Assert.Equal(
            [
                // The public's own loss is told once; the partner loses everything, because the district denies it by name.
                new AccessChange("contract:radkarte", "public-information", "bicycle-counts", new(Resolution.Hour, Resolution.Quarter, partner), null, 1, "promenade/promenade/total"),
                new AccessChange(
                    "public", "public-information", "bicycle-counts",
                    new(Resolution.Hour, Resolution.Hour, open), new(Resolution.Day, Resolution.Day, District.Grants[0].UntilMs), 1, "promenade/promenade/total"),
                new AccessChange("public", "public-information", "parking", new(Resolution.Hour, Resolution.Hour, open), null, 2, "parkleitsystem/theater/free"),
            ],
            impact.Access);
        Assert.Empty(impact.Shorter);
        Assert.Equal(["no-export"], impact.NewDenials);
        Assert.Empty(impact.EndedDenials);
    }

    [Fact]
    public void Impact_names_streams_whose_retention_becomes_shorter()
    {
        var before = PolicyInheritance.Merge(City, 3, null, 0, "mitte");
        var shorter = City with { Streams = [City.Streams[0] with { Retention = new(30, 0, 3650) }, City.Streams[1] with { Retention = new(60, 0, 0) }] };
        var impact = PolicyImpact.Between(before, PolicyInheritance.Merge(shorter, 4, null, 0, "mitte"), PolicySamples.Registry, "mitte", Now);
        Assert.Equal([new RetentionChange("bicycle-counts", new(90, 730, 3650), new(30, 0, 3650), 1, "promenade/promenade/total")], impact.Shorter);
        var nothing = PolicyImpact.Between(before, null, PolicySamples.Registry, "mitte", Now);
        Assert.Equal(
            [("quarantine", 1, 2), ("quarantine", 1, 1)], nothing.Shorter.Select(s => (s.Stream, s.After.RawDays, s.Datastreams)));
        Assert.All(nothing.Access, a => Assert.Null(a.After));
        Assert.Equal(["no-trainee"], nothing.EndedDenials);
    }

    [Fact]
    public void Impact_agrees_with_the_decision() => Seeds.ForAll(random =>
    {
        var registry = RandomPolicy.Registry(random);
        var (old, next) = (RandomPolicy.Policy(random), RandomPolicy.Policy(random));
        var (before, after) = (PolicyInheritance.Merge(old, 1, null, 0, "d"), PolicyInheritance.Merge(next, 2, null, 0, "d"));
        var impact = PolicyImpact.Between(before, after, registry, "d", RandomPolicy.Now);
        foreach (var change in impact.Access.Where(c => c.Principal is "public"))
        {
            var at = change.Example.LastIndexOf('/');
            AssertReach(CompiledPolicy.Compile(before, registry, "d"), change.Before);
            AssertReach(CompiledPolicy.Compile(after, registry, "d"), change.After);

            void AssertReach(CompiledPolicy policy, ReadAccess? reach)
            {
                for (var resolution = Resolution.Raw; resolution <= Resolution.Month; resolution++)
                {
                    var request = new ReadRequest(Principal.Public, change.Purpose, change.Example[..at], change.Example[(at + 1)..], resolution, ReadScope.Sensor);
                    Assert.Equal(resolution >= reach?.Sensor, policy.Decide(request, RandomPolicy.Now).Permitted);
                    Assert.Equal(resolution >= reach?.Cell, policy.Decide(request with { Scope = ReadScope.Cell }, RandomPolicy.Now).Permitted);
                }
            }
        }
    });
}
