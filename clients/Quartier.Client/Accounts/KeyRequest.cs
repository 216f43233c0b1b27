namespace Quartier.Client.Accounts;

/// <summary>A key to be made, for a person or for a contract of a city.</summary>
/// <param name="Person">Id of the person; null for a contract.</param>
/// <param name="Contract">Id of the contract; null for a person.</param>
/// <param name="City">Id of the contract's city; null for a person.</param>
/// <param name="Until">When the key ends; at most two years away.</param>
public sealed record KeyRequest(string? Person, string? Contract, string? City, DateTimeOffset Until);
