using Quartier.Api.Json;

namespace Quartier.Api.Accounts;

/// <summary>A new API key, for a person or for a contract of a city.</summary>
/// <param name="Person">Id of the person; absent for a contract.</param>
/// <param name="Contract">Id of the contract; with 'city'.</param>
/// <param name="City">Id of the contract's city.</param>
/// <param name="Until">When the key ends; at most two years away.</param>
internal sealed record KeyRequest(string? Person, string? Contract, string? City, UtcTime? Until);
