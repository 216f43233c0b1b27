using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Domain.Policies;

namespace Domain.Tests.Policies;

public sealed class DecisionPropertyTests(ITestOutputHelper output)
{
    private const long Now = RandomPolicy.Now;
    private const int Runs = 3_000;

    /// <summary>Other seeds are taken by setting QUARTIER_POLICY_SEED.</summary>
    private static readonly int Seed =
        int.TryParse(Environment.GetEnvironmentVariable("QUARTIER_POLICY_SEED"), out var seed) ? seed : 20_261_122;

    [Fact]
    public void Decision_agrees_with_the_simple_one_on_a_hundred_thousand_random_policies_and_requests()
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var reasons = new Dictionary<DenialReason, int>();
        for (var i = 0; i < 100_000; i++)
        {
            var (registry, policy, request) = (RandomPolicy.Registry(random), RandomPolicy.Policy(random), RandomPolicy.Request(random));
            var expected = NaiveDecision.Decide(policy, registry, "d", request, Now);
            var compiled = Compile(policy, registry);
            var decision = compiled.Decide(request, Now);
            if (expected != (decision.Reason, decision.Purpose, decision.Grant, decision.Obligations))
            {
                Assert.Fail($"seed {Seed}, round {i}: expected {expected}, was {decision}\n{request}\n{policy}\n{string.Join('\n', policy.Grants)}");
            }

            DecisionTests.AssertExplained(compiled, request, decision, Now);
            reasons[decision.Reason] = reasons.GetValueOrDefault(decision.Reason) + 1;
        }

        // Every reason must have been met often, or the agreement says little. Rows are counted by whoever answers, not by the decision.
        var decided = Enum.GetValues<DenialReason>().Where(r => r is not (DenialReason.RowLimit or DenialReason.Redacted));
        Assert.All(decided, r => Assert.True(reasons.GetValueOrDefault(r) > 100, $"{r}: {reasons.GetValueOrDefault(r)} times, seed {Seed}"));
    }

    [Fact]
    public void Property_is_decided_once_for_all_alike_as_each_of_its_datastreams_is() => ForAll((_, registry, policy, request) =>
    {
        var compiled = Compile(policy, registry);
        var alike = compiled.DecideProperty(request, Now);
        var slow = registry.City.Sensors.Where(s => s.District == "d" && s.Datastreams.Any(d => d.Property == request.Property))
            .Select(s => $"{s.Gateway}/{s.Id}")
            .Order(StringComparer.Ordinal)
            .Select(s => (Name: $"{s}/{request.Property}", Decision: compiled.Decide(request with { Sensor = s }, Now)))
            .ToList();
        if (slow.Count == 0)
        {
            Assert.False(Assert.Single(alike).Decision.Permitted, "nothing is registered, and it is permitted");
            return;
        }

        Assert.Equal(slow.Select(s => s.Name), alike.SelectMany(a => a.Named).Order(StringComparer.Ordinal));
        Assert.Equal(slow.Find(s => !s.Decision.Permitted).Decision, alike.FirstOrDefault(a => !a.Decision.Permitted)?.Decision);
        foreach (var one in alike)
        {
            Assert.Equal((one.Named[0], one.Named.Length), (one.First, one.Count));
            Assert.Equal(slow.Find(s => s.Name == one.First).Decision, one.Decision);
            Assert.All(slow.Where(s => one.Named.Contains(s.Name)), s => Assert.Equal(Without(one.Decision), Without(s.Decision)));
        }

        // What a decision says names the datastream.
        static ReadDecision Without(ReadDecision decision) => decision with { Explanation = new("", "") };
    });

    [Fact]
    public void Hundred_thousand_datastreams_of_a_property_are_named_by_their_first_and_their_number()
    {
        const int Sensors = 100_000;
        var registry = RandomPolicy.Registry(new Random(1));
        var model = registry.City.Sensors[0] with { District = "d", Location = null };
        registry = new(registry.City with { Sensors = [.. Enumerable.Range(0, Sensors).Select(i => model with { Id = $"n{i}" })] }, 1);
        var policy = RandomPolicy.Policy(new Random(1));
        var compiled = Compile(policy, registry);
        var request = RandomPolicy.Request(new Random(1)) with { Property = "a" };
        var one = Assert.Single(compiled.DecideProperty(request, Now));
        Assert.Equal((Sensors, 100, $"{model.Gateway}/n0/a"), (one.Count, one.Named.Length, one.First));
        output.WriteLine($"each: {Milliseconds(() => Slow(compiled, request)):0.000} ms, once: {Milliseconds(() => compiled.DecideProperty(request, Now)):0.000} ms");

        void Slow(CompiledPolicy by, ReadRequest what)
        {
            foreach (var sensor in registry.City.Sensors)
            {
                by.Decide(what with { Sensor = $"{sensor.Gateway}/{sensor.Id}" }, Now);
            }
        }

        static double Milliseconds(Action work)
        {
            var began = TimeProvider.System.GetTimestamp();
            work();
            return TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
        }
    }

    [Fact]
    public void No_grant_no_permit() => ForAll((random, registry, policy, request) =>
    {
        var none = policy with { Grants = [.. policy.Grants.Where(g => random.Next(2) == 0 && g.Purpose != request.Purpose)] };
        if (request.Purpose is not null)
        {
            Assert.False(Compile(none, registry).Decide(request, Now).Permitted);
        }

        Assert.False(Compile(policy with { Grants = [] }, registry).Decide(request, Now).Permitted);
    });

    [Fact]
    public void A_permit_names_a_grant_for_the_principal_that_has_not_ended() => ForAll((_, registry, policy, request) =>
    {
        var decision = Compile(policy, registry).Decide(request, Now);
        if (decision.Permitted)
        {
            var grant = policy.Grants.Single(g => g.Id == decision.Grant);
            Assert.True(grant.UntilMs > Now && request.Principal.UntilMs > Now && decision.Obligations!.UntilMs > Now);
            Assert.Equal(grant.Purpose, decision.Purpose);
            Assert.True(request.Purpose is null || request.Purpose == grant.Purpose);
            Assert.True(request.Resolution >= grant.Floor && request.Scope >= grant.Scope);
        }
    });

    [Fact]
    public void Adding_a_denial_never_permits_more() => ForAll((random, registry, policy, request) =>
    {
        var more = policy with { Denials = policy.Denials.Insert(random.Next(policy.Denials.Length + 1), RandomPolicy.Denial(random, "added")) };
        if (Compile(more, registry).Decide(request, Now).Permitted)
        {
            Assert.Equal(Compile(policy, registry).Decide(request, Now), Compile(more, registry).Decide(request, Now));
        }
    });

    [Fact]
    public void An_ended_grant_never_permits() => ForAll((random, registry, policy, request) =>
    {
        var ended = policy with { Grants = [.. policy.Grants.Select(g => g with { UntilMs = Now - random.Next(2) })] };
        Assert.False(Compile(ended, registry).Decide(request, Now).Permitted);
    });

    [Fact]
    public void Time_never_permits_what_was_denied_for_a_stated_purpose() => ForAll((random, registry, policy, request) =>
    {
        var compiled = Compile(policy, registry);
        if (request.Purpose is not null && !compiled.Decide(request, Now).Permitted)
        {
            Assert.False(compiled.Decide(request, Now + random.Next(2000)).Permitted);
        }
    });

    [Fact]
    public void A_coarser_request_is_permitted_when_the_finer_is() => ForAll((_, registry, policy, request) =>
    {
        var compiled = Compile(policy, registry);
        if (compiled.Decide(request, Now) is { Permitted: true } permit)
        {
            Assert.True(compiled.Decide(request with { Resolution = permit.Obligations!.Floor }, Now).Permitted);
            for (var coarser = permit.Obligations.Floor; coarser <= Resolution.Month; coarser++)
            {
                Assert.True(compiled.Decide(request with { Resolution = coarser }, Now).Permitted);
                Assert.True(compiled.Decide(request with { Resolution = coarser, Scope = ReadScope.Cell }, Now).Permitted);
            }
        }
    });

    [Fact]
    public void The_order_of_entries_does_not_matter() => ForAll((random, registry, policy, request) =>
    {
        var shuffled = policy with
        {
            Grants = [.. policy.Grants.OrderBy(_ => random.Next())],
            Denials = [.. policy.Denials.OrderBy(_ => random.Next())],
            Streams = [.. policy.Streams.OrderBy(_ => random.Next())],
            Purposes = [.. policy.Purposes.OrderBy(_ => random.Next())],
            Contracts = [.. policy.Contracts.OrderBy(_ => random.Next())],
        };
        Assert.Equal(Compile(policy, registry).Decide(request, Now), Compile(shuffled, registry).Decide(request, Now));
    });

    [Fact]
    public void Adding_a_grant_never_denies_what_was_permitted_for_a_stated_purpose() => ForAll((random, registry, policy, request) =>
    {
        if (request.Purpose is not null && Compile(policy, registry).Decide(request, Now) is { Permitted: true } before)
        {
            var more = policy with { Grants = policy.Grants.Insert(random.Next(policy.Grants.Length + 1), RandomPolicy.Grant(random, $"a{random.Next(10)}")) };
            var after = Compile(more, registry).Decide(request, Now);
            Assert.True(after.Permitted);
            Assert.True(after.Obligations!.Floor <= before.Obligations!.Floor);
        }
    });

    [Fact]
    public void Grants_for_other_purposes_do_not_matter_when_one_is_stated() => ForAll((random, registry, policy, request) =>
    {
        var other = policy with
        {
            Grants = [.. policy.Grants.Select(g => g.Purpose == request.Purpose ? g : RandomPolicy.Grant(random, g.Id) with { Purpose = g.Purpose })],
        };
        if (request.Purpose is not null)
        {
            Assert.Equal(Compile(policy, registry).Decide(request, Now), Compile(other, registry).Decide(request, Now));
        }
    });

    [Fact]
    public void An_overriding_grant_decides_as_if_it_stood_in_the_city() => ForAll((random, registry, policy, request) =>
    {
        if (policy.Grants.IsEmpty)
        {
            return;
        }

        var replacement = RandomPolicy.Grant(random, random.Pick([.. policy.Grants]).Id);
        var district = new PolicyDefinition("x", "d", [], [], [replacement with { Override = true }], [], [], [], null);
        var replaced = policy with { Grants = [.. policy.Grants.Select(g => g.Id == replacement.Id ? replacement : g)] };
        var merged = CompiledPolicy.Compile(PolicyInheritance.Merge(policy, 1, district, 0, "d"), registry, "d");
        Assert.Equal(Compile(replaced, registry).Decide(request, Now), merged.Decide(request, Now));
    });

    private static CompiledPolicy Compile(PolicyDefinition policy, RegistrySnapshot registry) =>
        CompiledPolicy.Compile(PolicyInheritance.Merge(policy, 1, null, 0, "d"), registry, "d");

    private static void ForAll(Action<Random, RegistrySnapshot, PolicyDefinition, ReadRequest> property) =>
        Seeds.ForAll(random => property(random, RandomPolicy.Registry(random), RandomPolicy.Policy(random), RandomPolicy.Request(random)), Runs);
}
