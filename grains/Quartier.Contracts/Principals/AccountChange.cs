namespace Quartier.Contracts.Principals;

/// <summary>Somebody could act as a person from then on: by making or changing the account, a key or a sign-in link of it.</summary>
/// <param name="Person">Id of the person whose account it is.</param>
/// <param name="By">Reference of the principal who did it.</param>
/// <param name="TimeMs">When it was last done, in milliseconds since 1970-01-01T00:00:00Z.</param>
public sealed record AccountChange(string Person, string By, long TimeMs);
