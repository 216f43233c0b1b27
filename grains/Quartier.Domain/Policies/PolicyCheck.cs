using System.Collections.Immutable;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Policies;

/// <summary>What a policy document can be told only with the registry and, for a district, the city's document: docs/policy.md, "Checks".</summary>
public static class PolicyCheck
{
    /// <summary>What is wrong; empty when the document may be proposed.</summary>
    /// <param name="document">Read by <see cref="PolicyFile"/> without problems.</param>
    /// <param name="city">For a district's document the city's that is in force; null when there is none. Not looked at for a city's.</param>
    /// <param name="registry">What is registered in the city.</param>
    public static ImmutableArray<RegistryProblem> Against(PolicyDefinition document, PolicyDefinition? city, RegistrySnapshot registry) =>
        Against(document, city, registry, PolicyPlaces.Unknown);

    /// <summary>The same with line and column of each problem.</summary>
    /// <param name="document">Read by <see cref="PolicyFile"/> without problems.</param>
    /// <param name="city">For a district's document the city's that is in force; null when there is none. Not looked at for a city's.</param>
    /// <param name="registry">What is registered in the city.</param>
    /// <param name="places">From <see cref="PolicyReading.Places"/>.</param>
    public static ImmutableArray<RegistryProblem> Against(PolicyDefinition document, PolicyDefinition? city, RegistrySnapshot registry, PolicyPlaces places) =>
        new PolicyChecks(document, document.District is null ? null : city, registry, places).Run();
}
