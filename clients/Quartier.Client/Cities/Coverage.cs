namespace Quartier.Client.Cities;

/// <summary>Which sensors of a district report.</summary>
/// <param name="Expected">Registered sensors.</param>
/// <param name="Reporting">Of these, how many report.</param>
/// <param name="Silent">The others, as <c>gateway/sensor</c>.</param>
public sealed record Coverage(
    int Expected,
    int Reporting,
    IReadOnlyList<string> Silent);
