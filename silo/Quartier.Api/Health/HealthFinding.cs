namespace Quartier.Api.Health;

/// <summary>What a health check found.</summary>
/// <param name="Status">How well the part works.</param>
/// <param name="Detail">For the operator: what is wrong and the remedy, or what is well.</param>
public sealed record HealthFinding(HealthStatus Status, string Detail)
{
    /// <summary>All is well.</summary>
    public static HealthFinding Ok(string detail) => new(HealthStatus.Ok, detail);
}
