namespace Quartier.Api.Accounts;

/// <summary>A new API key, shown this once.</summary>
/// <param name="Key">The key: send it as <c>Authorization: Bearer …</c>. It cannot be shown again.</param>
/// <param name="Item">What is kept of it.</param>
internal sealed record KeyCreated(string Key, KeyItem Item);
