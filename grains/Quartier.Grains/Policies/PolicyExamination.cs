using System.Collections.Immutable;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Domain.Policies;
using Quartier.Domain.Time;

namespace Quartier.Grains.Policies;

/// <summary>A document held against city, registry and the other documents at the time at which it is to take effect.</summary>
/// <param name="Policy">What it says; null when it cannot be read.</param>
/// <param name="Problems">What is wrong.</param>
internal sealed record PolicyExamination(PolicyDefinition? Policy, ImmutableArray<RegistryProblem> Problems)
{
    /// <summary>Whether it may be proposed and approved.</summary>
    public bool IsSound => Policy is not null && Problems.IsEmpty;

    /// <summary>Examines a file.</summary>
    /// <param name="book">The city's documents.</param>
    /// <param name="registry">What is registered.</param>
    /// <param name="yaml">The file.</param>
    /// <param name="effectiveMs">When it is to take effect: that is when it must fit the other documents.</param>
    public static PolicyExamination Of(PolicyBook book, RegistrySnapshot registry, string yaml, long effectiveMs)
    {
        var read = PolicyFile.Read(yaml);
        if (read.Policy is not { } policy)
        {
            return new(null, read.Problems);
        }

        if (!string.Equals(policy.City, book.City, StringComparison.Ordinal))
        {
            return new(policy, [new(1, 1, $"The file is for the city '{policy.City}', but was sent to '{book.City}'. Send it to its own city.")]);
        }

        var city = policy.District is null ? null : book.Definition(null, effectiveMs);
        var problems = PolicyCheck.Against(policy, city, registry, read.Places);
        return new(policy, policy.District is null && problems.IsEmpty ? OfDistricts(book, registry, policy, effectiveMs) : problems);
    }

    /// <summary>
    /// Problems that versions approved for later would get by another book: a district's may need what the city's was to bring, and the other way round.
    /// </summary>
    public static ImmutableArray<RegistryProblem> OfScheduled(PolicyBook book, PolicyBook without, RegistrySnapshot registry, long nowMs) =>
    [
        .. without.All
            .Where(d => d.State == PolicyState.Approved && d.EffectiveMs > nowMs && Of(book, registry, d.Yaml, d.EffectiveMs).IsSound)
            .SelectMany(d => Of(without, registry, d.Yaml, d.EffectiveMs).Problems.Select(p => new RegistryProblem(
                0,
                0,
                $"Version {d.Version} of the {(d.District is { } id ? $"district '{id}'" : "city")}, approved for {IsoTime.Format(d.EffectiveMs)}, would no longer be sound: "
                + $"{p.Message}. Withdraw that one first."))),
    ];

    /// <summary>A city's document must leave the districts' documents sound: they override and refer to its entries.</summary>
    private static ImmutableArray<RegistryProblem> OfDistricts(PolicyBook book, RegistrySnapshot registry, PolicyDefinition city, long effectiveMs) =>
    [
        .. book.DistrictDefinitions(effectiveMs)
            .Where(d => registry.District(d.District!) is not null)
            .SelectMany(d => PolicyCheck.Against(d, city, registry)
                .Select(p => new RegistryProblem(
                    0, 0, $"With this document the policy of the district '{d.District}' would no longer be sound: {p.Message}. Change that one first, or keep what it needs."))),
    ];
}
