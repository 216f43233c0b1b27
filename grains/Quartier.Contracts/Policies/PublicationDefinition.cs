namespace Quartier.Contracts.Policies;

/// <summary>How aggregates are published (G5). The parameters are public, the key of the perturbation is not.</summary>
/// <param name="MinimumUnits">Fewest contributing units of a cell that is shown; 2 … 1,000, default 5.</param>
/// <param name="PerturbationVariance">Variance of the cell-key noise on counts of people, 0.5 … 100; default 2.</param>
/// <param name="PerturbationMax">Greatest absolute noise, 1 … 50; default 5.</param>
/// <param name="RoundTo">Published sums are rounded to multiples of this; 1 … 1,000, default 1.</param>
/// <param name="GridMetres">Side of a cell of the published grid in metres, 250 … 10,000; 0 when only districts are published.</param>
[GenerateSerializer, Immutable, Alias("quartier.PublicationDefinition")]
public sealed record PublicationDefinition(
    [property: Id(0)] int MinimumUnits,
    [property: Id(1)] double PerturbationVariance,
    [property: Id(2)] int PerturbationMax,
    [property: Id(3)] int RoundTo,
    [property: Id(4)] int GridMetres)
{
    /// <summary>What holds when a policy says nothing.</summary>
    public static PublicationDefinition Default { get; } = new(5, 2, 5, 1, 0);
}
