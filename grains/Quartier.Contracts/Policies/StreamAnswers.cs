namespace Quartier.Contracts.Policies;

/// <summary>The four answers that every stream owes (G1), in plain language.</summary>
/// <param name="Collected">Which data are collected?</param>
/// <param name="Use">What happens to them?</param>
/// <param name="Access">Who has access?</param>
/// <param name="PassedOn">Are they passed on, and under what circumstances?</param>
[GenerateSerializer, Immutable, Alias("quartier.StreamAnswers")]
public sealed record StreamAnswers(
    [property: Id(0)] string Collected, [property: Id(1)] string Use, [property: Id(2)] string Access, [property: Id(3)] string PassedOn);
