namespace Quartier.Client.Accounts;

/// <summary>A person with an account.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">For people.</param>
/// <param name="Offices">Ids of the person's offices.</param>
/// <param name="Roles"><c>administrator</c>, <c>operator</c>, <c>approver</c>, <c>data-protection-officer</c>.</param>
/// <param name="City">Id of the only city in which the account counts; null for all.</param>
/// <param name="Issuer">OpenID Connect: who vouches; null for nobody.</param>
/// <param name="Subject">OpenID Connect: the person's name at the issuer; null until it is known.</param>
/// <param name="Email">OpenID Connect: the address that links the first sign-in; null for none.</param>
/// <param name="Enabled">False: every credential of the person is refused.</param>
public sealed record Person(
    string Id,
    string Name,
    IReadOnlyList<string> Offices,
    IReadOnlyList<string> Roles,
    string? City,
    string? Issuer,
    string? Subject,
    string? Email,
    bool Enabled);
