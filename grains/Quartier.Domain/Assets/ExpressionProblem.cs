namespace Quartier.Domain.Assets;

/// <summary>What is wrong with an expression.</summary>
/// <param name="Position">Index of the character, from 0.</param>
/// <param name="Message">What is wrong and what was expected.</param>
public sealed record ExpressionProblem(int Position, string Message);
