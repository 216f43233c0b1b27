namespace Quartier.Cli.Policies;

/// <summary>Names a policy document.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="District">Id of the district; null for the city's own document.</param>
internal sealed record PolicyName(string City, string? District);
